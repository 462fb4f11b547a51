using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    private static readonly ImmutableArray<bool> IsChoice = Marked(
    [
        CccParser.RULE_declaration, CccParser.RULE_rulesetClause, CccParser.RULE_sourceClause, CccParser.RULE_fieldOption,
        CccParser.RULE_typeName, CccParser.RULE_categoryClause, CccParser.RULE_normClause, CccParser.RULE_exemptionClause,
        CccParser.RULE_scenarioClause, CccParser.RULE_claimClause, CccParser.RULE_tableClause, CccParser.RULE_calendarClause, CccParser.RULE_deadlineClause,
        CccParser.RULE_expression, CccParser.RULE_comparisonTail, CccParser.RULE_primaryExpression,
        CccParser.RULE_processClause, CccParser.RULE_stepClause, CccParser.RULE_softKeyword,
    ]);

    /// <summary>Rules of precedence: a node only where they join something.</summary>
    private static readonly ImmutableArray<bool> IsPrecedence = Marked(
    [
        CccParser.RULE_orExpression, CccParser.RULE_andExpression, CccParser.RULE_notExpression, CccParser.RULE_comparisonExpression,
        CccParser.RULE_additiveExpression, CccParser.RULE_multiplicativeExpression, CccParser.RULE_unaryExpression, CccParser.RULE_atExpression,
    ]);

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
        [CccLexer.BAR] = SyntaxKind.BarToken, // in two modes: ANTLR knows no one text for it
        [CccLexer.DOUBLE_BAR] = SyntaxKind.DoubleBarToken,
        [CccLexer.CELL] = SyntaxKind.CellToken,
        [CccLexer.ROW_END] = SyntaxKind.RowEndToken,
        [CccLexer.SPACE] = SyntaxKind.SpaceTrivia,
        [CccLexer.NEWLINE] = SyntaxKind.NewLineTrivia,
        [CccLexer.LINE_COMMENT] = SyntaxKind.LineCommentTrivia,
        [CccLexer.BLOCK_COMMENT] = SyntaxKind.BlockCommentTrivia,
        [TokenConstants.EOF] = SyntaxKind.EndOfFileToken,
    }.ToFrozenDictionary();

    private static readonly ImmutableArray<SyntaxKind> TokenKinds =
        [.. Enumerable.Range(0, CccLexer.ROW_END + 1).Select(type => KindOf(type))];

    /// <summary>By token type: its text where that never varies, so that a thousand commas share one.</summary>
    private static readonly ImmutableArray<string?> FixedTexts = [.. TokenKinds.Select(SyntaxFacts.FixedText)];

    private readonly SourceText _text;
    private readonly TokenScan _scan;
    private readonly TextPool _pool = new();

    /// <summary>Converted parts whose node is not made yet, those of the inner node last.</summary>
    private readonly List<SyntaxElement> _parts = [];
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

    /// <summary>
    /// First the fast prediction, which can only fail falsely, never succeed wrongly; after a failure the full one, which
    /// also reports.
    /// </summary>
    private CompilationUnitSyntax Convert(ParseLimits limits, DiagnosticBag bag)
    {
        var stream = new CommonTokenStream(new ListTokenSource(_scan.Tokens));
        stream.Fill();
        for (var i = 0; i < stream.Size; i++)
        {
            ((IWritableToken)stream.Get(i)).TokenIndex = i;
        }

        var parser = new StepwiseParser(stream, this) { ErrorHandler = new BailErrorStrategy(), BuildParseTree = true };
        parser.RemoveErrorListeners();
        parser.Interpreter.PredictionMode = PredictionMode.SLL;
        CccParser.CompilationUnitContext root;
        try
        {
            root = parser.compilationUnit();
        }
        catch (ParseCanceledException)
        {
            _parts.Clear();
            _next = 0;
            stream.Seek(0);
            parser.Reset();
            parser.ErrorHandler = new ErrorStrategy(_text, _scan, limits, bag);
            parser.Interpreter.PredictionMode = PredictionMode.LL;
            root = parser.compilationUnit();
        }

        AddChildren(root);
        if (_parts.Count == 0 || _parts[^1].Kind != SyntaxKind.EndOfFileToken)
        {
            _parts.Add(EndOfFile());
        }

        return new CompilationUnitSyntax([.. _parts]);
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

    private static ImmutableArray<bool> Marked(ReadOnlySpan<int> rules)
    {
        var marks = new bool[CccParser.ruleNames.Length];
        foreach (var rule in rules)
        {
            marks[rule] = true;
        }

        return [.. marks];
    }

    private void AddChildren(ParserRuleContext context)
    {
        if (context.children is not { } children)
        {
            return;
        }

        for (var i = 0; i < children.Count; i++)
        {
            if (children[i] is ITerminalNode terminal)
            {
                AddToken(terminal.Symbol);
            }
            else
            {
                AddNode((ParserRuleContext)children[i]);
            }
        }
    }

    private void AddNode(ParserRuleContext context)
    {
        var first = _parts.Count;
        AddChildren(context);
        var count = _parts.Count - first;
        if (IsChoice[context.RuleIndex] || (IsPrecedence[context.RuleIndex] && count <= 1))
        {
            return;
        }

        if (count == 0)
        {
            // The parser gave up before the first token: the node is there, its text is not.
            _parts.Add(Missing(SyntaxKind.UnexpectedToken));
            count = 1;
        }

        var kind = NodeKinds[context.RuleIndex] ?? throw new System.Diagnostics.UnreachableException(CccParser.ruleNames[context.RuleIndex]);
        var children = CollectionsMarshal.AsSpan(_parts).Slice(first, count);
        if (IsWellFormed(kind, children))
        {
            var node = SyntaxNodeFactory.Create(kind, [.. children]);
            _parts.RemoveRange(first, count);
            _parts.Add(node);
        }
    }

    /// <summary>Nodes whose first part is a token by their nature are dissolved where an error put something else there.</summary>
    private static bool IsWellFormed(SyntaxKind kind, ReadOnlySpan<SyntaxElement> children) => kind switch
    {
        SyntaxKind.NameExpression => children[0] is QualifiedNameSyntax,
        SyntaxKind.Name or SyntaxKind.Unit or SyntaxKind.DurationUnit or SyntaxKind.NumberLiteral or SyntaxKind.DurationPart or SyntaxKind.DateLiteral
            or SyntaxKind.TextLiteral or SyntaxKind.HsLiteral or SyntaxKind.HsCode or SyntaxKind.ExtremeCall or SyntaxKind.RelationalTail => children[0] is SyntaxToken,
        SyntaxKind.Translation => children[0] is SyntaxToken && children[^1] is SyntaxToken,
        SyntaxKind.Title => HasToken(children),
        SyntaxKind.VersionClause => children[^1] is SyntaxToken,
        _ => true,
    };

    private static bool HasToken(ReadOnlySpan<SyntaxElement> children)
    {
        foreach (var child in children)
        {
            if (child is SyntaxToken)
            {
                return true;
            }
        }

        return false;
    }

    private void AddToken(IToken symbol)
    {
        if (symbol.Type == TokenConstants.EOF)
        {
            _parts.Add(EndOfFile());
        }
        else if (symbol.TokenIndex < 0)
        {
            _parts.Add(Missing(TokenKinds[symbol.Type]));
        }
        else if (symbol.TokenIndex >= _next)
        {
            _parts.Add(Take(symbol.TokenIndex));
        }
    }

    /// <summary>The token at an index, led by every token between the last one taken and it.</summary>
    private SyntaxToken Take(int index)
    {
        var trivia = TriviaUntil(index);
        var span = _scan.Spans[index];
        _next = index + 1;
        var type = _scan.Tokens[index].Type;
        return new SyntaxToken(TokenKinds[type], span, TextOf(type, span), trivia);
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
        if (_next >= index)
        {
            return [];
        }

        var trivia = new SyntaxTrivia[index - _next];
        for (var i = 0; i < trivia.Length; i++, _next++)
        {
            var type = _scan.Tokens[_next].Type;
            var kind = TokenKinds[type];
            trivia[i] = new SyntaxTrivia(SyntaxFacts.IsTrivia(kind) ? kind : SyntaxKind.SkippedTrivia, _scan.Spans[_next], TextOf(type, _scan.Spans[_next]));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(trivia);
    }

    private string TextOf(int type, TextSpan span)
    {
        var text = _text.Content.AsSpan(span.Start, span.Length);
        return FixedTexts[type] is { } known && text.SequenceEqual(known) ? known : _pool.Get(text);
    }

    /// <summary>
    /// Hands each declaration over as soon as it is parsed and forgets ANTLR's tree of it: a long file never has two whole trees in
    /// memory, and the collector finds little to keep.
    /// </summary>
    private sealed class StepwiseParser(ITokenStream tokens, AntlrToSyntax converter) : CccParser(tokens)
    {
        public override void ExitRule()
        {
            var finished = Context;
            base.ExitRule();

            // An attempt that is given up leaves half a declaration behind.
            if (finished.RuleIndex == RULE_declaration && (finished.exception is null || ErrorHandler is not BailErrorStrategy))
            {
                converter.AddChildren(Context);
                Context.children.Clear();
            }
        }
    }
}
