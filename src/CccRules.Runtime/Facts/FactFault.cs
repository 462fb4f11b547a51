using System.Diagnostics;
using System.Globalization;

namespace CccRules.Runtime.Facts;

/// <summary>Why a text is no value of a fact. The number is the number of the public code, <c>CCC8001</c> and so on.</summary>
public enum FactFault : ushort
{
    /// <summary>It is a value.</summary>
    None = 0,

    RequiredButEmpty = 8001,
    NoneNotAllowed = 8002,
    InvalidUtf8 = 8003,
    NulCharacter = 8004,

    NotYesNo = 8010,

    NotInteger = 8020,
    IntegerTooLarge = 8021,
    NotDecimal = 8022,
    DecimalTooLarge = 8023,
    TooManyDecimals = 8024,
    CommaInNumber = 8025,
    ExponentInNumber = 8026,
    GroupingInNumber = 8027,
    WrongUnit = 8028,

    NotDate = 8030,
    DateDoesNotExist = 8031,
    NotDuration = 8032,
    WrongDurationUnit = 8033,
    DurationTooLarge = 8034,

    UnknownMember = 8040,
    NotMembers = 8041,

    NotCountry = 8050,
    UnknownCountry = 8051,

    NotHsCode = 8060,
    HsCodeLength = 8061,
    HsCodeLeadingZeroLost = 8062,
    HsCodeMisplacedDot = 8063,
}

/// <summary>The public codes and sentences of fact faults.</summary>
public static class FactFaults
{
    private const int MostNamesShown = 8;

    /// <summary>The code that is printed, such as <c>CCC8030</c>; empty for <see cref="FactFault.None"/>.</summary>
    public static string Code(this FactFault fault) =>
        fault == FactFault.None ? "" : string.Create(CultureInfo.InvariantCulture, $"CCC{(int)fault}");

    /// <summary>What is wrong and what is expected, with the field's unit or members where they say more.</summary>
    public static string Describe(this FactFault fault, FactSchema schema) => fault switch
    {
        FactFault.WrongUnit when schema.Unit is { } unit =>
            $"not in the field's unit: expected a number, or a number, one space and {unit}",
        FactFault.UnknownMember or FactFault.NotMembers => $"{fault.Sentence()}: expected {Names(schema)}",
        _ => fault.Sentence(),
    };

    /// <summary>What is wrong and what is expected, for any field.</summary>
    public static string Sentence(this FactFault fault) => fault switch
    {
        FactFault.None => "",
        FactFault.RequiredButEmpty => "empty, but the field is required",
        FactFault.NoneNotAllowed => "none is not a value of this field",
        FactFault.InvalidUtf8 => "not valid UTF-8",
        FactFault.NulCharacter => "contains a NUL character",
        FactFault.NotYesNo => "not a yes/no: expected yes or no (also y, n, true, false, 1, 0, 是, 否)",
        FactFault.NotInteger => "not a whole number: expected digits, with a sign if need be",
        FactFault.IntegerTooLarge => "a whole number beyond 64 bits",
        FactFault.NotDecimal => "not a number: expected digits, with a sign, a point and digits if need be",
        FactFault.DecimalTooLarge => "more than 12 digits before the point",
        FactFault.TooManyDecimals => "more than 6 digits after the point",
        FactFault.CommaInNumber => "a comma in a number: expected a point before the decimals and no grouping",
        FactFault.ExponentInNumber => "a number with an exponent: write the digits out",
        FactFault.GroupingInNumber => "a number with grouping characters: expected digits only",
        FactFault.WrongUnit => "not in the field's unit",
        FactFault.NotDate => "not a date: expected yyyy-mm-dd",
        FactFault.DateDoesNotExist => "a date that does not exist",
        FactFault.NotDuration => "not a duration: expected a whole number, or one such as 10 days or 3 months",
        FactFault.WrongDurationUnit => "a duration in units that the field cannot hold: days and weeks, or months and years",
        FactFault.DurationTooLarge => "a duration beyond 9999 years",
        FactFault.UnknownMember => "not one of the field's values",
        FactFault.NotMembers => "not a set: expected names separated by ; or |, or {} for none of them",
        FactFault.NotCountry => "not a country code: expected two capital letters",
        FactFault.UnknownCountry => "no country has this ISO 3166-1 code",
        FactFault.NotHsCode => "not an HS code: expected digits, with dots if need be",
        FactFault.HsCodeLength => "not an HS code: expected 2, 4, 6 or 7 to 13 digits",
        FactFault.HsCodeLeadingZeroLost => "an HS code of 3 or 5 digits: leading zero lost?",
        FactFault.HsCodeMisplacedDot => "an HS code with a dot inside a pair of digits: taken for a number?",
        _ => throw new UnreachableException(),
    };

    private static string Names(FactSchema schema)
    {
        var shown = string.Join(", ", schema.Members.Take(MostNamesShown));
        return schema.Members.Length > MostNamesShown ? $"{shown} or {schema.Members.Length - MostNamesShown} more" : shown;
    }
}
