namespace CccRules.Runtime.Lookups;

/// <summary>
/// A step of a look-up: rows that still can hold, and how the next input's value chooses among them. Rows that no later input
/// tells apart are cut off behind the first.
/// </summary>
/// <param name="Rows">In the order of the table.</param>
internal abstract record LookupNode(int[] Rows);

/// <summary>Nothing more to look at: the first row holds, or none.</summary>
internal sealed record LookupAnswer(int[] Rows) : LookupNode(Rows)
{
    /// <summary>-1: no row.</summary>
    public int Row { get; } = Rows.Length == 0 ? -1 : Rows[0];
}

/// <summary>Rows to be tried one after the other: sets of members have too many values to list.</summary>
internal sealed record LookupTrial(int[] Rows, int Input) : LookupNode(Rows);

/// <summary>The value's place among cut points. <paramref name="Children"/>[i] holds below Cuts[i], the last above all.</summary>
internal sealed record LookupIntervals(int[] Rows, int Input, long[] Cuts, LookupNode[] Children, LookupNode None) : LookupNode(Rows)
{
    /// <summary>Position of the child for a value.</summary>
    public int PositionOf(long value)
    {
        var at = Array.BinarySearch(Cuts, value);
        return at >= 0 ? at + 1 : ~at;
    }
}

/// <summary>The value among the texts that the rows name.</summary>
internal sealed record LookupTexts(int[] Rows, int Input, Dictionary<string, LookupNode> Children, LookupNode Other, LookupNode None) : LookupNode(Rows);
