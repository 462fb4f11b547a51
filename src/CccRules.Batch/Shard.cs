using System.Globalization;

namespace CccRules.Batch;

/// <summary>
/// One of several equal parts of the data: blocks of 4096 records in turn, so that the part depends on nothing but the order of the
/// data. Each part is classified by a run of its own, perhaps on a machine of its own.
/// </summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">How many parts.</param>
public sealed record Shard(int Number, int Of)
{
    private const int BlockRows = 4096;
    private const int Most = 100_000;

    /// <summary>Whether a record belongs to this part.</summary>
    /// <param name="record">Number of the record, good or bad, from 0.</param>
    public bool Takes(long record) => record / BlockRows % Of == Number - 1;

    /// <summary>Reads <c>3/16</c>; null for anything else.</summary>
    public static Shard? Parse(string text) =>
        text.Split('/') is [var number, var of]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && n >= 1 && n <= m && m <= Most
            ? new Shard(n, m)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}
