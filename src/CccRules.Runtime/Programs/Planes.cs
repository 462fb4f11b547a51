using System.Numerics;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Programs;

/// <summary>Reading and writing of bit planes. Called by emitted code.</summary>
public static class Planes
{
    /// <summary>Words at a distance from the first plane of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<ulong> Load(ref ulong step, int offset) => Vector.LoadUnsafe(ref step, (nuint)offset);

    /// <summary>Writes words at a distance from the first plane of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref ulong step, int offset, Vector<ulong> plane) => Vector.StoreUnsafe(plane, ref step, (nuint)offset);

    /// <summary>The bit "certainly true" of a truth, at a place.</summary>
    public static ulong Certain(Truth truth, int bit) => ((ulong)truth & 1) << bit;

    /// <summary>The bit "possibly true" of a truth, at a place.</summary>
    public static ulong Possible(Truth truth, int bit) => ((ulong)truth >> 1) << bit;
}
