using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>
/// Trees to one bound ruleset: declare every name, bind every definition after those it names, bind the scenarios. An error
/// in one declaration leaves the others bound.
/// </summary>
internal sealed class Binder : IDefinitions
{
    /// <summary>
    /// Definitions that wait for each other. In their order each finds bound what it needs; only circles, and names that could be a
    /// member of an enumeration, make them wait, and a circle of any length must not exhaust the stack.
    /// </summary>
    private const int MostInProgress = 64;

    private readonly DiagnosticBag _bag = new();
    private readonly SemanticInfo _info = new();
    private readonly DeclarationTable _table;
    private readonly DefinitionBinder _definitions;
    private readonly Dictionary<ModuleSymbol, Scope> _scopes = [];
    private readonly List<DefinitionSymbol> _inProgress = [];
    private readonly HashSet<DefinitionSymbol> _started = [];
    private readonly Dictionary<DefinitionSymbol, BoundDeclaration?> _bound = [];
    private readonly Dictionary<ParameterSymbol, ImmutableArray<ParameterEntry>> _entries = [];
    private ImmutableArray<ProcessSymbol> _processes = [];
    private readonly ImmutableArray<BoundDeclaration>.Builder _order = ImmutableArray.CreateBuilder<BoundDeclaration>();

    private readonly CancellationToken _cancellation;

    private Binder(DataFiles files, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _table = new DeclarationTable(_bag, _info);
        _definitions = new DefinitionBinder(this, files, _bag, _info);
    }

    public static (BoundRuleset Ruleset, SemanticInfo Info) Bind(IEnumerable<SyntaxTree> trees, DataFiles files, CancellationToken cancellation = default)
    {
        var binder = new Binder(files, cancellation);
        binder._table.Declare(trees);
        binder.BindDefinitions();
        var scenarios = binder.BindScenarios();
        var claims = binder.BindClaims();
        binder.ReportUnused();
        var ruleset = new BoundRuleset
        {
            Modules = [.. binder._table.Scopes.Select(entry => entry.Scope.Module)],
            ListCalls = [.. binder._info.ListCalls],
            Record = binder._table.Record,
            Fields = binder._table.Fields,
            Questions = [.. binder._table.Definitions.OfType<QuestionSymbol>()],
            Calendars = [.. binder._table.Definitions.OfType<CalendarSymbol>().Where(binder._info.IsUsed).Select(binder._definitions.CalendarOf).OfType<BoundCalendar>()],
            Declarations = binder._order.ToImmutable(),
            Processes = binder._processes,
            Scenarios = scenarios,
            Claims = claims,
            Parameters = [.. binder._table.Definitions.OfType<ParameterSymbol>()],
            Diagnostics = binder._bag.ToImmutable(),
        };
        return (ruleset, binder._info);
    }

    public TypeSymbol TypeOf(DefineSymbol define, TextLocation at) =>
        Require(define, at) && _bound[define] is BoundDefine bound ? bound.Type : TypeSymbol.Error;

    public ImmutableArray<ParameterEntry> EntriesOf(ParameterSymbol parameter, TextLocation at) =>
        Require(parameter, at) ? _entries.GetValueOrDefault(parameter, []) : [];

    public bool Require(DefinitionSymbol symbol, TextLocation at)
    {
        if (_bound.ContainsKey(symbol))
        {
            return true;
        }

        if (_started.Contains(symbol))
        {
            var path = _inProgress.SkipWhile(other => other != symbol).Append(symbol).ToList();
            _bag.Add(NameDiagnostics.Cycle(at, path));
            return false;
        }

        if (_inProgress.Count >= MostInProgress || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _bag.Add(NameDiagnostics.LongCycle(at, [.. _inProgress, symbol]));
            return false;
        }

        Bind(symbol);
        return true;
    }

    private void BindDefinitions()
    {
        foreach (var (scope, tree) in _table.Scopes)
        {
            _scopes.TryAdd(scope.Module, scope);
            ClauseChecks.Check(tree, _bag);
        }

        new SourceBinder(_bag, _info).Bind(_table.Scopes);
        _processes = new ProcessBinder(_bag, _info).Bind(_table.Scopes);
        var definitions = _table.Scopes
            .SelectMany(entry => entry.Scope.Own.OfType<DefinitionSymbol>().Select(symbol => (symbol, entry.Scope)))
            .ToList();
        foreach (var (symbol, scope) in definitions)
        {
            _definitions.BindReferences(symbol, scope);
        }

        foreach (var symbol in DependencyOrder.Of(definitions))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!_started.Contains(symbol))
            {
                Bind(symbol);
            }
        }
    }

    private void Bind(DefinitionSymbol symbol)
    {
        _started.Add(symbol);
        _inProgress.Add(symbol);
        var scope = _scopes[symbol.Module ?? throw new System.Diagnostics.UnreachableException()];
        BoundDeclaration? bound = null;
        if (symbol is ParameterSymbol parameter)
        {
            _entries[parameter] = _definitions.BindParameter(parameter, scope);
        }
        else
        {
            bound = _definitions.Bind(symbol, scope);
        }

        _inProgress.RemoveAt(_inProgress.Count - 1);
        _bound[symbol] = bound;
        if (bound is not null)
        {
            _order.Add(bound);
        }
    }

    private ImmutableArray<BoundScenario> BindScenarios()
    {
        var scenarios = ImmutableArray.CreateBuilder<BoundScenario>();
        foreach (var (scope, tree) in _table.Scopes)
        {
            var binder = new ScenarioBinder(scope, this, _bag, _info);
            foreach (var syntax in tree.Root.Declarations.OfType<ScenarioDeclarationSyntax>())
            {
                scenarios.Add(binder.Bind(syntax));
            }
        }

        return scenarios.ToImmutable();
    }

    private ImmutableArray<BoundClaim> BindClaims()
    {
        var claims = ImmutableArray.CreateBuilder<BoundClaim>();
        foreach (var (scope, tree) in _table.Scopes)
        {
            var binder = new ClaimBinder(scope, this, _bag, _info);
            claims.AddRange(tree.Root.Declarations.OfType<ClaimDeclarationSyntax>().Select(binder.Bind).OfType<BoundClaim>());
        }

        return claims.ToImmutable();
    }

    private void ReportUnused()
    {
        foreach (var symbol in _table.Scopes.SelectMany(entry => entry.Scope.Own))
        {
            if (symbol is DefineSymbol or ParameterSymbol or ColumnSymbol or CalendarSymbol or QuestionSymbol or SourceSymbol or ActorSymbol && !_info.IsUsed(symbol))
            {
                _bag.Add(NameDiagnostics.Unused(symbol.Location, symbol));
            }
            else if (symbol is NormSymbol or ExemptionSymbol && ((DefinitionSymbol)symbol).Citations.IsEmpty
                || symbol is ProcessSymbol { Citations.IsEmpty: true })
            {
                _bag.Add(NameDiagnostics.MissingCitation(symbol.Location, symbol));
            }
        }
    }
}
