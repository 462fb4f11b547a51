using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CccRules.Runtime.Schema;

/// <summary>Reads what <see cref="ManifestWriter"/> wrote; texts and late lists when they are first asked for.</summary>
internal sealed class ManifestReader : ManifestArchive
{
    /// <summary>Reasons nest as deeply as conditions and the definitions that they use.</summary>
    private const int MostDepth = 4096;

    private readonly byte[] _bytes;
    private readonly TextPool _pool;
    private readonly int _end;
    private int _at;
    private int _depth;

    private ManifestReader(byte[] bytes, TextPool pool, int at, int end)
    {
        (_bytes, _pool, _at, _end) = (bytes, pool, at, end);
    }

    /// <summary>Reads one part, which is all there is.</summary>
    /// <exception cref="BadImageFormatException">The bytes were not written so.</exception>
    public static T Read<T>(byte[] bytes, ReadOnlySpan<byte> head, Func<ManifestArchive, T?, T> part)
        where T : class
    {
        if (!bytes.AsSpan().StartsWith(head))
        {
            throw new BadImageFormatException("The ruleset's manifest is none, or was made by another version.");
        }

        var start = head.Length;
        return Guarded(() =>
        {
            var reader = new ManifestReader(bytes, new TextPool(bytes, []), start, bytes.Length);
            var starts = new (int Start, int Length)[reader.Count()];
            for (var text = 0; text < starts.Length; text++)
            {
                var length = reader.Count();
                starts[text] = (reader._at, length);
                reader._at += length;
            }

            var body = reader.Count();
            return body == bytes.Length - reader._at
                ? part(new ManifestReader(bytes, new TextPool(bytes, starts), reader._at, bytes.Length), null)
                : throw new BadImageFormatException("The ruleset's manifest is cut short.");
        });
    }

    public override long Long(long value)
    {
        var folded = Number();
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    public override string? TextOrNull(string? value)
    {
        var number = Number();
        return number == 0 ? null : _pool[checked((int)(number - 1))];
    }

    public override ImmutableArray<int> Ints(ImmutableArray<int> values)
    {
        var items = new int[Count()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Int(0);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    public override ImmutableArray<long> Longs(ImmutableArray<long> values)
    {
        var items = new long[Count()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Long(0);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    protected override int Count(int count) => Count();

    protected override void Enter()
    {
        if (++_depth > MostDepth)
        {
            throw new BadImageFormatException("The ruleset's manifest is nested too deeply.");
        }
    }

    protected override void Leave() => _depth--;

    protected override Func<ManifestArchive> PassBy()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(_at, sizeof(int)));
        var start = _at + sizeof(int);
        if (length < 0 || length > _end - start)
        {
            throw new BadImageFormatException("The ruleset's manifest is cut short.");
        }

        _at = start + length;
        return () => new ManifestReader(_bytes, _pool, start, start + length);
    }

    protected override void Measured(Action write) => throw new UnreachableException();

    /// <summary>A number of things that each take a byte at least.</summary>
    private int Count()
    {
        var count = Number();
        return count <= (ulong)(_end - _at) ? (int)count : throw new BadImageFormatException("The ruleset's manifest is cut short.");
    }

    private ulong Number()
    {
        var number = 0UL;
        for (var shift = 0; _at < _end && shift < 64; shift += 7)
        {
            var next = _bytes[_at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next <= 0x7F)
            {
                return number;
            }
        }

        throw new BadImageFormatException("The ruleset's manifest is cut short.");
    }

    /// <summary>The texts, each made a string when it is first asked for.</summary>
    private sealed class TextPool(byte[] bytes, (int Start, int Length)[] places)
    {
        private readonly string?[] _texts = new string?[places.Length];

        public string this[int number] => Volatile.Read(ref _texts[number]) ?? Make(number);

        private string Make(int number)
        {
            var text = Encoding.UTF8.GetString(bytes, places[number].Start, places[number].Length);
            return Interlocked.CompareExchange(ref _texts[number], text, null) ?? text;
        }
    }
}
