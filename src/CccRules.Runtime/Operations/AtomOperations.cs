using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Operations;

/// <summary>
/// Tests of single values, as <see cref="Fact"/> writes them; the columnar kernels give the same answers row by row.
/// A missing value makes a test open. Called by emitted code.
/// </summary>
public static class AtomOperations
{
    /// <summary>The value lies in a set of <see cref="Schema.ProgramTables.Sets"/>; none counts as <paramref name="includesNone"/>.</summary>
    public static Truth InSet(long value, RuleTables tables, int set, bool includesNone) => value switch
    {
        Fact.Missing => Truth.Open,
        Fact.None => Kleene.Of(includesNone),
        _ => Kleene.Of(Contains(tables.Sets[set], value)),
    };

    /// <summary>As <see cref="InSet"/> for a set of one interval.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Truth InRange(long value, long lower, long upper, bool includesNone) =>
        value > Fact.None ? Kleene.Of(value >= lower & value <= upper) : value == Fact.Missing ? Truth.Open : Kleene.Of(includesNone);

    /// <summary>As <see cref="InSet"/> for a wide value and a set of <see cref="Schema.ProgramTables.WideSets"/>.</summary>
    public static Truth InWideSet(Int128 value, RuleTables tables, int set, bool includesNone)
    {
        if (value <= WideOperations.None)
        {
            return value == WideOperations.Missing ? Truth.Open : Kleene.Of(includesNone);
        }

        var bounds = tables.WideSets[set];
        for (var i = 0; i < bounds.Length; i += 2)
        {
            if (value <= bounds[i + 1])
            {
                return Kleene.Of(value >= bounds[i]);
            }
        }

        return Truth.False;
    }

    /// <summary>An HS code lies in a set of 13-digit codes; open where only some of the codes it stands for do.</summary>
    public static Truth HsInSet(long value, RuleTables tables, int set, bool includesNone)
    {
        if (value <= Fact.None)
        {
            return value == Fact.Missing ? Truth.Open : Kleene.Of(includesNone);
        }

        var (lower, upper) = HsCodeRange.Of(value);
        return HsInSet(tables.Sets[set], lower, upper);
    }

    /// <summary>A set of members shares one with the mask.</summary>
    public static Truth HasAny(long value, long mask, bool includesNone) => value switch
    {
        Fact.Missing => Truth.Open,
        Fact.None => Kleene.Of(includesNone),
        _ => Kleene.Of((value & mask) != 0),
    };

    public static Truth Equal(long left, long right) =>
        left == Fact.Missing || right == Fact.Missing ? Truth.Open : Kleene.Of(left == right);

    public static Truth NotEqual(long left, long right) => Kleene.Not(Equal(left, right));

    /// <summary>An ordering with none is false.</summary>
    public static Truth Less(long left, long right) => AreKnown(left, right) ? Kleene.Of(left < right) : Unordered(left, right);

    public static Truth LessOrEqual(long left, long right) =>
        AreKnown(left, right) ? Kleene.Of(left <= right) : Unordered(left, right);

    public static Truth WideEqual(Int128 left, Int128 right) =>
        left == WideOperations.Missing || right == WideOperations.Missing ? Truth.Open : Kleene.Of(left == right);

    public static Truth WideNotEqual(Int128 left, Int128 right) => Kleene.Not(WideEqual(left, right));

    public static Truth WideLess(Int128 left, Int128 right) =>
        left > WideOperations.None && right > WideOperations.None ? Kleene.Of(left < right) : WideUnordered(left, right);

    public static Truth WideLessOrEqual(Int128 left, Int128 right) =>
        left > WideOperations.None && right > WideOperations.None ? Kleene.Of(left <= right) : WideUnordered(left, right);

    /// <summary>Texts by their UTF-16 code units. A text value is a code of the dictionary, or a constant of the tables.</summary>
    public static Truth TextEqual(long left, long right, TextDictionary texts, RuleTables tables) =>
        left == Fact.Missing || right == Fact.Missing ? Truth.Open : Kleene.Of(AreSameText(left, right, texts, tables));

    public static Truth TextNotEqual(long left, long right, TextDictionary texts, RuleTables tables) =>
        Kleene.Not(TextEqual(left, right, texts, tables));

    public static Truth TextLess(long left, long right, TextDictionary texts, RuleTables tables) =>
        AreKnown(left, right)
            ? Kleene.Of(string.CompareOrdinal(tables.TextOf(left, texts), tables.TextOf(right, texts)) < 0)
            : Unordered(left, right);

    public static Truth TextLessOrEqual(long left, long right, TextDictionary texts, RuleTables tables) =>
        AreKnown(left, right)
            ? Kleene.Of(string.CompareOrdinal(tables.TextOf(left, texts), tables.TextOf(right, texts)) <= 0)
            : Unordered(left, right);

    /// <summary>A text is one of a set of <see cref="Schema.ProgramTables.TextSets"/>.</summary>
    public static Truth TextInSet(long value, TextDictionary texts, RuleTables tables, int set, bool includesNone) => value switch
    {
        Fact.Missing => Truth.Open,
        Fact.None => Kleene.Of(includesNone),
        _ => Kleene.Of(tables.TextSets[set].Contains(tables.TextOf(value, texts))),
    };

    /// <summary>A text matches a pattern of <see cref="Schema.ProgramTables.Patterns"/> anywhere. None does not.</summary>
    public static Truth Matches(long value, TextDictionary texts, RuleTables tables, int pattern) => value switch
    {
        Fact.Missing => Truth.Open,
        Fact.None => Truth.False,
        _ => Kleene.Of(tables.Patterns[pattern].IsMatch(tables.TextOf(value, texts))),
    };

    internal static bool AreSameText(long left, long right, TextDictionary texts, RuleTables tables) =>
        left == right
        || (AreKnown(left, right)
            && left < 0 != right < 0
            && string.Equals(tables.TextOf(left, texts), tables.TextOf(right, texts), StringComparison.Ordinal));

    internal static Truth HsInSet(long[] bounds, long lower, long upper)
    {
        // The first interval that does not end before the code's range: if any meets the range, this one does.
        var i = FirstEndingAtOrAfter(bounds, lower);
        if (i == bounds.Length || bounds[i] > upper)
        {
            return Truth.False;
        }

        return bounds[i] <= lower && upper <= bounds[i + 1] ? Truth.True : Truth.Open;
    }

    internal static bool Contains(long[] bounds, long value)
    {
        var i = FirstEndingAtOrAfter(bounds, value);
        return i < bounds.Length && bounds[i] <= value;
    }

    private static int FirstEndingAtOrAfter(long[] bounds, long value)
    {
        var (low, high) = (0, bounds.Length / 2);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (bounds[(2 * middle) + 1] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return 2 * low;
    }

    private static bool AreKnown(long left, long right) => left > Fact.None && right > Fact.None;

    private static Truth Unordered(long left, long right) =>
        left == Fact.Missing || right == Fact.Missing ? Truth.Open : Truth.False;

    private static Truth WideUnordered(Int128 left, Int128 right) =>
        left == WideOperations.Missing || right == WideOperations.Missing ? Truth.Open : Truth.False;
}
