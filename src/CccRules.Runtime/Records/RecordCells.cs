using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Records;

/// <summary>
/// One record on its way to the rules: a number a fact, and what could not be read. The conversions from .NET's types are here; each
/// takes the fact's position and gives the number, or "missing" with a fault noted. None throws, none allocates once warm.
/// </summary>
internal sealed class RecordCells
{
    private readonly ImmutableArray<FactSchema> _schema;
    private readonly FactReader?[] _readers;
    private readonly FactFault[] _faults;

    public RecordCells(ImmutableArray<FactSchema> schema, TextDictionary texts)
    {
        _schema = schema;
        Texts = texts;
        _readers = new FactReader?[schema.Length];
        _faults = new FactFault[schema.Length];
        Facts = new long[schema.Length];
        Array.Fill(Facts, Fact.Missing);
    }

    /// <summary>One number a fact.</summary>
    public long[] Facts { get; }

    public TextDictionary Texts { get; }

    /// <summary>By list of <see cref="Schema.RulesetManifest.Lists"/> its entries' way into the record.</summary>
    public ListCells[] Lists { get; init; } = [];

    /// <summary>Whether some fact could not be read; see also <see cref="OtherFaults"/>.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>Faults that belong to no single fact: of entries of lists, of names.</summary>
    public List<RecordFault> OtherFaults { get; } = [];

    /// <summary>Why each fact could not be read.</summary>
    public ReadOnlySpan<FactFault> Faults => _faults;

    /// <summary>More than a code was read since the last record, or something could not be: there is something to forget.</summary>
    public bool IsUsed { get; set; } = true;

    /// <summary>Makes room for another record whose every bound fact is written.</summary>
    public void Next()
    {
        if (!IsUsed)
        {
            return;
        }

        IsUsed = false;
        ForgetFaults();
        OtherFaults.Clear();
        if (Texts.Count != 0)
        {
            Texts.Clear();
        }
    }

    public void ForgetFaults()
    {
        if (HasFaults)
        {
            Array.Clear(_faults);
            HasFaults = false;
        }
    }

    public long Fault(int fact, FactFault fault)
    {
        _faults[fact] = fault;
        HasFaults = true;
        IsUsed = true;
        return Fact.Missing;
    }

    /// <summary>"None", where the fact can be that.</summary>
    public long None(int fact) => _schema[fact].AllowsNone ? Fact.None : Fault(fact, FactFault.NoneNotAllowed);

    /// <summary>A fact that a record must have.</summary>
    public long Required(long value, int fact) =>
        value == Fact.Missing && _faults[fact] == FactFault.None ? Fault(fact, FactFault.RequiredButEmpty) : value;

    /// <summary>A whole number, less the two that mean missing and none.</summary>
    public long Integer(long value, int fact) => value > Fact.None ? value : Fault(fact, FactFault.IntegerTooLarge);

    public long Unsigned(ulong value, int fact) => value <= long.MaxValue ? (long)value : Fault(fact, FactFault.IntegerTooLarge);

    /// <summary>A whole number as a decimal: millionths.</summary>
    public long WholeDecimal(long value, int fact) =>
        value is > -NumberText.WholeLimit and < NumberText.WholeLimit ? value * Fact.DecimalScale : Fault(fact, FactFault.DecimalTooLarge);

    /// <summary>A decimal in millionths.</summary>
    public long Decimal(decimal value, int fact)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var scale = (parts[3] >> 16) & 0xFF;
        var low = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
        if (parts[2] == 0 && scale <= 6 && low < NumberText.WholeLimit)
        {
            var small = (long)(low * MillionthsOf(scale));
            return parts[3] < 0 ? -small : small;
        }

        var magnitude = new UInt128((uint)parts[2], low);
        for (; scale > 6; scale--)
        {
            (var quotient, var digit) = UInt128.DivRem(magnitude, 10);
            if (digit != 0)
            {
                return Fault(fact, FactFault.TooManyDecimals);
            }

            magnitude = quotient;
        }

        // At most 29 digits and six more: the product stays below 128 bits.
        var millionths = magnitude > ulong.MaxValue ? UInt128.MaxValue : magnitude * MillionthsOf(scale);
        if (millionths >= (UInt128)NumberText.WholeLimit * Fact.DecimalScale)
        {
            return Fault(fact, FactFault.DecimalTooLarge);
        }

        return parts[3] < 0 ? -(long)millionths : (long)millionths;
    }

    /// <summary>A duration in the fact's unit, as days or months.</summary>
    public long Duration(long value, int fact)
    {
        var factor = DurationText.FactorOf(_schema[fact].Unit);
        return DurationText.IsInRange(value, factor, _schema[fact].Kind) ? value * factor : Fault(fact, FactFault.DurationTooLarge);
    }

    /// <summary>A text as it stands in a cell: blanks around it dropped; an empty one is what an empty cell is.</summary>
    public long Text(string? text, int fact, long absent)
    {
        if (text is null)
        {
            return absent;
        }

        var trimmed = text.Length != 0 && (text[0] == ' ' || text[^1] == ' ') ? text.Trim(' ') : text;
        if (trimmed.Length == 0)
        {
            return Empty(fact);
        }

        if (_schema[fact].AllowsNone && trimmed == "none")
        {
            return Fact.None;
        }

        // A half of a surrogate pair is what a broken UTF-8 sequence is in a file.
        return trimmed.Contains('\0') ? Fault(fact, FactFault.NulCharacter)
            : HasLoneSurrogate(trimmed) ? Fault(fact, FactFault.InvalidUtf8)
            : Texts.Intern(trimmed);
    }

    public long HsCodeText(string? text, int fact, long absent)
    {
        if (text is null)
        {
            return absent;
        }

        // The usual code has no blanks and is one: nothing else is asked first.
        return HsCode.Parse(text, out var code) == HsCodeFault.None ? code.Encoded : Cell(text, fact);
    }

    public long HsCodeValue(HsCode code, int fact) => code.Digits == 0 ? Fault(fact, FactFault.HsCodeLength) : code.Encoded;

    public long CountryText(string? text, int fact, long absent)
    {
        if (text is null)
        {
            return absent;
        }

        return CountryCode.TryParse(text, out var country) && country.IsAssigned ? country.Number : Cell(text, fact);
    }

    public long CountryValue(CountryCode country, int fact) => country.IsAssigned ? country.Number : Fault(fact, FactFault.UnknownCountry);

    /// <summary>A member by its name in the rules.</summary>
    public long MemberText(string? text, int fact, long absent) => text is null ? absent : Cell(text, fact);

    /// <summary>A member by its number in the application's enumeration.</summary>
    public long Member(long number, int fact, MemberMap members)
    {
        var value = members.Find(number);
        return value == Fact.None ? None(fact)
            : value == MemberMap.Unknown ? Fault(fact, FactFault.UnknownMember)
            : value;
    }

    /// <summary>A set by the bits of an enumeration of flags.</summary>
    public long Flags(long bits, int fact, long[] masks)
    {
        var members = 0L;
        for (var ordinal = 0; ordinal < masks.Length; ordinal++)
        {
            if (masks[ordinal] != 0 && (bits & masks[ordinal]) == masks[ordinal])
            {
                members |= 1L << ordinal;
                bits &= ~masks[ordinal];
            }
        }

        return bits == 0 ? members : Fault(fact, FactFault.UnknownMember);
    }

    public long ImmutableSet<T>(ImmutableArray<T> items, int fact, ItemMap<T> map, long absent) =>
        items.IsDefault ? absent : Set(items.AsSpan(), fact, map);

    /// <summary>A set by its items. Arrays, lists, hash sets and indexed collections are walked without allocating; others have an enumerator of their own.</summary>
    public long Set<T>(IEnumerable<T>? items, int fact, ItemMap<T> map, long absent)
    {
        switch (items)
        {
            case null:
                return absent;
            case T[] array:
                return Set(array, fact, map);
            case List<T> list:
                return Set(CollectionsMarshal.AsSpan(list), fact, map);
        }

        var members = 0L;
        if (items is HashSet<T> set)
        {
            foreach (var item in set)
            {
                Add(item, fact, map, ref members);
            }
        }
        else if (items is IReadOnlyList<T> indexed)
        {
            for (var i = 0; i < indexed.Count; i++)
            {
                Add(indexed[i], fact, map, ref members);
            }
        }
        else
        {
            foreach (var item in items)
            {
                Add(item, fact, map, ref members);
            }
        }

        return members;
    }

    /// <summary>Any value as it would stand in a file, by the file's own rules.</summary>
    public long Cell(ReadOnlySpan<char> text, int fact)
    {
        Span<byte> buffer = text.Length <= 256 ? stackalloc byte[768] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Cell(buffer[..Encoding.UTF8.GetBytes(text, buffer)], fact);
    }

    /// <inheritdoc cref="Cell(ReadOnlySpan{char}, int)"/>
    public long Cell(ReadOnlySpan<byte> utf8, int fact)
    {
        var reader = _readers[fact] ??= new FactReader(_schema[fact]);
        var fault = reader.Read(utf8, Texts, out var value);
        return fault == FactFault.None ? value : Fault(fact, fault);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }

    // A table and no switch: how many decimals a value has cannot be predicted.
    private static ReadOnlySpan<ulong> Millionths => [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    private static ulong MillionthsOf(int scale) => Millionths[scale];

    private long Empty(int fact) => _schema[fact].EmptyIsNone ? Fact.None : Fact.Missing;

    private long Set<T>(ReadOnlySpan<T> items, int fact, ItemMap<T> map)
    {
        var members = 0L;
        foreach (var item in items)
        {
            Add(item, fact, map, ref members);
        }

        return members;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T>(T item, int fact, ItemMap<T> map, ref long members)
    {
        var ordinal = map.Find(item);
        members = members == Fact.Missing ? members
            : ordinal < 0 ? Fault(fact, FactFault.UnknownMember)
            : members | (1L << (int)ordinal);
    }
}
