using System.Text.Unicode;

namespace CccRules.Batch.Sources.Csv;

/// <summary>
/// Looks at one record byte by byte, strictly (RFC 4180, LF or CRLF, UTF-8 without NUL): for rows that are not regular, and for the last
/// one where no line feed ends it.
/// </summary>
/// <remarks>
/// Where quoting is broken, nobody can tell where the record was meant to end. Its first physical line is refused, and reading goes on at
/// the line after it: one forgotten quote cannot swallow the file.
/// </remarks>
internal sealed class CsvRecordJudge(CsvOptions options)
{
    private readonly byte _separator = (byte)options.Separator;
    private readonly List<int> _ends = [];

    /// <summary>Where the fields of the last good record end, the last one's end being the record's.</summary>
    public IReadOnlyList<int> Ends => _ends;

    /// <summary>Judges the record that begins at a place of a chunk.</summary>
    /// <param name="isLast">Nothing follows the chunk.</param>
    public CsvVerdict Judge(CsvChunk chunk, int start, bool isLast)
    {
        var data = chunk.Bytes.AsSpan(0, chunk.End);
        _ends.Clear();
        var at = start;
        while (true)
        {
            var isOpen = false;
            if (at < data.Length && data[at] == '"')
            {
                isOpen = !TryCloseQuotes(data, ref at, isLast);
                if (!isOpen && at < data.Length && data[at] != _separator && data[at] is not ((byte)'\n' or (byte)'\r'))
                {
                    return RefuseLine(data, start, RowFaultKind.TextAfterClosingQuote, isLast);
                }
            }
            else
            {
                var length = data[at..].IndexOfAny([_separator, (byte)'\n', (byte)'\r', (byte)'"']);
                at = length < 0 ? data.Length : at + length;
                if (length >= 0 && data[at] == '"')
                {
                    return RefuseLine(data, start, RowFaultKind.StrayQuote, isLast);
                }
            }

            if (isOpen || (at == data.Length && !isLast) || (at + 1 == data.Length && data[at] == '\r' && !isLast))
            {
                if (!isLast && data.Length - start <= options.MostRowBytes)
                {
                    return CsvVerdict.NeedsMore;
                }

                return RefuseLine(data, start, isOpen ? RowFaultKind.UnterminatedQuote : RowFaultKind.RowTooLong, isLast);
            }

            _ends.Add(at);
            if (at == data.Length || data[at] != _separator)
            {
                break;
            }

            at++;
        }

        if (at < data.Length && data[at] == '\r' && (at + 1 == data.Length || data[at + 1] != '\n'))
        {
            return RefuseLine(data, start, RowFaultKind.BareCarriageReturn, isLast);
        }

        var raw = data[start..at];
        var fault = raw.Length > options.MostRowBytes ? RowFaultKind.RowTooLong
            : raw.Contains((byte)0) ? RowFaultKind.NulCharacter
            : !Utf8.IsValid(raw) ? RowFaultKind.InvalidUtf8
            : raw.Length > options.MostFieldBytes && HasLongField(data, start) ? RowFaultKind.FieldTooLong
            : RowFaultKind.None;
        var next = at == data.Length ? at : data[at] == '\n' ? at + 1 : at + 2;
        return new CsvVerdict(fault, at, next, HasFields: true, SkipsLine: false);
    }

    /// <summary>Goes to the byte after the quote that closes a field; false where there is none yet.</summary>
    private static bool TryCloseQuotes(ReadOnlySpan<byte> data, ref int at, bool isLast)
    {
        for (var from = at + 1; ;)
        {
            var quote = data[from..].IndexOf((byte)'"');
            if (quote < 0 || (from + quote + 1 == data.Length && !isLast))
            {
                return false;
            }

            from += quote + 1;
            if (from == data.Length || data[from] != '"')
            {
                at = from;
                return true;
            }

            from++;
        }
    }

    private CsvVerdict RefuseLine(ReadOnlySpan<byte> data, int start, RowFaultKind fault, bool isLast)
    {
        var length = data[start..].IndexOf((byte)'\n');
        if (length < 0)
        {
            return !isLast && data.Length - start <= options.MostRowBytes
                ? CsvVerdict.NeedsMore
                : new CsvVerdict(fault, data.Length, data.Length, HasFields: false, SkipsLine: !isLast);
        }

        var end = start + length;
        return new CsvVerdict(fault, length > 0 && data[end - 1] == '\r' ? end - 1 : end, end + 1, HasFields: false, SkipsLine: false);
    }

    private bool HasLongField(ReadOnlySpan<byte> data, int start)
    {
        foreach (var end in _ends)
        {
            var field = data[start..end];
            var length = field.Length > 0 && field[0] == '"' ? field.Length - 2 - ((field.Count((byte)'"') - 2) / 2) : field.Length;
            if (length > options.MostFieldBytes)
            {
                return true;
            }

            start = end + 1;
        }

        return false;
    }
}

/// <summary>What a record came to.</summary>
/// <param name="Fault">What is wrong with it as a whole.</param>
/// <param name="End">One past its last byte, line break left out; of a broken one, past its first line.</param>
/// <param name="Next">Where the next record begins.</param>
/// <param name="HasFields">Its fields can be told.</param>
/// <param name="SkipsLine">The rest of its line is not in memory and is to be passed over.</param>
internal readonly record struct CsvVerdict(RowFaultKind Fault, int End, int Next, bool HasFields, bool SkipsLine)
{
    /// <summary>The record's end is not in memory.</summary>
    public static CsvVerdict NeedsMore { get; } = new(RowFaultKind.None, -1, -1, false, false);

    public bool IsUndecided => Next < 0;
}
