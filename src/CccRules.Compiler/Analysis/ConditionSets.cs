using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// Conditions as sets of one fact's values, where they are that; exact, or not at all. Follows named conditions. Asks what
/// holds once the fact is known; it never says that an unknown fact is known.
/// </summary>
internal sealed class ConditionSets
{
    /// <summary>A named condition of more intervals is not followed, so that a chain of definitions cannot pile them up.</summary>
    public const int MostNamedIntervals = 256;

    private readonly Dictionary<DefinitionSymbol, ConditionSet?> _named = [];
    private readonly Dictionary<BoundExpression, ConditionSet?> _sets = new(ReferenceEqualityComparer.Instance);

    public ConditionSets()
    {
        Terms = new Terms(Facts);
    }

    public AnalyzedFacts Facts { get; } = new();

    public Terms Terms { get; }

    public static bool IsCondition(BoundExpression expression) => expression.Type is { Kind: TypeKind.YesNo, AllowsNone: false };

    public void Define(DefinitionSymbol symbol, ConditionSet? set) =>
        _named[symbol] = set is { Values.Intervals.Length: <= MostNamedIntervals } ? set : null;

    /// <summary>The set of a condition; null where it is not over one fact.</summary>
    public ConditionSet? Of(BoundExpression condition)
    {
        if (!_sets.TryGetValue(condition, out var set))
        {
            _sets[condition] = set = Find(condition);
        }

        return set;
    }

    private ConditionSet? Find(BoundExpression condition) => condition switch
    {
        BoundConstant { Value: YesNoConstant literal } => ConditionSet.Of(literal.Value),
        BoundCategoryReference reference => _named.GetValueOrDefault(reference.Category),
        BoundDefineReference reference => _named.GetValueOrDefault(reference.Define),
        BoundStatusTest test => Facts.Of(test.Norm) is { } status
            ? new ConditionSet(status, AnalyzedFacts.StatusSet(test.Statuses).Intersect(status.Domain))
            : null,
        BoundNot not => Of(not.Operand) is { } inner ? ConditionSet.Not(inner) : null,
        BoundAnd and => ConditionSet.All([.. and.Operands.Select(Of)]),
        BoundOr or => ConditionSet.Any([.. or.Operands.Select(Of)]),
        BoundAtLeast atLeast => ConditionSet.AtLeast(atLeast.Count, [.. atLeast.Operands.Select(Of)]),
        BoundComparison comparison => Compare(comparison.Kind, comparison.Left, comparison.Right),
        BoundBetween between => Between(between),
        BoundIn list => In(list),
        BoundUnder under => Under(under),
        BoundHas has => Has(has),
        BoundField or BoundQuestion => TermComparison.Compare(ComparisonKind.Equal, Terms.Of(condition), new NumberTerm(Rational.One)),
        _ => null,
    };

    private ConditionSet? Compare(ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (!IsCondition(left) || !IsCondition(right))
        {
            return TermComparison.Compare(kind, Terms.Of(left), Terms.Of(right));
        }

        var same = ConditionSet.Same(Of(left), Of(right));
        return kind == ComparisonKind.Equal || same is null ? same : ConditionSet.Not(same);
    }

    private ConditionSet? Between(BoundBetween between)
    {
        var operand = Terms.Of(between.Operand);
        return ConditionSet.All(
            TermComparison.Compare(ComparisonKind.GreaterOrEqual, operand, Terms.Of(between.Low)),
            TermComparison.Compare(ComparisonKind.LessOrEqual, operand, Terms.Of(between.High)));
    }

    private ConditionSet? In(BoundIn list)
    {
        if (IsCondition(list.Operand))
        {
            return ConditionSet.Any([.. list.Items.Select(item => Compare(ComparisonKind.Equal, list.Operand, item))]);
        }

        var operand = Terms.Of(list.Operand);
        return ConditionSet.Any([.. list.Items.Select(item => TermComparison.Compare(ComparisonKind.Equal, operand, Terms.Of(item)))]);
    }

    private ConditionSet? Under(BoundUnder under)
    {
        if (Terms.Of(under.Operand) is not FactTerm { IsPlain: true } code)
        {
            return null;
        }

        var bounds = HsBounds.Of(under.Included, under.Excluded);
        return new ConditionSet(code.Fact, ValueSet.Union(
            Enumerable.Range(0, bounds.Length / 2).Select(i => ValueSet.Range(bounds[2 * i], bounds[(2 * i) + 1]))));
    }

    private ConditionSet? Has(BoundHas has)
    {
        if (Terms.Of(has.Operand) is not FactTerm { IsPlain: true, Fact: { Symbol: FieldSymbol { Type.Enumeration: { } members } field } set })
        {
            return null;
        }

        if (members.Members.Length <= AnalyzedFacts.MostMembersTogether)
        {
            return new ConditionSet(set, ValueSet.Union(Enumerable.Range(0, 1 << members.Members.Length)
                .Where(mask => has.IsAll ? (mask & has.Mask) == has.Mask : (mask & has.Mask) != 0)
                .Select(mask => ValueSet.Range(mask, mask))));
        }

        var single = Enumerable.Range(0, members.Members.Length)
            .Where(member => (has.Mask >> member & 1) == 1)
            .Select(member => new ConditionSet(Facts.Of(field, member), ValueSet.Range(1, 1)))
            .ToList();
        return has.IsAll ? ConditionSet.All(single) : ConditionSet.Any(single);
    }
}
