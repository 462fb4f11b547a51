using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Evaluation;

internal sealed partial class ReferenceEvaluator
{
    private ReferenceCondition Condition(BoundExpression expression) => expression switch
    {
        BoundAnd and => ReferenceCondition.And(Conditions(and.Operands)),
        BoundOr or => ReferenceCondition.Or(Conditions(or.Operands)),
        BoundNot not => ReferenceCondition.Not(Condition(not.Operand)),
        BoundAtLeast atLeast => ReferenceCondition.AtLeast(atLeast.Count, Conditions(atLeast.Operands)),
        BoundComparison comparison => Compare(comparison.Kind, Value(comparison.Left), Value(comparison.Right)),
        BoundBetween between => ReferenceCondition.And(
        [
            Compare(ComparisonKind.LessOrEqual, Value(between.Low), Value(between.Operand)),
            Compare(ComparisonKind.LessOrEqual, Value(between.Operand), Value(between.High)),
        ]),
        BoundIn isIn => ReferenceCondition.Or(
            [.. isIn.Items.Select(item => Compare(ComparisonKind.Equal, Value(isIn.Operand), Value(item)))]),
        BoundUnder under => Under(under),
        BoundMatches matches => Test(Value(matches.Operand), constant => Matches((TextConstant)constant, matches.Pattern)),
        BoundHas { Operand: BoundColumn { Column: { Table.Policy: HitPolicy.Collect } column } } has => Collected(column, has),
        BoundHas has => Test(Value(has.Operand), constant => Has((MembersConstant)constant, has)),
        BoundStatusTest test => StatusTest(test),
        BoundCategoryReference reference => _categories[reference.Category],
        BoundDefineReference reference when IsCondition(reference.Type) => _conditions[reference.Define],
        { Type.Kind: TypeKind.YesNo } => Test(Value(expression), constant => ((YesNoConstant)constant).Value),
        _ => throw new UnreachableException(),
    };

    private ImmutableArray<ReferenceCondition> Conditions(ImmutableArray<BoundExpression> operands) =>
        [.. operands.Select(Condition)];

    private ReferenceCondition StatusTest(BoundStatusTest test) => Among(_outcomes[test.Norm], test.Statuses);

    private static ReferenceCondition Among(ReferenceOutcome outcome, Outcome statuses) => ReferenceCondition.Of(
        (outcome.Statuses & statuses) != Outcome.Nothing,
        (outcome.Statuses & ~statuses) != Outcome.Nothing,
        outcome.Missing);

    /// <summary>A missing side leaves it open. None equals none; an ordering with it is false.</summary>
    private static ReferenceCondition Compare(ComparisonKind kind, ReferenceValue left, ReferenceValue right)
    {
        if (left.Constant is not { } one || right.Constant is not { } other)
        {
            return ReferenceCondition.Open(ReferenceValue.MissingBecause([left, right]).HangsOn);
        }

        if (kind is ComparisonKind.Equal or ComparisonKind.NotEqual)
        {
            return ReferenceCondition.Of(ReferenceValue.AreSame(one, other) == (kind == ComparisonKind.Equal));
        }

        if (left.IsNone || right.IsNone)
        {
            return ReferenceCondition.No;
        }

        var order = Order(one, other);
        return ReferenceCondition.Of(kind switch
        {
            ComparisonKind.Less => order < 0,
            ComparisonKind.LessOrEqual => order <= 0,
            ComparisonKind.Greater => order > 0,
            ComparisonKind.GreaterOrEqual => order >= 0,
            _ => throw new UnreachableException(),
        });
    }

    private static int Order(ConstantValue left, ConstantValue right) => (left, right) switch
    {
        (NumberConstant one, NumberConstant other) => one.Value.CompareTo(other.Value),
        (DateConstant one, DateConstant other) => one.Day.CompareTo(other.Day),
        (TextConstant one, TextConstant other) => string.CompareOrdinal(one.Value, other.Value),
        (DurationConstant one, DurationConstant other) => (one.Months, one.Days).CompareTo((other.Months, other.Days)),
        _ => throw new UnreachableException(),
    };

    private ReferenceCondition Under(BoundUnder under)
    {
        var code = Value(under.Operand);
        if (code.Constant is not HsConstant { Digits: var digits })
        {
            return Test(code, _ => throw new UnreachableException());
        }

        var share = ReferenceCodes.Under(digits, under.Included, under.Excluded);
        return ReferenceCondition.Of(share != ReferenceCodes.Share.None, share != ReferenceCodes.Share.All, code.HangsOn);
    }

    /// <summary>A test of one value: open where it is missing, no where there is none.</summary>
    private static ReferenceCondition Test(ReferenceValue value, Func<ConstantValue, bool> test) => value.Constant switch
    {
        null => ReferenceCondition.Open(value.HangsOn),
        NoneConstant => ReferenceCondition.No,
        var constant => ReferenceCondition.Of(test(constant)),
    };

    private static bool Matches(TextConstant text, string pattern) =>
        Regex.IsMatch(text.Value, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static bool Has(MembersConstant set, BoundHas has)
    {
        var wanted = MembersOf(has.Mask);
        var members = MembersOf(set.Mask).ToHashSet();
        return has.IsAll ? wanted.All(members.Contains) : wanted.Any(members.Contains);
    }

    private static IEnumerable<int> MembersOf(long mask) => Enumerable.Range(0, 64).Where(ordinal => (mask >> ordinal & 1) == 1);
}
