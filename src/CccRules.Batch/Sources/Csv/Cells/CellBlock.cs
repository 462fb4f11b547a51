using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>
/// Up to 64 cells of a column side by side, so that vectors can compute on them. Laying them out moves words and computes nothing: what is
/// not needed of a word, vectors take away.
/// </summary>
internal sealed class CellBlock
{
    /// <summary>Cells of a block at most.</summary>
    public const int Size = 64;

    /// <summary>By cell: in the low half the place of the byte before it, in the high half that of the byte behind it.</summary>
    private readonly ulong[] _places = new ulong[Size];

    private readonly ulong[] _firsts = new ulong[Size];
    private readonly ulong[] _seconds = new ulong[Size];

    /// <summary>Lays the next cells out with the eight bytes from their first on, and eight from one further on.</summary>
    /// <param name="second">Bytes between both; 0 where one is enough.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LayStarts(scoped ref CellCursor cells, int count, int second)
    {
        if (cells.IsLast)
        {
            Lay(ref cells, count, isLast: true, fromEnd: false, second);
        }
        else
        {
            Lay(ref cells, count, isLast: false, fromEnd: false, second);
        }
    }

    /// <summary>Lays the next cells out with their last eight bytes, and the eight before those; of shorter ones with what stands before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LayEnds(scoped ref CellCursor cells, int count, bool hasSecond)
    {
        if (cells.IsLast)
        {
            Lay(ref cells, count, isLast: true, fromEnd: true, hasSecond ? -8 : 0);
        }
        else
        {
            Lay(ref cells, count, isLast: false, fromEnd: true, hasSecond ? -8 : 0);
        }
    }

    /// <summary>Lengths of eight cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> Lengths(int cell)
    {
        var places = At(_places, cell);
        return Vector512.ShiftRightLogical(places, 32) - (places & Vector512.Create(0xFFFF_FFFFUL)) - Vector512<ulong>.One;
    }

    /// <summary>The words that were laid out of eight cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> First(int cell) => At(_firsts, cell);

    /// <summary>Their second words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> Second(int cell) => At(_seconds, cell);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> At(ulong[] words, int cell) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(words), (nuint)cell);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Lay(scoped ref CellCursor cells, int count, bool isLast, bool fromEnd, int second)
    {
        ref var places = ref MemoryMarshal.GetArrayDataReference(_places);
        ref var firsts = ref MemoryMarshal.GetArrayDataReference(_firsts);
        ref var seconds = ref MemoryMarshal.GetArrayDataReference(_seconds);
        var walk = cells;
        for (nint i = 0; i < count; i++)
        {
            var place = walk.NextPlaces(isLast);
            ref var word = ref fromEnd ? ref walk.ByteAt((nint)(place >> 32) - 8) : ref walk.ByteAt((nint)(uint)place + 1);
            Unsafe.Add(ref places, i) = place;
            Unsafe.Add(ref firsts, i) = EightDigits.Load(ref word);
            if (second != 0)
            {
                Unsafe.Add(ref seconds, i) = EightDigits.Load(ref Unsafe.Add(ref word, second));
            }
        }

        cells = walk;
    }
}
