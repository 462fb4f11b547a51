namespace CccRules.Runtime.Kernels;

/// <summary>
/// Which class each code is of that was met before: open addressing, where an entry is a code's lower 48 bits, which are all of it,
/// and below them its class. Files repeat few codes, and what comes often mostly lies in the first place that is looked at.
/// </summary>
internal sealed class CodeTable
{
    /// <summary>Bits of an entry below the code.</summary>
    public const int ClassBits = 16;

    /// <summary>A code times this, by 32 bits, begins with the number of its place.</summary>
    public const uint Multiplier = 0x9E3779B1;

    /// <summary>The upper half of a code is folded this far onto the lower.</summary>
    public const int Fold = 21;

    private const ulong Empty = ulong.MaxValue;
    private const int LeastBits = 12;

    /// <summary>The entries; a power of two of them.</summary>
    public ulong[] Entries { get; private set; } = NewEntries(LeastBits);

    /// <summary>A product's bits below the number of the place.</summary>
    public int Shift { get; private set; } = 32 - LeastBits;

    /// <summary>Codes in it.</summary>
    public int Count { get; private set; }

    /// <summary>The entry in a code's first place, without the code: its class where the code is there, else more than a class can be.</summary>
    public ulong First(long code) => Entries[Place(Key(code))] ^ ((ulong)code << ClassBits);

    /// <summary>Looks in all places that a code can have.</summary>
    public bool TryFind(long code, out ushort @class)
    {
        var entry = Entries[PlaceOf(Entries, Key(code))];
        @class = (ushort)entry;
        return entry != Empty;
    }

    /// <summary>Adds a code that is not there.</summary>
    public void Add(long code, ushort @class)
    {
        // Few collisions are worth more than the memory.
        if (++Count * 4 > Entries.Length)
        {
            Grow();
        }

        Entries[PlaceOf(Entries, Key(code))] = (Key(code) << ClassBits) | @class;
    }

    public void Clear()
    {
        Array.Fill(Entries, Empty);
        Count = 0;
    }

    private void Grow()
    {
        var old = Entries;
        Shift--;
        Entries = NewEntries(32 - Shift);
        foreach (var entry in old)
        {
            if (entry != Empty)
            {
                Entries[PlaceOf(Entries, entry >> ClassBits)] = entry;
            }
        }
    }

    private int PlaceOf(ulong[] entries, ulong key)
    {
        var at = Place(key);
        while (entries[at] != Empty && entries[at] >> ClassBits != key)
        {
            at = (at + 1) & (entries.Length - 1);
        }

        return at;
    }

    private int Place(ulong key) => (int)((uint)(key ^ (key >> Fold)) * Multiplier >> Shift);

    /// <summary>A code has 48 bits; missing and none become 0 and 1, which no code is because each has two digits at least.</summary>
    private static ulong Key(long code) => (ulong)code << ClassBits >> ClassBits;

    private static ulong[] NewEntries(int bits)
    {
        var entries = new ulong[1 << bits];
        Array.Fill(entries, Empty);
        return entries;
    }
}
