using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Evaluation;

internal sealed partial class ReferenceEvaluator
{
    /// <summary>A table's column as a guarded value: the first row that holds, none where none does.</summary>
    private ReferenceValue Look(ColumnSymbol column)
    {
        var (table, inputs) = _tables[column.Table];
        var result = ReferenceValue.None;
        foreach (var row in table.Rows.Reverse())
        {
            result = ReferenceValue.Choose(Holds(row, inputs), ReferenceValue.Of(row.Given[column.Index]), result);
        }

        return result;
    }

    /// <summary>Any row that holds gives one of the members; or for each member there is such a row.</summary>
    private ReferenceCondition Collected(ColumnSymbol column, BoundHas has)
    {
        var (table, inputs) = _tables[column.Table];
        ReferenceCondition Any(long mask) => ReferenceCondition.Or(
            [.. table.Rows.Where(row => (((MembersConstant)row.Given[column.Index]).Mask & mask) != 0).Select(row => Holds(row, inputs))]);

        return has.IsAll ? ReferenceCondition.And([.. MembersOf(has.Mask).Select(member => Any(1L << member))]) : Any(has.Mask);
    }

    private static ReferenceCondition Holds(BoundTableRow row, ImmutableArray<ReferenceValue> inputs) =>
        ReferenceCondition.And([.. row.Cells.Select((cell, index) => cell is null ? ReferenceCondition.Yes : Holds(cell, inputs[index]))]);

    private static ReferenceCondition Holds(BoundCell cell, ReferenceValue value)
    {
        if (value.IsMissing)
        {
            return ReferenceCondition.Open(value.HangsOn);
        }

        var isOne = value.IsNone ? ReferenceCondition.Of(cell.HasNone) : cell switch
        {
            BoundCodeCell codes => UnderAny(codes, value),
            BoundMembersCell members => ReferenceCondition.Of((((MembersConstant)Known(value)).Mask & members.Mask) != 0),
            BoundValueCell values => ReferenceCondition.Of(values.Values.Any(constant => ReferenceValue.AreSame(constant, Known(value)))),
            BoundRangeCell ranges => ReferenceCondition.Of(ranges.Ranges.Any(range => IsInside(range, Known(value)))),
            _ => throw new UnreachableException(),
        };
        return cell.IsNegated ? ReferenceCondition.Not(isOne) : isOne;
    }

    private static ReferenceCondition UnderAny(BoundCodeCell cell, ReferenceValue value)
    {
        var share = ReferenceCodes.Under(((HsConstant)Known(value)).Digits, cell.Codes, []);
        return ReferenceCondition.Of(share != ReferenceCodes.Share.None, share != ReferenceCodes.Share.All, value.HangsOn);
    }

    private static bool IsInside(BoundRange range, ConstantValue value)
    {
        var isAbove = range.Low is null || Order(range.Low, value) is var low && (low < 0 || (low == 0 && range.IncludesLow));
        var isBelow = range.High is null || Order(value, range.High) is var high && (high < 0 || (high == 0 && range.IncludesHigh));
        return isAbove && isBelow;
    }

    private static ConstantValue Known(ReferenceValue value) => value.Constant ?? throw new UnreachableException();
}
