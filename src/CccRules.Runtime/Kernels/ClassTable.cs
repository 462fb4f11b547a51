using System.Runtime.InteropServices;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// Values of a column that no test tells apart form a class; this holds for each class the answers of all tests, a bit each.
/// Class 0 is missing. The first 256 classes also lie as bytes, eight tests each, for looking up by vectors.
/// </summary>
internal sealed class ClassTable
{
    /// <summary>Classes that a byte can name.</summary>
    public const int MostNarrow = 256;

    private readonly Dictionary<int, List<int>> _byHash = [];
    private readonly List<byte[]> _certainOctets = [];
    private readonly List<byte[]> _possibleOctets = [];
    private ulong[] _certain;
    private ulong[] _possible;

    public ClassTable(int tests)
    {
        Tests = tests;
        Words = (tests + 63) / 64;
        _certain = new ulong[Words * 16];
        _possible = new ulong[Words * 16];
        for (var octet = 0; octet < Octets; octet++)
        {
            _certainOctets.Add(new byte[MostNarrow]);
            _possibleOctets.Add(new byte[MostNarrow]);
        }
    }

    public int Tests { get; }

    /// <summary>Words that hold a bit for each test.</summary>
    public int Words { get; }

    /// <summary>Bytes that hold a bit for each test.</summary>
    public int Octets => (Tests + 7) / 8;

    public int Count { get; private set; }

    /// <summary>A byte can name each class.</summary>
    public bool IsNarrow => Count <= MostNarrow;

    /// <summary>How often the classes were forgotten: while it stays, each class means what it meant.</summary>
    public int Generation { get; private set; }

    /// <summary>Some class but that of missing has an open answer.</summary>
    public bool HasOpenClasses { get; private set; }

    /// <summary>Answers "certainly" of a class.</summary>
    public ReadOnlySpan<ulong> Certain(int @class) => _certain.AsSpan(@class * Words, Words);

    /// <summary>Answers "possibly" of a class.</summary>
    public ReadOnlySpan<ulong> Possible(int @class) => _possible.AsSpan(@class * Words, Words);

    /// <summary>The answer of one test for a class: two bits as in <see cref="Truth"/>.</summary>
    public byte Answer(int @class, int test) =>
        (byte)(((Certain(@class)[test >> 6] >> test) & 1) | (((Possible(@class)[test >> 6] >> test) & 1) << 1));

    /// <summary>All classes' words, "certainly".</summary>
    public ReadOnlySpan<ulong> AllCertain => _certain;

    /// <summary>All classes' words, "possibly".</summary>
    public ReadOnlySpan<ulong> AllPossible => _possible;

    /// <summary>For eight tests the answers "certainly" by class.</summary>
    public ReadOnlySpan<byte> CertainOctet(int octet) => _certainOctets[octet];

    /// <summary>For eight tests the answers "possibly" by class.</summary>
    public ReadOnlySpan<byte> PossibleOctet(int octet) => _possibleOctets[octet];

    /// <summary>The class with these answers, new where there was none.</summary>
    public int Intern(ReadOnlySpan<ulong> certain, ReadOnlySpan<ulong> possible)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(certain));
        hash.AddBytes(MemoryMarshal.AsBytes(possible));
        ref var candidates = ref CollectionsMarshal.GetValueRefOrAddDefault(_byHash, hash.ToHashCode(), out _);
        candidates ??= [];
        foreach (var candidate in candidates)
        {
            if (Certain(candidate).SequenceEqual(certain) && Possible(candidate).SequenceEqual(possible))
            {
                return candidate;
            }
        }

        var added = Add(certain, possible);
        candidates.Add(added);
        return added;
    }

    /// <summary>A new class even where another has the same answers.</summary>
    public int Add(ReadOnlySpan<ulong> certain, ReadOnlySpan<ulong> possible)
    {
        if ((Count + 1) * Words > _certain.Length)
        {
            Array.Resize(ref _certain, 2 * _certain.Length);
            Array.Resize(ref _possible, 2 * _possible.Length);
        }

        certain.CopyTo(_certain.AsSpan(Count * Words));
        possible.CopyTo(_possible.AsSpan(Count * Words));
        if (Count < MostNarrow)
        {
            for (var octet = 0; octet < Octets; octet++)
            {
                _certainOctets[octet][Count] = MemoryMarshal.AsBytes(certain)[octet];
                _possibleOctets[octet][Count] = MemoryMarshal.AsBytes(possible)[octet];
            }
        }

        HasOpenClasses |= Count != 0 && !certain.SequenceEqual(possible);
        return Count++;
    }

    /// <summary>A new class of one value, by what each test says of it.</summary>
    public static void SetAnswer(Span<ulong> certain, Span<ulong> possible, int test, Truth answer)
    {
        certain[test >> 6] |= ((ulong)answer & 1) << test;
        possible[test >> 6] |= ((ulong)answer >> 1) << test;
    }

    /// <summary>Forgets every class.</summary>
    public void Clear()
    {
        Count = 0;
        Generation++;
        HasOpenClasses = false;
        _byHash.Clear();
    }
}
