using System.Diagnostics;
using System.Globalization;

namespace CccRules.Batch;

/// <summary>Why a whole row is refused. The number is the number of the public code, <c>CCC8101</c> and so on.</summary>
public enum RowFaultKind : ushort
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    TooFewFields = 8101,
    TooManyFields = 8102,
    UnterminatedQuote = 8103,
    TextAfterClosingQuote = 8104,
    StrayQuote = 8105,
    BareCarriageReturn = 8106,
    NulCharacter = 8107,
    InvalidUtf8 = 8108,
    RowTooLong = 8109,
    FieldTooLong = 8110,
    HeaderRepeated = 8111,
}

/// <summary>The public codes and sentences of row faults.</summary>
public static class RowFaultKinds
{
    /// <summary>The code that is printed, such as <c>CCC8103</c>; empty for <see cref="RowFaultKind.None"/>.</summary>
    public static string Code(this RowFaultKind kind) =>
        kind == RowFaultKind.None ? "" : string.Create(CultureInfo.InvariantCulture, $"CCC{(int)kind}");

    /// <summary>What is wrong with the row.</summary>
    public static string Sentence(this RowFaultKind kind) => kind switch
    {
        RowFaultKind.None => "",
        RowFaultKind.TooFewFields => "fewer fields than the header",
        RowFaultKind.TooManyFields => "more fields than the header",
        RowFaultKind.UnterminatedQuote => "a quote opens a field and nothing closes it",
        RowFaultKind.TextAfterClosingQuote => "text after the quote that closes a field; a quote inside a field is written twice",
        RowFaultKind.StrayQuote => "a quote inside a field that does not begin with one",
        RowFaultKind.BareCarriageReturn => "a carriage return without a line feed; quote the field if it belongs to it",
        RowFaultKind.NulCharacter => "a NUL character",
        RowFaultKind.InvalidUtf8 => "bytes that are not UTF-8",
        RowFaultKind.RowTooLong => "a row beyond the size limit",
        RowFaultKind.FieldTooLong => "a field beyond the size limit",
        RowFaultKind.HeaderRepeated => "the header again, in the middle of the data",
        _ => throw new UnreachableException(),
    };
}
