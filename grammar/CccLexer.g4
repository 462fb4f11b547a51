// The tokens of the rules language. Every character of a file belongs to exactly one token: spaces and comments go to
// hidden channels, what fits nowhere becomes UNEXPECTED and is reported by the parser stage.
lexer grammar CccLexer;

channels { TRIVIA }

// --- Declarations (reserved: error recovery starts again at them) ---
RULESET: 'ruleset';
USE: 'use';
SOURCE: 'source';
AUTHORITY: 'authority';
ACTOR: 'actor';
RECORD: 'record';
EXTEND: 'extend';
PARAMETER: 'parameter';
DEFINE: 'define';
CATEGORY: 'category';
QUESTION: 'question';
OBLIGATION: 'obligation';
OPTION: 'option';
EXEMPTION: 'exemption';
SCENARIO: 'scenario';
// Reserved for declarations to come, so that no ruleset has to rename anything.
TABLE: 'table';
DEADLINE: 'deadline';
PROCESS: 'process';
CALENDAR: 'calendar';
CLAIM: 'claim';

// --- Clauses (reserved: they end the expression before them) ---
ON: 'on';
WHEN: 'when';
UNLESS: 'unless';
FROM: 'from';
UNTIL: 'until';
WHERE: 'where';
OTHERWISE: 'otherwise';
CITES: 'cites';
LIFTS: 'lifts';
GIVEN: 'given';
EXPECT: 'expect';

// --- Operators and literals (reserved) ---
AND: 'and';
OR: 'or';
NOT: 'not';
IS: 'is';
IN: 'in';
AS: 'as';
OF: 'of';
AT: 'at';
TO: 'to';
UNDER: 'under';
EXCEPT: 'except';
BETWEEN: 'between';
MATCHES: 'matches';
HAS: 'has';
YES: 'yes';
NO: 'no';
NONE: 'none';

// --- Words with a meaning in one place only; names elsewhere (rule softKeyword) ---
JURISDICTION: 'jurisdiction';
VERSION: 'version';
ROUND: 'round';
DOWN: 'down';
UP: 'up';
ISSUED: 'issued';
LINK: 'link';
ARTICLE: 'article';
REPLACES: 'replaces';
CONFIDENCE: 'confidence';
LED: 'led';
BY: 'by';
JOINTLY: 'jointly';
WITH: 'with';
FULFILLED: 'fulfilled';
SUBJECT: 'subject';
PER: 'per';
SHIPMENT: 'shipment';
NEEDS: 'needs';
ASSUME: 'assume';
KNOWN: 'known';
MISSING: 'missing';
APPLIES: 'applies';
THAT: 'that';
KEY: 'key';
REQUIRED: 'required';
EMPTY_WORD: 'empty';
ACTIONABLE: 'actionable';
INTEGER_TYPE: 'integer';
DECIMAL_TYPE: 'decimal';
MONEY: 'money';
TEXT: 'text';
DATE_TYPE: 'date';
DURATION: 'duration';
COUNTRY: 'country';
HS: 'hs';
ONE: 'one';
SET: 'set';
ANY: 'any';
ALL: 'all';
LEAST: 'least';
EARLIEST: 'earliest';
LATEST: 'latest';
MIN: 'min';
MAX: 'max';
YEAR: 'year';
YEARS: 'years';
MONTH: 'month';
MONTHS: 'months';
WEEK: 'week';
WEEKS: 'weeks';
DAY: 'day';
DAYS: 'days';
MATCH: 'match';
GIVES: 'gives';
UNIQUE: 'unique';
FIRST: 'first';
COLLECT: 'collect';
SHEET: 'sheet';
FOR: 'for';
DUE: 'due';
BEFORE: 'before';
AFTER: 'after';
EVERY: 'every';
MET: 'met';
LAST: 'last';
DONE: 'done';
REMIND: 'remind';
WORKING: 'working';
LIST: 'list';
COUNT: 'count';
STEP: 'step';
LASTS: 'lasts';
UNKNOWN: 'unknown';
IMPACT: 'impact';

// --- Punctuation ---
LPAREN: '(';
RPAREN: ')';
COMMA: ',';
COLON: ':';
DOT: '.';
DOTDOT: '..';
EQ: '=';
NE: '<>';
LE: '<=';
GE: '>=';
LT: '<';
GT: '>';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
LBRACK: '[';
RBRACK: ']';
// A row of a table is a line of its own: what stands between its bars is read by the cells' own grammar.
BAR: '|' -> pushMode(ROW);
// No row begins with it: somebody means `or`.
UNEXPECTED_OR: '||' -> type(UNEXPECTED);

// --- Literals ---
DATE: DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT;
HS_CODE: DIGIT+ '.' DIGIT+ ('.' DIGIT+)+;
DECIMAL: DIGIT (DIGIT | '_')* '.' DIGIT+;
INTEGER: DIGIT (DIGIT | '_')*;
STRING: '"' STRING_CHAR* '"';
UNTERMINATED_STRING: '"' STRING_CHAR*;

// --- Names of any script ---
IDENTIFIER: [\p{L}_] [\p{L}\p{Nd}\p{Mn}\p{Mc}_]*;
QUOTED_IDENTIFIER: '`' ~[`\r\n]+ '`';

// --- Trivia ---
// No-break and ideographic spaces come with text pasted from a mail.
SPACE: [ \t\u00A0\u3000]+ -> channel(TRIVIA);
NEWLINE: ('\r\n' | '\n' | '\r') -> channel(TRIVIA);
LINE_COMMENT: '//' ~[\r\n]* -> channel(TRIVIA);
BLOCK_COMMENT: '/*' .*? '*/' -> channel(TRIVIA);

UNEXPECTED: .;

fragment DIGIT: [0-9];
fragment STRING_CHAR: ~["\\\r\n] | '\\' ~[\r\n];

// --- A row of a decision table, up to the end of its line ---
mode ROW;

DOUBLE_BAR: '||';
CELL_BAR: '|' -> type(BAR);
CELL: CELL_EDGE ((CELL_EDGE | [ \t\u00A0\u3000])* CELL_EDGE)?;
ROW_END: ('\r\n' | '\n' | '\r') -> popMode;
ROW_SPACE: [ \t\u00A0\u3000]+ -> type(SPACE), channel(TRIVIA);
ROW_COMMENT: '//' ~[\r\n]* -> type(LINE_COMMENT), channel(TRIVIA);
ROW_UNEXPECTED: . -> type(UNEXPECTED);

// A text in quotes may hold bars; `//` begins a comment, a single stroke does not.
fragment CELL_EDGE: ~[ \t\u00A0\u3000|\r\n"/] | '"' STRING_CHAR* '"' | '/' ~[/ \t\u00A0\u3000|\r\n"];
