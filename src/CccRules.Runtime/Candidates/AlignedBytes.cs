using System.Runtime.CompilerServices;

namespace CccRules.Runtime.Candidates;

/// <summary>Memory that does not move and begins where a vector of 64 bytes does: a vector across two cache lines costs twice.</summary>
internal sealed unsafe class AlignedBytes
{
    private const int Alignment = 64;

    private readonly byte[] _array;
    private readonly int _offset;

    public AlignedBytes(int length)
    {
        _array = GC.AllocateArray<byte>(length + Alignment, pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)((Alignment - (address % Alignment)) % Alignment);
        Length = length;
    }

    public int Length { get; }

    public byte* Start => (byte*)Unsafe.AsPointer(ref _array[_offset]);

    public Span<byte> Span => _array.AsSpan(_offset, Length);

    /// <summary>The same bytes with more room.</summary>
    public AlignedBytes Grow(int length)
    {
        var grown = new AlignedBytes(length);
        Span.CopyTo(grown.Span);
        return grown;
    }
}
