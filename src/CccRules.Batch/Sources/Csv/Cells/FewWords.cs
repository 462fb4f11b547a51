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

        var longest = Vector512.Create(hasLong ? 2UL * Half : Half);
        var unknown = 0UL;
        for (var i = 0; i < column.Length; i += EightCells.Count)
        {
            var length = _cells.Lengths(i);
            var low = _cells.First(i) & FirstBytes(length);
            var value = hasLong ? Find(low, _cells.Second(i) & FirstBytes(Vector512.Max(length, Vector512.Create(8UL)) - Vector512.Create(8UL)), count) : Find(low, count);
            Store(value, ref Unsafe.Add(ref MemoryMarshal.GetReference(column), i));
            unknown |= (Vector512.Equals(value, Vector512.Create(Unknown)) | Vector512.GreaterThan(length, longest)).ExtractMostSignificantBits() << i;
        }

        return unknown;
    }

    /// <summary>Ones in the first bytes of eight words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> FirstBytes(Vector512<ulong> lengths) => Avx512F.ShiftRightLogicalVariable(
        Vector512<ulong>.AllBitsSet, Vector512.Create(64UL) - Vector512.ShiftLeft(Vector512.Min(lengths, Vector512.Create(8UL)), 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Find(Vector512<ulong> low, int count)
    {
        ref var lows = ref MemoryMarshal.GetArrayDataReference(_lows);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        var value = Vector512.Create(Unknown);
        for (var word = 0; word < count; word++)
        {
            var isSame = Vector512.Equals(low, Vector512.Create(Unsafe.Add(ref lows, word)));
            value = Vector512.ConditionalSelect(isSame, Vector512.Create(Unsafe.Add(ref values, word)), value);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Find(Vector512<ulong> low, Vector512<ulong> high, int count)
    {
        ref var lows = ref MemoryMarshal.GetArrayDataReference(_lows);
        ref var highs = ref MemoryMarshal.GetArrayDataReference(_highs);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        var value = Vector512.Create(Unknown);
        for (var word = 0; word < count; word++)
        {
            var isSame = Vector512.Equals(low, Vector512.Create(Unsafe.Add(ref lows, word))) & Vector512.Equals(high, Vector512.Create(Unsafe.Add(ref highs, word)));
            value = Vector512.ConditionalSelect(isSame, Vector512.Create(Unsafe.Add(ref values, word)), value);
        }

        return value;
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
