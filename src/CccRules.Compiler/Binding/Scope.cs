using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>The names that one module sees: its own, and those of the modules it uses.</summary>
internal sealed class Scope(ModuleSymbol module, SourceText text)
{
    /// <summary>Names that unknown ones of a file are compared with.</summary>
    private const long MostCompared = 2_000_000;

    private readonly Dictionary<string, Symbol> _own = new(StringComparer.Ordinal);
    private readonly List<Scope> _used = [];
    private long _compared;

    public ModuleSymbol Module { get; } = module;

    public SourceText Text { get; } = text;

    public IEnumerable<Symbol> Own => _own.Values;

    /// <summary>Every name that can be written here without its module.</summary>
    public IEnumerable<Symbol> Visible => Own.Concat(_used.SelectMany(used => used.Own));

    /// <summary>All modules by name, for qualified names; shared by every scope of a ruleset.</summary>
    public required IReadOnlyDictionary<string, Scope> Modules { get; init; }

    public void Use(Scope other)
    {
        if (!_used.Contains(other) && other != this)
        {
            _used.Add(other);
        }
    }

    /// <summary>Adds a name; the symbol that has it already, where there is one.</summary>
    public Symbol? Declare(Symbol symbol) => _own.TryAdd(symbol.Name, symbol) ? null : _own[symbol.Name];

    public Symbol? FindOwn(string name) => _own.GetValueOrDefault(name);

    /// <summary>What a plain name can mean: own names win over used ones.</summary>
    public ImmutableArray<Symbol> Find(string name)
    {
        if (_own.TryGetValue(name, out var own))
        {
            return [own];
        }

        var found = ImmutableArray.CreateBuilder<Symbol>();
        foreach (var used in _used)
        {
            if (used._own.TryGetValue(name, out var symbol))
            {
                found.Add(symbol);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Resolves a name of the wanted kind; reports and gives null where there is none.</summary>
    /// <param name="noun">What is wanted, for the message.</param>
    public T? Resolve<T>(QualifiedNameSyntax? name, string noun, DiagnosticBag bag, SemanticInfo info)
        where T : Symbol
    {
        if (name is null || name.HasMissing)
        {
            return null;
        }

        switch (ResolveAny(name, noun, bag, symbol => symbol is T))
        {
            case null:
                return null;
            case T symbol:
                info.Refer(name, symbol);
                return symbol;
            case var other:
                bag.Add(NameDiagnostics.WrongKind(Text.GetLocation(name.Span), other, WithArticle(noun)));
                return null;
        }
    }

    /// <summary>Resolves a name of any kind; reports and gives null where there is none or where several fit.</summary>
    public Symbol? ResolveAny(QualifiedNameSyntax name, string noun, DiagnosticBag bag, Func<Symbol, bool> isCandidate)
    {
        var parts = name.Parts.Select(part => part.Text).ToList();
        var at = Text.GetLocation(name.Span);
        var last = parts[^1];
        if (parts.Count > 1)
        {
            return ResolveQualified(string.Join('.', parts.SkipLast(1)), last, noun, at, bag);
        }

        var found = Find(last);
        switch (found.Length)
        {
            case 1:
                return found[0];
            case 0:
                bag.Add(NameDiagnostics.UnknownName(at, noun, last, Candidates(Visible.Where(isCandidate)), Elsewhere(last, isCandidate)));
                return null;
            default:
                bag.Add(NameDiagnostics.AmbiguousName(at, last, found));
                return null;
        }
    }

    private Symbol? ResolveQualified(string moduleName, string name, string noun, TextLocation at, DiagnosticBag bag)
    {
        if (!Modules.TryGetValue(moduleName, out var scope))
        {
            bag.Add(NameDiagnostics.UnknownModule(at, moduleName, Modules.Keys));
            return null;
        }

        if (scope != this && !_used.Contains(scope))
        {
            bag.Add(NameDiagnostics.ModuleNotUsed(at, moduleName));
            return null;
        }

        if (scope.FindOwn(name) is { } symbol)
        {
            return symbol;
        }

        bag.Add(NameDiagnostics.UnknownName(at, noun, name, Candidates(scope.Own)));
        return null;
    }

    /// <summary>Names that may be meant. Of a text with very many wrong names the first get suggestions: all would take its square.</summary>
    private List<string> Candidates(IEnumerable<Symbol> symbols)
    {
        List<string> names = _compared > MostCompared ? [] : [.. symbols.Select(symbol => symbol.Name)];
        _compared += names.Count;
        return names;
    }

    /// <summary>The rulesets that declare such a name and are not used here, in the order of their names.</summary>
    private ImmutableArray<string> Elsewhere(string name, Func<Symbol, bool> isCandidate)
    {
        if (_compared > MostCompared)
        {
            return [];
        }

        _compared += Modules.Count;
        return [.. Modules.Where(module => module.Value.FindOwn(name) is { } symbol && isCandidate(symbol)).Select(module => module.Key).Order(StringComparer.Ordinal)];
    }

    private static string WithArticle(string noun) => ("aeio".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;
}
