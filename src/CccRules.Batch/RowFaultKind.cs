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
    BinaryValue = 8112,

    NotJson = 8120,
    NotAnObject = 8121,
    DuplicateKey = 8122,
    UnknownKey = 8123,
    LoneSurrogate = 8124,
    TooDeep = 8125,
    NotAList = 8126,
    UnknownEntryKey = 8127,
    NestedInEntry = 8128,

    NotOfDateForm = 8130,
    NotOfNumberForm = 8131,
    NotAListedWord = 8132,
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
        RowFaultKind.InvalidUtf8 => "bytes that are no text in the encoding of the data, UTF-8 unless told otherwise",
        RowFaultKind.RowTooLong => "a row beyond the size limit",
        RowFaultKind.FieldTooLong => "a field beyond the size limit",
        RowFaultKind.HeaderRepeated => "the header again, in the middle of the data",
        RowFaultKind.BinaryValue => "a binary value where text or a number is expected",
        RowFaultKind.NotJson => "not JSON: one object a line is expected",
        RowFaultKind.NotAnObject => "JSON that is no object",
        RowFaultKind.DuplicateKey => "a key twice in one object, so that nobody can tell which value holds",
        RowFaultKind.UnknownKey => "a key that none of the first records has; name all keys with --columns",
        RowFaultKind.LoneSurrogate => "half of a character in an escape, such as \\ud800",
        RowFaultKind.NotOfDateForm => "not a date of the form that the mapping says",
        RowFaultKind.NotOfNumberForm => "not a number of the form that the mapping says",
        RowFaultKind.NotAListedWord => "not among the words that the mapping lists",
        RowFaultKind.TooDeep => "JSON that is nested too deeply",
        RowFaultKind.NotAList => "not a list of nested records: JSON such as [{\"state\":\"valid\"}] is expected",
        RowFaultKind.UnknownEntryKey => "a key that is no field of the list's entries",
        RowFaultKind.NestedInEntry => "a list or an object where the field of an entry takes a plain value",
        _ => throw new UnreachableException(),
    };
}
