namespace CccRules.Runtime.Columns;

/// <summary>Which rows of a column have a value. The default: all.</summary>
public readonly ref struct Validity
{
    private readonly ReadOnlySpan<byte> _bits;
    private readonly ReadOnlySpan<bool> _flags;

    private Validity(ReadOnlySpan<byte> bits, ReadOnlySpan<bool> flags)
    {
        _bits = bits;
        _flags = flags;
    }

    /// <summary>Every row has a value.</summary>
    public static Validity All => default;

    /// <summary>One bit a row, lowest bit first, as Arrow writes them.</summary>
    public static Validity OfBitmap(ReadOnlySpan<byte> bits) => new(bits, default);

    /// <summary>One flag a row.</summary>
    public static Validity Of(ReadOnlySpan<bool> flags) => new(default, flags);

    /// <summary>Whether a row has a value.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public bool this[int row] => _flags.Length != 0 ? _flags[row] : _bits.Length == 0 || ((_bits[row >> 3] >> (row & 7)) & 1) != 0;

    /// <summary>Whether so many rows are covered.</summary>
    internal bool Covers(int rows) => _flags.Length != 0 ? _flags.Length >= rows : _bits.Length == 0 || _bits.Length >= (rows + 7) / 8;
}
