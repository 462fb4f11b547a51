// The structure of the rules language. Each rule becomes one kind of syntax node; rules that only order precedence
// vanish where they hold a single part. Chains are flat lists, so that a long rule is never a deep tree.
parser grammar CccParser;

options { tokenVocab = CccLexer; }

compilationUnit: rulesetDeclaration? declaration* EOF;

declaration
    : useDeclaration
    | sourceDeclaration
    | authorityDeclaration
    | actorDeclaration
    | recordDeclaration
    | recordExtension
    | parameterDeclaration
    | defineDeclaration
    | categoryDeclaration
    | questionDeclaration
    | obligationDeclaration
    | optionDeclaration
    | exemptionDeclaration
    | tableDeclaration
    | calendarDeclaration
    | deadlineDeclaration
    | processDeclaration
    | scenarioDeclaration
    | claimDeclaration
    ;

// --- Module ---
rulesetDeclaration: RULESET qualifiedName title? rulesetClause*;
rulesetClause: jurisdictionClause | versionClause | monthsClause | windowClause;
jurisdictionClause: JURISDICTION name;
versionClause: VERSION (STRING | INTEGER | DECIMAL | HS_CODE | DATE);
monthsClause: MONTHS ROUND (DOWN | UP);
useDeclaration: USE qualifiedName;

// --- Sources, authorities, actors ---
sourceDeclaration: SOURCE name title? sourceClause*;
sourceClause: issuedClause | linkClause | articleClause | replacesClause | confidenceClause;
issuedClause: ISSUED DATE;
linkClause: LINK STRING;
articleClause: ARTICLE STRING STRING?;
replacesClause: REPLACES qualifiedName (COMMA qualifiedName)*;
confidenceClause: CONFIDENCE name;
authorityDeclaration: AUTHORITY name title? authorityParent?;
authorityParent: UNDER qualifiedName;
actorDeclaration: ACTOR name title?;

// --- Record ---
recordDeclaration: RECORD name title? fieldDeclaration*;
recordExtension: EXTEND qualifiedName fieldDeclaration*;
fieldDeclaration: name (COMMA name)* COLON type fieldOption* title?;
fieldOption: REQUIRED | KEY | ACTIONABLE | EMPTY_WORD IS NONE;
type: typeName orNone?;
orNone: OR NONE;
typeName
    : yesNoType
    | integerType
    | decimalType
    | moneyType
    | textType
    | dateType
    | durationType
    | memberType
    | memberSetType
    | countryType
    | hsType
    | listType
    ;
yesNoType: YES SLASH NO;
integerType: INTEGER_TYPE unit?;
decimalType: DECIMAL_TYPE unit?;
moneyType: MONEY unit?;
textType: TEXT;
dateType: DATE_TYPE;
durationType: DURATION durationUnit?;
memberType: ONE OF LPAREN name (COMMA name)* RPAREN;
memberSetType: SET OF LPAREN name (COMMA name)* RPAREN;
countryType: COUNTRY;
hsType: HS;
listType: LIST OF qualifiedName;
unit: IDENTIFIER | MIN;
durationUnit: YEAR | YEARS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS;

// --- Values and conditions with a name ---
parameterDeclaration: PARAMETER name title? COLON type parameterValue* citesClause*;
parameterValue: AS expression (FROM DATE)?;
defineDeclaration: DEFINE name title? guardedValue* citesClause*;
guardedValue: AS expression (WHEN expression | OTHERWISE)?;
categoryDeclaration: CATEGORY name title? categoryClause*;
categoryClause: whenClause | unlessClause | citesClause;
questionDeclaration: QUESTION name title? citesClause*;

// --- Norms ---
obligationDeclaration: OBLIGATION name title? normClause*;
optionDeclaration: OPTION name title? normClause*;
exemptionDeclaration: EXEMPTION name title? exemptionClause*;
normClause
    : onClause
    | ledByClause
    | jointlyClause
    | whenClause
    | unlessClause
    | asOfClause
    | windowClause
    | fulfilledClause
    | otherwiseClause
    | impactClause
    | needsClause
    | subjectClause
    | citesClause
    ;
exemptionClause
    : liftsClause
    | whenClause
    | unlessClause
    | windowClause
    | perShipmentClause
    | needsClause
    | subjectClause
    | citesClause
    ;
onClause: ON qualifiedName;
ledByClause: LED BY qualifiedName;
jointlyClause: JOINTLY WITH qualifiedName (COMMA qualifiedName)*;
whenClause: WHEN expression;
unlessClause: UNLESS expression;
asOfClause: AS OF expression;
windowClause: FROM expression untilPart? wherePart? | untilPart wherePart?;
untilPart: UNTIL expression;
wherePart: WHERE expression;
fulfilledClause: FULFILLED WHEN expression;
otherwiseClause: OTHERWISE STRING;
impactClause: IMPACT name;
subjectClause: SUBJECT TO STRING;
citesClause: CITES citation (COMMA citation)*;
citation: qualifiedName STRING?;
liftsClause: LIFTS qualifiedName (COMMA qualifiedName)*;
perShipmentClause: PER SHIPMENT;
needsClause: NEEDS STRING (COMMA STRING)*;

// --- Decision tables: clauses, then a line for each row ---
tableDeclaration: TABLE name title? hitPolicy? tableClause*;
hitPolicy: UNIQUE | FIRST | COLLECT;
tableClause: matchClause | givesClause | fileClause | citesClause | tableRow;
matchClause: MATCH matchColumn (COMMA matchColumn)*;
matchColumn: additiveExpression columnHeader?;
columnHeader: AS STRING;
givesClause: GIVES givenColumn (COMMA givenColumn)*;
givenColumn: name title? COLON type columnHeader?;
fileClause: FROM STRING (COMMA STRING)* sheetPart?;
sheetPart: SHEET STRING;
tableRow: BAR tableCell (BAR tableCell)* (DOUBLE_BAR tableCell (BAR tableCell)*)? ROW_END?;
tableCell: CELL?;

// --- Calendars and deadlines ---
calendarDeclaration: CALENDAR name title? calendarClause*;
calendarClause: fileClause | citesClause;
deadlineDeclaration: DEADLINE name title? deadlineClause*;
deadlineClause
    : forClause
    | onClause
    | ledByClause
    | jointlyClause
    | whenClause
    | unlessClause
    | dueClause
    | metClause
    | lastDoneClause
    | remindClause
    | otherwiseClause
    | subjectClause
    | citesClause
    ;
forClause: FOR qualifiedName;
dueClause: DUE (EVERY period AFTER additiveExpression untilPart? | period (BEFORE | AFTER) additiveExpression | additiveExpression);
period: durationLiteral | workingDaysLiteral;
metClause: MET WHEN expression;
lastDoneClause: LAST DONE additiveExpression;
remindClause: REMIND durationLiteral;

// --- Processes: clauses before the first step are the process's own, clauses after a step that step's ---
processDeclaration: PROCESS name title? processClause* stepDeclaration*;
processClause: purposeClause | onClause | needsClause | subjectClause | citesClause;
purposeClause: FOR qualifiedName (COMMA qualifiedName)*;
stepDeclaration: STEP name title? stepClause*;
stepClause: lastsClause | afterClause | onClause | needsClause | subjectClause | citesClause;
lastsClause: LASTS (UNKNOWN | INTEGER lengthUnit? (DOTDOT INTEGER lengthUnit)?);
lengthUnit: durationUnit;
afterClause: AFTER qualifiedName (AND qualifiedName)*;

// --- Scenarios ---
scenarioDeclaration: SCENARIO STRING scenarioClause*;
scenarioClause: givenClause | asOfClause | knownClause | assumeClause | expectClause;
givenClause: GIVEN givenFact (COMMA givenFact)*;
givenFact: qualifiedName givenValue;
givenValue: LPAREN (name (COMMA name)*)? RPAREN | LBRACK (givenRecord (COMMA givenRecord)*)? RBRACK | additiveExpression;
givenRecord: LPAREN (givenFact (COMMA givenFact)*)? RPAREN;
knownClause: KNOWN ON DATE;
assumeClause: ASSUME qualifiedName (YES | NO);
expectClause: EXPECT (expectMissing | expectApplies | expectDue | expectOutcome);
expectMissing: MISSING qualifiedName (COMMA qualifiedName)*;
expectApplies: qualifiedName APPLIES FROM DATE;
expectDue: qualifiedName DUE (DATE (TO DATE)? | NONE);
expectOutcome: qualifiedName outcome (OR outcome)*;
outcome: name | YES | NO;

// --- Claims ---
claimDeclaration: CLAIM STRING claimClause*;
claimClause: whenClause | thatClause | citesClause;
thatClause: THAT (claimedOutcome | expression);
claimedOutcome: qualifiedName IS outcome (OR outcome)+;

// --- Expressions, loosest first ---
expression: orExpression;
orExpression: andExpression (OR andExpression)*;
andExpression: notExpression (AND notExpression)*;
notExpression: NOT notExpression | comparisonExpression;
comparisonExpression: additiveExpression comparisonTail*;
comparisonTail
    : relationalTail
    | isTail
    | inTail
    | underTail
    | betweenTail
    | matchesTail
    | hasTail
    ;
relationalTail: (EQ | NE | LT | LE | GT | GE) additiveExpression;
isTail: IS NOT? additiveExpression;
inTail: NOT? IN LPAREN additiveExpression (COMMA additiveExpression)* RPAREN;
underTail: NOT? UNDER hsSet (EXCEPT hsSet)?;
hsSet: hsRange | LPAREN hsRange (COMMA hsRange)* RPAREN;
hsRange: hsCode (TO hsCode)?;
hsCode: INTEGER | DECIMAL | HS_CODE;
betweenTail: BETWEEN additiveExpression AND additiveExpression;
matchesTail: MATCHES STRING;
hasTail: HAS ((ANY | ALL) OF LPAREN name (COMMA name)* RPAREN | name);
additiveExpression: multiplicativeExpression ((PLUS | MINUS) multiplicativeExpression)*;
multiplicativeExpression: unaryExpression ((STAR | SLASH) unaryExpression)*;
unaryExpression: MINUS unaryExpression | atExpression;
atExpression: primaryExpression (AT primaryExpression)?;
primaryExpression
    : parenthesizedExpression
    | numberLiteral
    | durationLiteral
    | workingDaysLiteral
    | dateLiteral
    | textLiteral
    | hsLiteral
    | yesNoLiteral
    | noneLiteral
    | extremeCall
    | quantifierCall
    | atLeastCall
    | listCall
    | spanCall
    | yearCall
    | nameExpression
    ;
parenthesizedExpression: LPAREN expression RPAREN;
numberLiteral: (INTEGER | DECIMAL) unit?;
durationLiteral: durationPart+;
durationPart: INTEGER durationUnit;
workingDaysLiteral: INTEGER WORKING (DAY | DAYS) (OF qualifiedName)?;
dateLiteral: DATE;
textLiteral: STRING;
hsLiteral: HS_CODE;
yesNoLiteral: YES | NO;
noneLiteral: NONE;
extremeCall: (EARLIEST | LATEST | MIN | MAX) LPAREN expression (COMMA expression)* RPAREN;
quantifierCall: (ANY | ALL) OF LPAREN expression (COMMA expression)* RPAREN;
atLeastCall: AT LEAST INTEGER OF LPAREN expression (COMMA expression)* RPAREN;
listCall: (ANY | ALL | COUNT) qualifiedName (WHERE expression)?;
spanCall: (MONTHS | DAYS) BETWEEN additiveExpression AND additiveExpression;
yearCall: YEAR OF atExpression;
nameExpression: qualifiedName;

// --- Names and titles ---
title: STRING translation*;
translation: IDENTIFIER STRING;
qualifiedName: name (DOT name)*;
name: IDENTIFIER | QUOTED_IDENTIFIER | softKeyword;
softKeyword
    : JURISDICTION | VERSION | ROUND | DOWN | UP | ISSUED | LINK | ARTICLE | REPLACES | CONFIDENCE | LED | BY
    | JOINTLY | WITH | FULFILLED | SUBJECT | PER | SHIPMENT | NEEDS | ASSUME | KNOWN | MISSING | APPLIES | THAT | KEY
    | REQUIRED | EMPTY_WORD | ACTIONABLE | INTEGER_TYPE | DECIMAL_TYPE | MONEY | TEXT | DATE_TYPE | DURATION | COUNTRY | HS | ONE
    | SET | ANY | ALL | LEAST | EARLIEST | LATEST | MIN | MAX | YEAR | YEARS | MONTH | MONTHS | WEEK | WEEKS
    | DAY | DAYS | MATCH | GIVES | UNIQUE | FIRST | COLLECT | SHEET | FOR | DUE | BEFORE | AFTER | EVERY | MET | LAST
    | DONE | REMIND | WORKING | LIST | COUNT | STEP | LASTS | UNKNOWN | IMPACT
    ;
