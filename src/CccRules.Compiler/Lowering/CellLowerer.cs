using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Cells of tables to sets of an input's values:
/// <code>
/// [100..240) V           →    [100000000 .. 239999999]
/// not(sale; personal)    →    every member's number but theirs, and none
/// </code>
/// </summary>
internal static class CellLowerer
{
    private const long LastHsCode = 9_999_999_999_999;

    /// <param name="type">The input's type. For a number the bounds are numerators over its denominator.</param>
    public static IrCell? Lower(BoundCell? cell, IrType type)
    {
        var includesNone = cell is not null && cell.HasNone != cell.IsNegated;
        return cell switch
        {
            null => null,
            BoundMembersCell members => new IrMaskCell(members.Mask, members.IsNegated, includesNone),
            BoundValueCell { Values: [TextConstant, ..] } or BoundValueCell when type.Kind == IrKind.Text => new IrTextCell(
                [.. ((BoundValueCell)cell).Values.Select(value => ((TextConstant)value).Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], cell.IsNegated, includesNone),
            BoundCodeCell codes => new IrIntervalCell(Complement(HsBounds.Of(codes.Codes, []), codes.IsNegated, 0, LastHsCode), includesNone),
            _ => new IrIntervalCell(Intervals(cell, type), includesNone),
        };
    }

    /// <summary>The intervals of a cell of numbers, dates, durations, members, countries, or yes and no; ascending and apart.</summary>
    public static ImmutableArray<BigInteger> Bounds(BoundCell cell, IrType type)
    {
        var (least, most) = IrBuilder.Domain(type);
        var intervals = cell switch
        {
            BoundRangeCell ranges => ranges.Ranges.Select(range => Interval(range, type, least, most)),
            BoundValueCell values => values.Values.Select(value => (FactEncoding.Encode(value, TypeSymbol.Error), FactEncoding.Encode(value, TypeSymbol.Error))),
            _ => throw new UnreachableException(cell.GetType().Name),
        };
        var merged = Merge(intervals);
        return cell.IsNegated ? Without(merged, least, most) : [.. merged.SelectMany(interval => new[] { interval.Low, interval.High })];
    }

    private static ImmutableArray<long> Intervals(BoundCell cell, IrType type) => [.. Bounds(cell, type).Select(bound => (long)bound)];

    private static (BigInteger Low, BigInteger High) Interval(BoundRange range, IrType type, BigInteger least, BigInteger most)
    {
        var low = least;
        var high = most;
        if (range.Low is { } from)
        {
            var bound = Scaled(from, type);
            low = range.IncludesLow ? bound.Ceiling() : bound.Floor() + 1;
        }

        if (range.High is { } to)
        {
            var bound = Scaled(to, type);
            high = range.IncludesHigh ? bound.Floor() : bound.Ceiling() - 1;
        }

        return (BigInteger.Max(low, least), BigInteger.Min(high, most));
    }

    /// <summary>A bound in the numbers that stand for values of the type; a fraction where it lies between two of them.</summary>
    private static Rational Scaled(ConstantValue value, IrType type) => value switch
    {
        NumberConstant number => number.Value * new Rational(type.Denominator),
        DurationConstant duration => new Rational(type.Kind == IrKind.Months ? duration.Months : duration.Days),
        _ => new Rational(FactEncoding.Encode(value, TypeSymbol.Error)),
    };

    private static List<(BigInteger Low, BigInteger High)> Merge(IEnumerable<(BigInteger Low, BigInteger High)> intervals)
    {
        var merged = new List<(BigInteger Low, BigInteger High)>();
        foreach (var (low, high) in intervals.Where(interval => interval.Low <= interval.High).Order())
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, BigInteger.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        return merged;
    }

    private static ImmutableArray<BigInteger> Without(List<(BigInteger Low, BigInteger High)> intervals, BigInteger least, BigInteger most)
    {
        var rest = ImmutableArray.CreateBuilder<BigInteger>();
        var from = least;
        foreach (var (low, high) in intervals)
        {
            if (from < low)
            {
                rest.Add(from);
                rest.Add(low - 1);
            }

            from = high + 1;
        }

        if (from <= most)
        {
            rest.Add(from);
            rest.Add(most);
        }

        return rest.ToImmutable();
    }

    private static ImmutableArray<long> Complement(ImmutableArray<long> bounds, bool isNegated, long least, long most) => isNegated
        ? [.. Without([.. bounds.Chunk(2).Select(pair => ((BigInteger)pair[0], (BigInteger)pair[1]))], least, most).Select(bound => (long)bound)]
        : bounds;
}
