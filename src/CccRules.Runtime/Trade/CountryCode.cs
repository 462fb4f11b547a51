namespace CccRules.Runtime.Trade;

/// <summary>A country by its ISO 3166-1 alpha-2 code, as the number <c>(first - 'A') * 26 + (second - 'A')</c>.</summary>
public readonly record struct CountryCode
{
    /// <summary>Numbers run from 0 (<c>AA</c>) to this less one (<c>ZZ</c>); most are no country.</summary>
    public const int Count = 26 * 26;

    private CountryCode(int number) => Number = number;

    /// <summary>The code as a fact.</summary>
    public int Number { get; }

    /// <summary>True where the code is assigned in ISO 3166-1.</summary>
    public bool IsAssigned => (Assigned[Number / 26] >> Number % 26 & 1) != 0;

    // Second letters of the 249 assigned codes, one row a first letter, bit 0 = 'A'.
    private static ReadOnlySpan<int> Assigned =>
    [
        0x2DF5978, // A: D E F G I L M O Q R S T U W X Z
        0x36F7BFB, // B: A B D E F G H I J L M N O Q R S T V W Y Z
        0x3F27DED, // C: A C D F G H I K L M N O R U V W X Y Z
        0x2005610, // D: E J K M O Z
        0x00E00D4, // E: C E G H R S T
        0x0025700, // F: I J K M O R
        0x15FB9FB, // G: A B D E F G H I L M N P Q R S T U W Y
        0x01A3400, // H: K M N R T U
        0x00F7818, // I: D E L M N O Q R S T
        0x000D010, // J: E M O P
        0x342B1D0, // K: E G H I M N P R W Y Z
        0x13E0507, // L: A B C I K R S T U V Y
        0x3FFFCFD, // M: A C D E F G H K L M N O P Q R S T U V W X Y Z
        0x212C975, // N: A C E F G I L O P R U Z
        0x0001000, // O: M
        0x14E3CF1, // P: A E F G H K L M N R S T W Y
        0x0000001, // Q: A
        0x0544010, // R: E O S U W
        0x3AE7FDF, // S: A B C D E G H I J K L M N O R S T V X Y Z
        0x26A7EEC, // T: C D F G H J K L M N O R T V W Z
        0x3041041, // U: A G M S Y Z
        0x0102155, // V: A C E G I N U
        0x0040020, // W: F S
        0x0000000, // X: none
        0x0080010, // Y: E T
        0x0401001, // Z: A M W
    ];

    /// <summary>The code with a number from 0 to <see cref="Count"/> less one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static CountryCode FromNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        return new CountryCode(number);
    }

    /// <summary>Reads two capital letters A to Z; says nothing on whether the code is assigned.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out CountryCode code)
    {
        if (utf8.Length == 2)
        {
            return TryMake(utf8[0], utf8[1], out code);
        }

        code = default;
        return false;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out CountryCode)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out CountryCode code)
    {
        if (text.Length == 2)
        {
            return TryMake(text[0], text[1], out code);
        }

        code = default;
        return false;
    }

    /// <summary>The two letters.</summary>
    public override string ToString() => string.Create(2, Number, static (letters, number) =>
    {
        letters[0] = (char)('A' + number / 26);
        letters[1] = (char)('A' + number % 26);
    });

    private static bool TryMake(int first, int second, out CountryCode code)
    {
        var isPair = first is >= 'A' and <= 'Z' && second is >= 'A' and <= 'Z';
        code = isPair ? new CountryCode((first - 'A') * 26 + (second - 'A')) : default;
        return isPair;
    }
}
