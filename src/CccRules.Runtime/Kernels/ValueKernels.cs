using System.Numerics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// The derived values that rulesets compute most, over whole columns; each is the operation of the same name in
/// <see cref="ValueOperations"/>. Other values are loops in the emitted code.
/// </summary>
internal static class ValueKernels
{
    /// <summary>The smaller of two columns; none is skipped, missing wins.</summary>
    public static void Least(ReadOnlySpan<long> left, ReadOnlySpan<long> right, Span<long> target)
    {
        var none = new Vector<long>(Fact.None);
        for (var row = 0; row < target.Length; row += Vector<long>.Count)
        {
            var (l, r) = (new Vector<long>(left[row..]), new Vector<long>(right[row..]));
            var areKnown = Vector.GreaterThan(l, none) & Vector.GreaterThan(r, none);
            var least = Vector.ConditionalSelect(areKnown, Vector.Min(l, r), Vector.Max(l, r));
            MissingWins(l, r, least).CopyTo(target[row..]);
        }
    }

    /// <summary>The larger of two columns; none is skipped, missing wins.</summary>
    public static void Largest(ReadOnlySpan<long> left, ReadOnlySpan<long> right, Span<long> target)
    {
        for (var row = 0; row < target.Length; row += Vector<long>.Count)
        {
            var (l, r) = (new Vector<long>(left[row..]), new Vector<long>(right[row..]));
            MissingWins(l, r, Vector.Max(l, r)).CopyTo(target[row..]);
        }
    }

    /// <summary>A dated parameter on the days of a column. Most often that is the evaluation date: one day for all rows.</summary>
    public static void Step(ReadOnlySpan<long> days, RuleTables tables, int table, Span<long> target)
    {
        for (var first = 0; first < target.Length; first += 64)
        {
            var rows = days.Slice(first, 64);
            var values = target.Slice(first, 64);
            if (!rows.ContainsAnyExcept(rows[0]))
            {
                values.Fill(ValueOperations.Step(rows[0], tables, table));
                continue;
            }

            for (var row = 0; row < values.Length; row++)
            {
                values[row] = ValueOperations.Step(rows[row], tables, table);
            }
        }
    }

    private static Vector<long> MissingWins(Vector<long> left, Vector<long> right, Vector<long> value)
    {
        var missing = new Vector<long>(Fact.Missing);
        return Vector.ConditionalSelect(Vector.Equals(left, missing) | Vector.Equals(right, missing), missing, value);
    }
}
