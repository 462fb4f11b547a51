using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;

namespace CccRules.Compiler.Binding;

/// <summary>What binding learns about places in the text; filled during one binding, read by <see cref="SemanticModel"/>.</summary>
internal sealed class SemanticInfo
{
    private readonly Dictionary<SyntaxNode, Symbol> _declared = [];
    private readonly Dictionary<SyntaxNode, Symbol> _referred = [];
    private readonly Dictionary<SyntaxNode, BoundExpression> _bound = [];
    private readonly HashSet<Symbol> _used = [];
    private readonly List<BoundListCall> _listCalls = [];

    public IReadOnlyDictionary<SyntaxNode, Symbol> Declared => _declared;

    public IReadOnlyDictionary<SyntaxNode, Symbol> Referred => _referred;

    public IReadOnlyDictionary<SyntaxNode, BoundExpression> Bound => _bound;

    public void Declare(SyntaxNode syntax, Symbol symbol) => _declared[syntax] = symbol;

    public void Refer(SyntaxNode syntax, Symbol symbol)
    {
        _referred[syntax] = symbol;
        _used.Add(symbol);
    }

    /// <summary>What was asked of lists, in the order of binding.</summary>
    public IReadOnlyList<BoundListCall> ListCalls => _listCalls;

    public void Add(BoundListCall call) => _listCalls.Add(call);

    /// <summary>Something that is used without being named.</summary>
    public void Use(Symbol symbol) => _used.Add(symbol);

    public void Bind(SyntaxNode syntax, BoundExpression bound) => _bound[syntax] = bound;

    public bool IsUsed(Symbol symbol) => _used.Contains(symbol);
}
