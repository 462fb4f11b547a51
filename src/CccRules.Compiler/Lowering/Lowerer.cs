using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Bound rules without errors to IR. Declarations come in an order in which each follows what it names, so each is
/// lowered once and named by its node or value ever after. Cannot fail.
/// </summary>
internal sealed class Lowerer
{
    private readonly BoundRuleset _ruleset;
    private readonly IrBuilder _builder = new();
    private readonly ValueLowerer _values;
    private readonly ConditionLowerer _conditions;
    private readonly ReasonBuilder _reasons;
    private readonly DeadlineLowerer _deadlines;
    private readonly ImmutableArray<FactSchema> _facts;
    private readonly ImmutableDictionary<NormSymbol, int> _normIndex;
    private readonly NormSchema?[] _norms;
    private readonly Dictionary<ExemptionSymbol, BoundExemption> _exemptions = [];
    private readonly List<CategorySchema> _categories = [];

    private Lowerer(BoundRuleset ruleset, int mostRowsAsConditions)
    {
        _ruleset = ruleset;
        _facts = FactTable.Facts(ruleset);
        var factIndex = FactTable.Index(ruleset);
        _normIndex = ruleset.Norms
            .OrderBy(norm => norm.QualifiedName, StringComparer.Ordinal)
            .Select((norm, index) => (norm, index))
            .ToImmutableDictionary(entry => entry.norm, entry => entry.index);
        _norms = new NormSchema?[_normIndex.Count];
        _values = new ValueLowerer(_builder, factIndex, _facts.Length - 1) { MostRowsAsConditions = mostRowsAsConditions, Calendars = EntryLowerer.CalendarsOf(ruleset), Condition = expression => _conditions?.Lower(expression) ?? throw new UnreachableException() };
        _conditions = new ConditionLowerer(_builder, _normIndex) { Values = _values };
        _reasons = new ReasonBuilder(_conditions);
        _deadlines = new DeadlineLowerer(_builder, _values, _conditions, _reasons, _normIndex);
    }

    /// <param name="ruleset">Bound without errors.</param>
    /// <param name="mostRowsAsConditions">Rows up to which a table becomes conditions; a larger one is looked up.</param>
    public static IrModule Lower(BoundRuleset ruleset, int mostRowsAsConditions = TableLowerer.MostRowsAsConditions) =>
        new Lowerer(ruleset, mostRowsAsConditions).Lower();

    /// <summary>Lowers with further conditions, and tells which node became of each condition.</summary>
    public static LoweredRules LowerWith(
        BoundRuleset ruleset, IEnumerable<BoundExpression> conditions, int mostRowsAsConditions = TableLowerer.MostRowsAsConditions)
    {
        var lowerer = new Lowerer(ruleset, mostRowsAsConditions);
        var declared = lowerer.Lower();
        foreach (var condition in conditions)
        {
            lowerer._conditions.Lower(condition);
        }

        var module = declared with
        {
            Values = lowerer._builder.Values,
            Atoms = lowerer._builder.Atoms,
            Logic = lowerer._builder.Logic,
            StepTables = lowerer._builder.StepTables,
            Tables = lowerer._builder.Tables,
        };
        return new LoweredRules(module, lowerer._conditions.Nodes, lowerer._conditions.WindowNodes);
    }

    private IrModule Lower()
    {
        foreach (var declaration in _ruleset.Declarations)
        {
            Lower(declaration);
        }

        return new IrModule
        {
            Facts = _facts,
            Values = _builder.Values,
            Atoms = _builder.Atoms,
            Logic = _builder.Logic,
            StepTables = _builder.StepTables,
            Tables = _builder.Tables,
            Calendars = EntryLowerer.CalendarSchemas(_ruleset),
            Lists = EntryLowerer.Lower(_ruleset, _facts, FactTable.Index(_ruleset)),
            Norms = [.. _norms.OfType<NormSchema>()],
            Categories = [.. _categories.OrderBy(category => category.Name, StringComparer.Ordinal)],
            Definitions = _reasons.Definitions,
            Modules = [.. _ruleset.Modules.Select(module => new ModuleSchema(module.Name, module.Title, module.Version, module.Jurisdiction))],
            Translations = TranslatedTitles.Of(_ruleset),
        };
    }

    private void Lower(BoundDeclaration declaration)
    {
        switch (declaration)
        {
            case BoundDefine { Type: { Kind: TypeKind.YesNo, AllowsNone: false } } define:
                _conditions.Define(define);
                _reasons.Define(define);
                break;
            case BoundDefine define:
                _values.Define(define);
                break;
            case BoundTable table:
                _values.Tables.Define(table);
                break;
            case BoundCategory category:
                _conditions.Define(category);
                _reasons.Define(category);
                _categories.Add(new CategorySchema
                {
                    Name = category.Category.QualifiedName,
                    Title = category.Category.Title,
                    Node = _conditions[category.Category],
                    Citations = ReasonBuilder.Citations(category.Category.Citations),
                });
                break;
            case BoundExemption exemption:
                _exemptions[exemption.Exemption] = exemption;
                break;
            case BoundDeadline deadline:
                _norms[_normIndex[deadline.Norm]] = _deadlines.Lower(deadline);
                break;
            case BoundNorm norm:
                _norms[_normIndex[norm.Norm]] = Lower(norm);
                break;
            default:
                throw new UnreachableException(declaration.GetType().Name);
        }
    }

    /// <summary>
    /// Each norm becomes four truths on its day: it applies, an exemption holds, it is in force, it is fulfilled.
    /// <code>
    /// obligation o when A unless B as of D from P where C    →    applies = A and not B
    ///   fulfilled when S                                          exempted = any exemption that lifts o, on D
    ///                                                             in force = D in [P ..] and C
    ///                                                             fulfilled = S
    /// </code>
    /// </summary>
    private NormSchema Lower(BoundNorm norm)
    {
        var symbol = norm.Norm;
        var module = symbol.Module ?? throw new UnreachableException();
        var day = norm.AsOf is { } asOf ? _values.Lower(asOf, IrType.Of(IrKind.Date)) : _values.EvaluationDate;
        var exemptions = norm.Exemptions.Select(exemption => Lower(_exemptions[exemption], day)).ToImmutableArray();
        var windows = norm.Windows.Select(window => _conditions.Window(window, day)).ToImmutableArray();
        var inModule = _conditions.Window(module, day);
        var inForce = _builder.And(windows.IsEmpty ? _builder.True : _builder.Or(windows), inModule);
        var schema = new NormSchema
        {
            Index = _normIndex[symbol],
            Name = symbol.Name,
            QualifiedName = symbol.QualifiedName,
            Kind = symbol.Kind,
            Title = symbol.Title,
            Actor = symbol.Actor?.Title,
            Authority = symbol.Authority?.Title,
            Jointly = [.. symbol.Jointly.Select(authority => authority.Title)],
            Otherwise = symbol.Otherwise,
            Impact = symbol.Impact,
            Needs = symbol.Needs,
            SubjectTo = symbol.SubjectTo,
            Citations = ReasonBuilder.Citations(symbol.Citations),
            Exemptions = exemptions,
            Windows = Windows(norm, module),
            Applies = _conditions.Applies(norm.When, norm.Unless),
            Exempted = _builder.Or(exemptions.Select(exemption => exemption.Node)),
            InForce = inForce,
            Fulfilled = norm.Fulfilled is { } fulfilled ? _conditions.Lower(fulfilled) : -1,
            Date = day,
            IsJudgedByEvaluationDate = norm.AsOf is null,
        };
        return schema with { Reasons = _reasons.Of(norm, schema, norm.Exemptions.Select(exemption => _exemptions[exemption]).ToImmutableArray(), windows) };
    }

    private ExemptionSchema Lower(BoundExemption exemption, int day)
    {
        var symbol = exemption.Exemption;
        var windows = exemption.Windows.Select(window => _conditions.Window(window, day)).ToImmutableArray();
        var node = _builder.And(
            _conditions.Applies(exemption.When, exemption.Unless),
            windows.IsEmpty ? _builder.True : _builder.Or(windows),
            _conditions.Window(symbol.Module ?? throw new UnreachableException(), day));
        return new ExemptionSchema(symbol.QualifiedName, symbol.Title, node, symbol.IsPerShipment, symbol.Needs, ReasonBuilder.Citations(symbol.Citations));
    }

    /// <summary>The lines as data, for "applies from"; a module's first day holds every line back.</summary>
    private ImmutableArray<WindowSchema> Windows(BoundNorm norm, ModuleSymbol module)
    {
        if (norm.Windows.IsEmpty)
        {
            return module.FromDay is null ? [] : [new WindowSchema(Day(module.FromDay), Day(module.UntilDay), -1)];
        }

        return [.. norm.Windows.Select(window => new WindowSchema(
            UntilModuleEnds(Bound(window.From, module.FromDay, isLargest: true), module.UntilDay),
            Bound(window.Until, module.UntilDay, isLargest: false),
            window.Where is { } where ? _conditions.Lower(where) : -1))];
    }

    private int Bound(BoundExpression? line, long? module, bool isLargest)
    {
        var date = IrType.Of(IrKind.Date);
        return (line, module) switch
        {
            (null, _) => Day(module),
            (BoundConstant { Value: DateConstant constant }, { } day) => Day(isLargest ? Math.Max(constant.Day, day) : Math.Min(constant.Day, day)),
            (_, null) => _values.Lower(line, date),
            (_, { } day) => Narrower(_values.Lower(line, date), day, isLargest),
        };
    }

    /// <summary>The module's day where the line's own lies outside it; a line whose day is none stays so, and is never in force.</summary>
    private int Narrower(int line, long module, bool isLargest)
    {
        var isOutside = isLargest ? _builder.InRange(line, null, module) : _builder.InRange(line, module, null);
        return _builder.Add(new IrSelect(IrType.Of(IrKind.Date), isOutside, Day(module), line));
    }

    /// <summary>A first day, or none where it lies after the module's last.</summary>
    private int UntilModuleEnds(int from, long? last)
    {
        if (from < 0 || last is not { } day)
        {
            return from;
        }

        var date = IrType.Of(IrKind.Date);
        var none = _builder.Add(new IrConstant(date, BigInteger.Zero, IsNone: true));
        return _builder.ValueAt(from) is IrConstant constant
            ? constant.Value > day ? none : from
            : _builder.Add(new IrSelect(date, _builder.InRange(from, day + 1, null), none, from));
    }

    private int Day(long? day) => day is { } known ? _builder.Add(new IrConstant(IrType.Of(IrKind.Date), new BigInteger(known))) : -1;
}
