using System.Collections.Frozen;
using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using Antlr4.Runtime.Tree;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Syntax.Parsing.Generated;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax.Parsing;

/// <summary>
/// The wall: ANTLR's parse tree goes in, our syntax tree comes out. A rule becomes the node of its name; a rule that only
/// chooses or only orders precedence gives way to its single part. Every token of the text ends up in the tree, those that
/// the parser dropped as skipped trivia.
/// </summary>
internal sealed class AntlrToSyntax
{
    /// <summary>Depth that any thread's stack can take.</summary>
    private const int ShallowDepth = 12;

    private const int LargeStack = 16 * 1024 * 1024;

    /// <summary>Rules that choose between others and have no node of their own.</summary>
    private static readonly FrozenSet<int> Choices = new[]
    {
        CccParser.RULE_declaration, CccParser.RULE_rulesetClause, CccParser.RULE_sourceClause, CccParser.RULE_fieldOption,
        CccParser.RULE_typeName, CccParser.RULE_categoryClause, CccParser.RULE_normClause, CccParser.RULE_exemptionClause,
        CccParser.RULE_scenarioClause, CccParser.RULE_expression, CccParser.RULE_comparisonTail, CccParser.RULE_primaryExpression,
        CccParser.RULE_softKeyword, CccParser.RULE_processClause, CccParser.RULE_stepClause,
    }.ToFrozenSet();

    /// <summary>Rules of precedence: a node only where they join something.</summary>
    private static readonly FrozenSet<int> Precedence = new[]
    {
        CccParser.RULE_orExpression, CccParser.RULE_andExpression, CccParser.RULE_notExpression, CccParser.RULE_comparisonExpression,
        CccParser.RULE_additiveExpression, CccParser.RULE_multiplicativeExpression, CccParser.RULE_unaryExpression, CccParser.RULE_atExpression,
    }.ToFrozenSet();

    private static readonly ImmutableArray<SyntaxKind?> NodeKinds =
        [.. CccParser.ruleNames.Select(name => Enum.TryParse<SyntaxKind>(name, ignoreCase: true, out var kind) && !SyntaxFacts.IsToken(kind) ? kind : (SyntaxKind?)null)];

    private static readonly FrozenDictionary<int, SyntaxKind> VariableKinds = new Dictionary<int, SyntaxKind>
    {
        [CccLexer.DATE] = SyntaxKind.DateToken,
        [CccLexer.HS_CODE] = SyntaxKind.HsCodeToken,
        [CccLexer.DECIMAL] = SyntaxKind.DecimalToken,
        [CccLexer.INTEGER] = SyntaxKind.IntegerToken,
        [CccLexer.STRING] = SyntaxKind.StringToken,
        [CccLexer.IDENTIFIER] = SyntaxKind.IdentifierToken,
        [CccLexer.QUOTED_IDENTIFIER] = SyntaxKind.QuotedIdentifierToken,
        [CccLexer.SPACE] = SyntaxKind.SpaceTrivia,
        [CccLexer.NEWLINE] = SyntaxKind.NewLineTrivia,
        [CccLexer.LINE_COMMENT] = SyntaxKind.LineCommentTrivia,
        [CccLexer.BLOCK_COMMENT] = SyntaxKind.BlockCommentTrivia,
        [TokenConstants.EOF] = SyntaxKind.EndOfFileToken,
    }.ToFrozenDictionary();

    private static readonly ImmutableArray<SyntaxKind> TokenKinds =
        [.. Enumerable.Range(0, CccLexer.UNEXPECTED + 1).Select(type => KindOf(type))];

    private readonly SourceText _text;
    private readonly TokenScan _scan;
    private int _next;

    private AntlrToSyntax(SourceText text, TokenScan scan)
    {
        _text = text;
        _scan = scan;
    }

    /// <summary>Parses a text. The tree always covers it; errors go to the bag.</summary>
    public static CompilationUnitSyntax Parse(SourceText text, ParseLimits limits, DiagnosticBag bag)
    {
        var scan = TokenScan.Scan(text, limits, bag);
        var converter = new AntlrToSyntax(text, scan);
        if (scan.Depth < 0)
        {
            return new CompilationUnitSyntax([converter.EndOfFile()]);
        }

        return scan.Depth <= ShallowDepth ? converter.Convert(limits, bag) : WithLargeStack(() => converter.Convert(limits, bag));
    }

    /// <summary>
    /// ANTLR takes up to ten stack frames a level and more to predict. Texts of unusual depth get a stack that is known to
    /// hold the nesting limit, whatever stack the caller runs on.
    /// </summary>
    private static CompilationUnitSyntax WithLargeStack(Func<CompilationUnitSyntax> parse)
    {
        CompilationUnitSyntax? root = null;
        var thread = new Thread(() => root = parse(), LargeStack) { IsBackground = true, Name = "parser" };
        thread.Start();
        thread.Join();
        return root ?? throw new System.Diagnostics.UnreachableException();
    }

    private CompilationUnitSyntax Convert(ParseLimits limits, DiagnosticBag bag)
    {
        var root = ParseTwice(_text, _scan, limits, bag);
        var children = ImmutableArray.CreateBuilder<SyntaxElement>();
        AddChildren(root, children);
        if (children.Count == 0 || children[^1].Kind != SyntaxKind.EndOfFileToken)
        {
            children.Add(EndOfFile());
        }

        return new CompilationUnitSyntax(children.ToImmutable());
    }

    /// <summary>
    /// First the fast prediction, which can only fail falsely, never succeed wrongly; after a failure the full one, which
    /// also reports.
    /// </summary>
    private static CccParser.CompilationUnitContext ParseTwice(SourceText text, TokenScan scan, ParseLimits limits, DiagnosticBag bag)
    {
        var stream = new CommonTokenStream(new ListTokenSource(scan.Tokens));
        stream.Fill();
        for (var i = 0; i < stream.Size; i++)
        {
            ((IWritableToken)stream.Get(i)).TokenIndex = i;
        }

        var parser = new CccParser(stream) { ErrorHandler = new BailErrorStrategy(), BuildParseTree = true };
        parser.RemoveErrorListeners();
        parser.Interpreter.PredictionMode = PredictionMode.SLL;
        try
        {
            return parser.compilationUnit();
        }
        catch (ParseCanceledException)
        {
            stream.Seek(0);
            parser.Reset();
            parser.ErrorHandler = new ErrorStrategy(text, scan, limits, bag);
            parser.Interpreter.PredictionMode = PredictionMode.LL;
            return parser.compilationUnit();
        }
    }

    private static SyntaxKind KindOf(int type)
    {
        if (VariableKinds.TryGetValue(type, out var kind))
        {
            return kind;
        }

        var literal = CccLexer.DefaultVocabulary.GetLiteralName(type);
        return literal is not null && SyntaxFacts.FixedKind(literal.Trim('\'')) is { } known ? known : SyntaxKind.UnexpectedToken;
    }

    private void AddChildren(ParserRuleContext context, ImmutableArray<SyntaxElement>.Builder into)
    {
        foreach (var child in context.children ?? [])
        {
            if (child is ITerminalNode terminal)
            {
                AddToken(terminal.Symbol, into);
            }
            else
            {
                AddNode((ParserRuleContext)child, into);
            }
        }
    }

    private void AddNode(ParserRuleContext context, ImmutableArray<SyntaxElement>.Builder into)
    {
        if (Choices.Contains(context.RuleIndex))
        {
            AddChildren(context, into);
            return;
        }

        var children = ImmutableArray.CreateBuilder<SyntaxElement>(context.ChildCount);
        AddChildren(context, children);
        if (Precedence.Contains(context.RuleIndex) && children.Count <= 1)
        {
            into.AddRange(children);
            return;
        }

        if (children.Count == 0)
        {
            // The parser gave up before the first token: the node is there, its text is not.
            children.Add(Missing(SyntaxKind.UnexpectedToken));
        }

        var kind = NodeKinds[context.RuleIndex] ?? throw new System.Diagnostics.UnreachableException(CccParser.ruleNames[context.RuleIndex]);
        if (IsWellFormed(kind, children))
        {
            into.Add(SyntaxNodeFactory.Create(kind, children.ToImmutable()));
        }
        else
        {
            into.AddRange(children);
        }
    }

    /// <summary>Nodes whose first part is a token by their nature are dissolved where an error put something else there.</summary>
    private static bool IsWellFormed(SyntaxKind kind, ImmutableArray<SyntaxElement>.Builder children) => kind switch
    {
        SyntaxKind.NameExpression => children[0] is QualifiedNameSyntax,
        SyntaxKind.Name or SyntaxKind.Unit or SyntaxKind.DurationUnit or SyntaxKind.NumberLiteral or SyntaxKind.DurationPart or SyntaxKind.DateLiteral
            or SyntaxKind.TextLiteral or SyntaxKind.HsLiteral or SyntaxKind.HsCode or SyntaxKind.ExtremeCall or SyntaxKind.RelationalTail => children[0] is SyntaxToken,
        SyntaxKind.Translation => children[0] is SyntaxToken && children[^1] is SyntaxToken,
        SyntaxKind.Title => children.OfType<SyntaxToken>().Any(),
        SyntaxKind.VersionClause => children[^1] is SyntaxToken,
        _ => true,
    };

    private void AddToken(IToken symbol, ImmutableArray<SyntaxElement>.Builder into)
    {
        if (symbol.Type == TokenConstants.EOF)
        {
            into.Add(EndOfFile());
        }
        else if (symbol.TokenIndex < 0)
        {
            into.Add(Missing(TokenKinds[symbol.Type]));
        }
        else if (symbol.TokenIndex >= _next)
        {
            into.Add(Take(symbol.TokenIndex));
        }
    }

    /// <summary>The token at an index, led by every token between the last one taken and it.</summary>
    private SyntaxToken Take(int index)
    {
        var trivia = TriviaUntil(index);
        var span = _scan.Spans[index];
        _next = index + 1;
        return new SyntaxToken(TokenKinds[_scan.Tokens[index].Type], span, _text.ToString(span), trivia);
    }

    private SyntaxToken EndOfFile()
    {
        var trivia = _scan.Tokens.Count == 0 && _text.Length > 0
            ? [new SyntaxTrivia(SyntaxKind.SkippedTrivia, new TextSpan(0, _text.Length), _text.Content)]
            : TriviaUntil(_scan.Tokens.Count);
        _next = _scan.Tokens.Count;
        return new SyntaxToken(SyntaxKind.EndOfFileToken, new TextSpan(_text.Length, 0), "", trivia);
    }

    private SyntaxToken Missing(SyntaxKind kind)
    {
        var position = _next < _scan.Spans.Length ? _scan.Spans[_next].Start : _text.Length;
        return new SyntaxToken(kind, new TextSpan(position, 0), "", [], isMissing: true);
    }

    private ImmutableArray<SyntaxTrivia> TriviaUntil(int index)
    {
        var trivia = ImmutableArray.CreateBuilder<SyntaxTrivia>();
        for (; _next < index; _next++)
        {
            var kind = TokenKinds[_scan.Tokens[_next].Type];
            trivia.Add(new SyntaxTrivia(SyntaxFacts.IsTrivia(kind) ? kind : SyntaxKind.SkippedTrivia, _scan.Spans[_next], _text.ToString(_scan.Spans[_next])));
        }

        return trivia.ToImmutable();
    }
}
