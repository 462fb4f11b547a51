using System.Numerics;
using System.Runtime.CompilerServices;

namespace CccRules.Runtime.Programs;

/// <summary>
/// Codes as applications write them, whose outcomes are all settled: those that came first are remembered by their text, since records repeat few
/// codes. Safe for any number of threads; allocates only while it learns.
/// </summary>
internal sealed class SettledCodes
{
    private const int Bits = 11;
    private const int Shortest = 8;
    private const int Longest = 12;

    private readonly Entry?[] _entries = new Entry?[1 << Bits];

    /// <summary>Outcomes of a code; null where it is not remembered.</summary>
    public byte[]? Find(string text)
    {
        if (text.Length is < Shortest or > Longest)
        {
            return null;
        }

        var key = Key.Of(text);
        return Volatile.Read(ref _entries[key.Place]) is { } entry && entry.Key == key ? entry.Outcomes : null;
    }

    /// <summary>Remembers a code where there is room; what is there stays, so that codes that share a place do not drive each other out.</summary>
    public void Add(string text, byte[] outcomes)
    {
        if (text.Length is < Shortest or > Longest)
        {
            return;
        }

        var key = Key.Of(text);
        ref var entry = ref _entries[key.Place];
        if (Volatile.Read(ref entry) is null)
        {
            Volatile.Write(ref entry, new Entry(key, outcomes));
        }
    }

    private sealed record Entry(Key Key, byte[] Outcomes);

    /// <summary>A text of eight to twelve characters: its first four, the next, and its last.</summary>
    private readonly record struct Key(ulong First, ulong Next, ulong Last, int Length)
    {
        /// <summary>Digits differ in four bits of their sixteen, so that three of them fit beside each other.</summary>
        public int Place => (int)(((First ^ BitOperations.RotateLeft(Next, 4) ^ BitOperations.RotateLeft(Last, 8)) * 0x9E3779B97F4A7C15) >> (64 - Bits));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Key Of(string text)
        {
            ref readonly var first = ref text.GetPinnableReference();
            return new(Four(in first), Four(in Unsafe.Add(ref Unsafe.AsRef(in first), 4)), Four(in Unsafe.Add(ref Unsafe.AsRef(in first), text.Length - 4)), text.Length);
        }

        private static ulong Four(ref readonly char at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.AsRef(in at)));
    }
}
