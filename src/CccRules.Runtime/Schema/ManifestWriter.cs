using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace CccRules.Runtime.Schema;

/// <summary>
/// Numbers as groups of seven bits, least first, negative ones folded among the others; texts as numbers in the order of their first use.
/// </summary>
internal sealed class ManifestWriter : ManifestArchive
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private byte[] _bytes = new byte[1 << 12];
    private int _length;

    public override long Long(long value)
    {
        Write((ulong)(value << 1 ^ value >> 63));
        return value;
    }

    public override string? TextOrNull(string? value)
    {
        if (value is null)
        {
            Write(0);
            return null;
        }

        if (!_texts.TryGetValue(value, out var number))
        {
            _texts.Add(value, number = _texts.Count);
        }

        Write((ulong)number + 1);
        return value;
    }

    public override ImmutableArray<int> Ints(ImmutableArray<int> values)
    {
        Write((ulong)values.Length);
        foreach (var value in values)
        {
            Long(value);
        }

        return values;
    }

    public override ImmutableArray<long> Longs(ImmutableArray<long> values)
    {
        Write((ulong)values.Length);
        foreach (var value in values)
        {
            Long(value);
        }

        return values;
    }

    protected override int Count(int count)
    {
        Write((ulong)count);
        return count;
    }

    protected override Func<ManifestArchive>? PassBy() => null;

    protected override void Measured(Action write)
    {
        var start = _length;
        Reserve(sizeof(int));
        _length += sizeof(int);
        write();
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start), _length - start - sizeof(int));
    }

    /// <summary>Everything: the head, the texts, and what was written.</summary>
    public byte[] ToArray(ReadOnlySpan<byte> head)
    {
        var whole = new ManifestWriter();
        whole.Write(head);
        whole.Write((ulong)_texts.Count);
        // A dictionary from which nothing is removed keeps the order.
        foreach (var text in _texts.Keys)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            whole.Write((ulong)bytes.Length);
            whole.Write(bytes);
        }

        whole.Write((ulong)_length);
        whole.Write(_bytes.AsSpan(0, _length));
        return whole._bytes[..whole._length];
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Write(ulong number)
    {
        Reserve(10);
        for (; number > 0x7F; number >>= 7)
        {
            _bytes[_length++] = (byte)(number | 0x80);
        }

        _bytes[_length++] = (byte)number;
    }

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + more));
        }
    }
}
