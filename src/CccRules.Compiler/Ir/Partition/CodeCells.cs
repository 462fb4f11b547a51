using System.Collections.Immutable;
using System.Numerics;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>HS codes by the sets that they lie in.</summary>
internal static class CodeCells
{
    private const int MostShown = 4;

    private static readonly BigInteger Codes = BigInteger.Pow(10, HsCode.MostDigits);

    /// <param name="cuts">13-digit codes at which a set begins or has ended.</param>
    /// <param name="within">Only codes that begin so.</param>
    public static ImmutableArray<FactCell> Of(FactUses uses, ImmutableArray<BigInteger> cuts, HsCode? within)
    {
        var (least, most) = within is { } code ? (code.Lower, (BigInteger)code.Upper) : (BigInteger.Zero, Codes - 1);
        ImmutableArray<ImmutableArray<long>> sets = [.. uses.Atoms.OfType<IrHsInSet>().Select(test => test.Bounds.Items), .. uses.Cells.OfType<IrIntervalCell>().Select(cell => cell.Bounds)];
        var classes = new SortedDictionary<string, List<(BigInteger First, BigInteger Last)>>(StringComparer.Ordinal);
        var from = least;
        foreach (var cut in cuts.Where(cut => cut > least && cut <= most).Append(most + 1))
        {
            var at = from;
            var signature = string.Concat(sets.Select(set => Contains(set, at) ? '1' : '0'));
            if (!classes.TryGetValue(signature, out var intervals))
            {
                classes[signature] = intervals = [];
            }

            Append(intervals, from, cut - 1);
            from = cut;
        }

        return
        [
            .. from entry in classes
               let isOther = !entry.Key.Contains('1', StringComparison.Ordinal)
               orderby isOther, entry.Value[0].First
               select new FactCell(Encode(entry.Value[0].First, HsCode.MostDigits), isOther ? Other(classes.Count, within) : Written(entry.Value)),
        ];
    }

    private static string Other(int classes, HsCode? within) =>
        (classes == 1 ? "any code" : "any other code") + (within is { } code ? $" under {code}" : "");

    private static bool Contains(ImmutableArray<long> bounds, BigInteger code)
    {
        for (var i = 0; i < bounds.Length; i += 2)
        {
            if (code >= bounds[i] && code <= bounds[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    private static void Append(List<(BigInteger First, BigInteger Last)> intervals, BigInteger first, BigInteger last)
    {
        if (intervals.Count > 0 && intervals[^1].Last + 1 == first)
        {
            intervals[^1] = (intervals[^1].First, last);
        }
        else
        {
            intervals.Add((first, last));
        }
    }

    private static string Written(List<(BigInteger First, BigInteger Last)> intervals)
    {
        var shown = string.Join(", ", intervals.Take(MostShown).Select(interval => Written(interval.First, interval.Last)));
        return intervals.Count > MostShown ? $"{shown} and {intervals.Count - MostShown} more" : shown;
    }

    /// <summary>With as few digits as both ends allow: <c>8507.60</c>, <c>8501.10 to 8501.64</c>.</summary>
    private static string Written(BigInteger first, BigInteger last)
    {
        for (var digits = 2; digits < HsCode.MostDigits; digits++)
        {
            var size = BigInteger.Pow(10, HsCode.MostDigits - digits);
            if (digits is not (3 or 5) && first % size == 0 && (last + 1) % size == 0)
            {
                return Written(first, last, digits, size);
            }
        }

        return Written(first, last, HsCode.MostDigits, 1);
    }

    private static string Written(BigInteger first, BigInteger last, int digits, BigInteger size)
    {
        var begin = HsCode.FromEncoded(Encode(first, digits)).ToString();
        return last - first < size ? begin : $"{begin} to {HsCode.FromEncoded(Encode(last / size * size, digits))}";
    }

    private static long Encode(BigInteger code, int digits) => ((long)code * 16) + digits;
}
