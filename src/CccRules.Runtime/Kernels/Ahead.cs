using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// Asks for what a walk down a column will read soon. Columns in memory are many short streams, and processors' own prefetching starts
/// anew with each page of each of them.
/// </summary>
internal static class Ahead
{
    private const int Distance = 2048;
    private const int LineBytes = 64;

    /// <summary>Asks for the 64 rows that lie some steps behind those at a place; where there are none, nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ask<T>(ref readonly T rows)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // An address that means nothing is passed over by the processor; one that the collector moved costs a useless line.
            var at = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in rows)) + Distance;
            for (var line = 0; line < 64 * sizeof(T) / LineBytes; line++)
            {
                Sse.Prefetch0(at + (line * LineBytes));
            }
        }
    }
}
