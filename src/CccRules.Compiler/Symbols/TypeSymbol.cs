using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Symbols;

/// <summary>What kind of values a type has.</summary>
public enum TypeKind : byte
{
    /// <summary>The type of something that does not bind; silences errors that would follow.</summary>
    Error,
    YesNo,

    /// <summary>Integers, decimals and money.</summary>
    Number,
    Text,
    Date,

    /// <summary>Days or months; a literal may have both.</summary>
    Duration,
    Member,
    MemberSet,
    Country,
    Hs,

    /// <summary>Entries of a nested record.</summary>
    List,

    /// <summary>The literal <c>none</c>, before it takes the type of what it is compared with.</summary>
    None,
}

/// <summary>In what a duration is counted: a calendar month has no fixed number of days.</summary>
public enum DurationBasis : byte
{
    Days,
    Months,

    /// <summary>A literal of both, good only to move a date.</summary>
    Mixed,

    /// <summary>Working days of a calendar, good only to move a date.</summary>
    Working,
}

/// <summary>A unit of measure or a currency: the dimension that converts within itself, and the factor to its base.</summary>
public sealed record UnitSymbol(string Symbol, string Dimension, Rational Factor);

/// <summary>The members of an enumeration. Two enumerations are the same where they are declared by the same field line or have equal members.</summary>
public sealed record EnumerationSymbol(ImmutableArray<string> Members)
{
    public bool Equals(EnumerationSymbol? other) => other is not null && Members.SequenceEqual(other.Members, StringComparer.Ordinal);

    public override int GetHashCode() => Members.Length == 0 ? 0 : HashCode.Combine(Members.Length, Members[0], Members[^1]);
}

/// <summary>A type: its kind, what refines it, and whether its values may be known not to be there.</summary>
public sealed record TypeSymbol(TypeKind Kind)
{
    public static TypeSymbol Error { get; } = new(TypeKind.Error);

    public static TypeSymbol YesNo { get; } = new(TypeKind.YesNo);

    public static TypeSymbol Integer { get; } = new(TypeKind.Number) { IsInteger = true };

    public static TypeSymbol Decimal { get; } = new(TypeKind.Number);

    public static TypeSymbol Text { get; } = new(TypeKind.Text);

    public static TypeSymbol Date { get; } = new(TypeKind.Date);

    public static TypeSymbol Country { get; } = new(TypeKind.Country);

    public static TypeSymbol Hs { get; } = new(TypeKind.Hs);

    public static TypeSymbol List { get; } = new(TypeKind.List);

    public static TypeSymbol None { get; } = new(TypeKind.None) { AllowsNone = true };

    /// <summary>Unit or currency of a number.</summary>
    public UnitSymbol? Unit { get; init; }

    /// <summary>A number without digits after the point.</summary>
    public bool IsInteger { get; init; }

    public bool IsMoney { get; init; }

    public DurationBasis Basis { get; init; }

    /// <summary>Basis units (days or months) in one unit in which data is written: 7 for weeks, 12 for years.</summary>
    public int DurationScale { get; init; } = 1;

    public EnumerationSymbol? Enumeration { get; init; }

    /// <summary><c>or none</c></summary>
    public bool AllowsNone { get; init; }

    public bool IsError => Kind == TypeKind.Error;

    public bool IsOrdered => Kind is TypeKind.Number or TypeKind.Date or TypeKind.Text or TypeKind.Duration;

    /// <summary>As an analyst writes it.</summary>
    public override string ToString()
    {
        var name = Kind switch
        {
            TypeKind.YesNo => "yes/no",
            TypeKind.Number when IsMoney => $"money {Unit?.Symbol}",
            TypeKind.Number => (IsInteger ? "integer" : "decimal") + (Unit is null ? "" : $" {Unit.Symbol}"),
            TypeKind.Text => "text",
            TypeKind.Date => "date",
            TypeKind.Duration => Basis switch
            {
                DurationBasis.Days => DurationScale == 7 ? "duration weeks" : "duration days",
                DurationBasis.Months => DurationScale == 12 ? "duration years" : "duration months",
                DurationBasis.Working => "working days",
                _ => "duration",
            },
            TypeKind.Member => $"one of ({Shorten(Enumeration)})",
            TypeKind.MemberSet => $"set of ({Shorten(Enumeration)})",
            TypeKind.Country => "country",
            TypeKind.Hs => "hs",
            TypeKind.List => "list",
            TypeKind.None => "none",
            _ => "unknown",
        };
        return AllowsNone && Kind != TypeKind.None ? name + " or none" : name;
    }

    private static string Shorten(EnumerationSymbol? enumeration) => enumeration switch
    {
        null => "",
        { Members.Length: > 6 } => string.Join(", ", enumeration.Members.Take(5)) + ", …",
        _ => string.Join(", ", enumeration.Members),
    };
}

/// <summary>A value that the text gives.</summary>
internal abstract record ConstantValue;

internal sealed record NoneConstant : ConstantValue
{
    public static NoneConstant Instance { get; } = new();
}

internal sealed record YesNoConstant(bool Value) : ConstantValue;

/// <summary>A number in the unit of its type.</summary>
internal sealed record NumberConstant(Rational Value) : ConstantValue;

/// <summary>Days since 0001-01-01.</summary>
internal sealed record DateConstant(long Day) : ConstantValue;

internal sealed record DurationConstant(BigInteger Months, BigInteger Days) : ConstantValue;

internal sealed record TextConstant(string Value) : ConstantValue;

internal sealed record MemberConstant(int Ordinal) : ConstantValue;

internal sealed record MembersConstant(long Mask) : ConstantValue;

/// <summary>ISO 3166-1 alpha-2.</summary>
internal sealed record CountryConstant(string Code) : ConstantValue;

/// <summary>The digits of a code, without dots.</summary>
internal sealed record HsConstant(string Digits) : ConstantValue;
