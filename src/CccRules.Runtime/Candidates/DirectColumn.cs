using System.Runtime.CompilerServices;
using CccRules.Runtime.Kernels;

namespace CccRules.Runtime.Candidates;

/// <summary>
/// A fact whose value leads to its row of meanings without a call and without a branch, so that a single record's columns can be looked up
/// in whatever order its class asks for. Others have no entries.
/// </summary>
internal readonly unsafe struct DirectColumn
{
    /// <summary>Null where the column needs its mapper.</summary>
    public readonly long* Entries;

    /// <summary>The fact's place in the record.</summary>
    public readonly int Fact;

    private readonly int _shift;
    private readonly long _first;
    private readonly long _last;
    private readonly long _stride;
    private readonly byte* _table;

    /// <param name="entries">The entries of the buckets, in memory that does not move.</param>
    public DirectColumn(int fact, CutBuckets buckets, AlignedBytes entries, LiteralTable table)
    {
        Fact = fact;
        Entries = (long*)entries.Start;
        (_first, _last, _shift) = (buckets.First, buckets.Last, buckets.Shift);
        _table = table.Start;
        _stride = table.Stride;
    }

    /// <summary>The meanings of a value; see <see cref="LiteralTable"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* RowOf(long value)
    {
        var place = Math.Clamp(value, _first, _last) - _first;
        var entry = Entries[place >> _shift];
        var cell = (entry & 255) + (place >= entry >> 8 ? 1 : 0);
        return _table + ((value <= Facts.Fact.None ? value - Facts.Fact.Missing : cell) * _stride);
    }
}
