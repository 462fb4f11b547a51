using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>
/// The words of a column that has few: eight cells at once are compared with each of them, which takes less than to look one cell up.
/// </summary>
/// <typeparam name="T">What the fact's column holds: a byte, or a number of 32 or 64 bits.</typeparam>
internal sealed class FewWords<T>
    where T : unmanaged
{
    private const int MostWords = 32;

    /// <summary>The value of a cell that is none of the words. A number of 64 bits may be the same: such a cell is looked up alone.</summary>
    private const ulong Unknown = ulong.MaxValue;

    /// <summary>Bytes of a word's half.</summary>
    private const int Half = 8;

    private readonly CellBlock _cells = new();
    private readonly ulong[] _lows = new ulong[MostWords];
    private readonly ulong[] _highs = new ulong[MostWords];
    private readonly ulong[] _values = new ulong[MostWords];
    private int _count;

    /// <summary>Words are compared here, and the column has not turned out to have many.</summary>
    public bool IsOfUse { get; private set; } = EightCells.IsSupported;

    /// <summary>Some words have more than eight bytes: their second eight must be compared too.</summary>
    private bool HasLong { get; set; }

    /// <summary>Remembers a word.</summary>
    /// <param name="low">Its first eight bytes, zeros behind them.</param>
    /// <param name="high">The next eight.</param>
    public void Add(ulong low, ulong high, T value)
    {
        for (var word = 0; word < _count; word++)
        {
            if (_lows[word] == low && _highs[word] == high)
            {
                return;
            }
        }

        if (_count == MostWords)
        {
            IsOfUse = false;
            return;
        }

        (_lows[_count], _highs[_count], _values[_count]) = (low, high, Widen(value));
        _count++;
        HasLong |= high != 0;
    }

    public void Clear()
    {
        _count = 0;
        HasLong = false;
        IsOfUse = EightCells.IsSupported;
    }

    /// <summary>Writes the values of the next cells; a bit is set for each that is none of the words, in whose place anything is written.</summary>
    /// <param name="column">Room for the cells, a multiple of eight and <see cref="CellBlock.Size"/> at most.</param>
    public ulong Read(scoped ref CellCursor cells, Span<T> column)
    {
        var (count, hasLong) = (_count, HasLong);
        if (hasLong)
        {
            _cells.LayStarts(ref cells, column.Length, second: Half);
        }
        else
        {
            _cells.LayStarts(ref cells, column.Length, second: 0);
        }

        return hasLong ? ReadLaid(column, count, hasLong: true) : ReadLaid(column, count, hasLong: false);
    }

    /// <param name="hasLong">As a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ReadLaid(Span<T> column, int count, bool hasLong)
    {
        ref var to = ref MemoryMarshal.GetReference(column);
        var unknown = 0UL;
        for (var i = 0; i < column.Length; i += 2 * EightCells.Count)
        {
            // Twice eight, so that a word is fetched for both. In the last round the second eight may be left from other cells.
            var (one, other) = Find(i, count, hasLong);
            Store(one, ref Unsafe.Add(ref to, i));
            unknown |= UnknownOf(one, i, hasLong) << i;
            if (i + EightCells.Count < column.Length)
            {
                Store(other, ref Unsafe.Add(ref to, i + EightCells.Count));
                unknown |= UnknownOf(other, i + EightCells.Count, hasLong) << (i + EightCells.Count);
            }
        }

        return unknown;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong UnknownOf(Vector512<ulong> values, int cell, bool hasLong) =>
        (Vector512.Equals(values, Vector512.Create(Unknown)) | Vector512.GreaterThan(_cells.Lengths(cell), Vector512.Create(hasLong ? 2UL * Half : Half))).ExtractMostSignificantBits();

    /// <summary>Ones in the first bytes of eight words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> FirstBytes(Vector512<ulong> lengths) => Avx512F.ShiftRightLogicalVariable(
        Vector512<ulong>.AllBitsSet, Vector512.Create(64UL) - Vector512.ShiftLeft(Vector512.Min(lengths, Vector512.Create(8UL)), 3));

    /// <summary>The first halves of eight cells, zeros behind shorter ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Lows(int cell) => _cells.First(cell) & FirstBytes(_cells.Lengths(cell));

    /// <summary>The second halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Highs(int cell) =>
        _cells.Second(cell) & FirstBytes(Vector512.Max(_cells.Lengths(cell), Vector512.Create(8UL)) - Vector512.Create(8UL));

    /// <summary>The values of sixteen cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector512<ulong> One, Vector512<ulong> Other) Find(int cell, int count, bool hasLong)
    {
        const int other = EightCells.Count;
        ref var lows = ref MemoryMarshal.GetArrayDataReference(_lows);
        ref var highs = ref MemoryMarshal.GetArrayDataReference(_highs);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        var (low, otherLow) = (Lows(cell), Lows(cell + other));
        var (high, otherHigh) = hasLong ? (Highs(cell), Highs(cell + other)) : default;
        var (value, otherValue) = (Vector512.Create(Unknown), Vector512.Create(Unknown));
        for (var word = 0; word < count; word++)
        {
            var (wordLow, wordValue) = (Vector512.Create(Unsafe.Add(ref lows, word)), Vector512.Create(Unsafe.Add(ref values, word)));
            var (isSame, isOtherSame) = (Vector512.Equals(low, wordLow), Vector512.Equals(otherLow, wordLow));
            if (hasLong)
            {
                var wordHigh = Vector512.Create(Unsafe.Add(ref highs, word));
                isSame &= Vector512.Equals(high, wordHigh);
                isOtherSame &= Vector512.Equals(otherHigh, wordHigh);
            }

            value = Vector512.ConditionalSelect(isSame, wordValue, value);
            otherValue = Vector512.ConditionalSelect(isOtherSame, wordValue, otherValue);
        }

        return (value, otherValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> values, ref T to)
    {
        if (typeof(T) == typeof(byte))
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<T, byte>(ref to), Avx512F.ConvertToVector128Byte(values).AsUInt64().ToScalar());
        }
        else if (typeof(T) == typeof(int))
        {
            Avx512F.ConvertToVector256Int32(values).StoreUnsafe(ref Unsafe.As<T, int>(ref to));
        }
        else
        {
            values.StoreUnsafe(ref Unsafe.As<T, ulong>(ref to));
        }
    }

    private static ulong Widen(T value) =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(value)
        : typeof(T) == typeof(int) ? (uint)Unsafe.BitCast<T, int>(value)
        : Unsafe.BitCast<T, ulong>(value);
}
