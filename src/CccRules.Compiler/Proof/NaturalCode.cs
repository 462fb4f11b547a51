using System.Collections.Concurrent;
using System.Globalization;
using CccRules.Compiler.Reference;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Proof;

/// <summary>The code that a reader would take for an interval of 13-digit codes.</summary>
internal static class NaturalCode
{
    /// <summary>Six digits are what the nomenclature knows; more where the interval is narrower, fewer where it is wider.</summary>
    private static readonly int[] Digits = [6, 8, 10, HsCode.MostDigits, 4, 2];

    /// <summary>Spaces over the same conditions ask for the same intervals, and looking for a code that exists takes its time.</summary>
    private static readonly ConcurrentDictionary<(long First, long Last), long> Known = new();

    /// <summary>A code that lies in the interval with all codes that begin with it, one that exists where there is one.</summary>
    /// <returns>As <see cref="HsCode.Encoded"/>.</returns>
    public static long Of(long first, long last) => Known.GetOrAdd((first, last), interval => Find(interval.First, interval.Last));

    private static long Find(long first, long last)
    {
        foreach (var digits in Digits)
        {
            var size = (long)System.Numerics.BigInteger.Pow(10, HsCode.MostDigits - digits);
            var from = (first + size - 1) / size * size;

            // Codes that exist lie close together; of a wide interval the first thousands are enough to meet one.
            for (var tries = 0; tries < 3_000 && from + size - 1 <= last; tries++, from += size)
            {
                if (HsNomenclature.Exists((from / size).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')))
                {
                    return (from * 16) + digits;
                }
            }
        }

        return (first * 16) + HsCode.MostDigits;
    }
}
