using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Batch.Sources.Csv;

namespace CccRules.Batch.Sources;

/// <summary>
/// Records from a CSV file with a header: RFC 4180, LF or CRLF, UTF-8 with or without a byte order mark. A bad row is refused under its
/// own physical line and the next one is read.
/// </summary>
/// <remarks>
/// Column names lose ASCII spaces around them; otherwise they count as written, so that names which differ in case or in their Unicode
/// form are different columns. An empty line is passed over, but in a file of one column it is a record with an empty cell. A row that
/// repeats the header is refused. Nothing is guessed: no separator, no <c>sep=</c> line, no encoding.
/// </remarks>
public sealed class CsvSource : IRecordSource
{
    private const int MostRawOfLongRow = 64 * 1024;

    private readonly InputBytes _bytes;
    private readonly CsvOptions _options;
    private readonly byte[] _header;
    private CsvRowReader _reader;

    private CsvSource(InputBytes bytes, CsvRowReader reader, CsvOptions options)
    {
        _bytes = bytes;
        _options = options;
        _reader = reader;
        (Columns, _header) = ReadHeader(reader, options);
        reader.SetApart(_header);
        FormatHint = Hint(Columns, options.Separator);
    }

    /// <inheritdoc/>
    public string Name => _bytes.Name;

    /// <inheritdoc/>
    public string? Identity => _bytes.Identity;

    /// <inheritdoc/>
    public double? Fraction => _bytes.Fraction;

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; }

    /// <inheritdoc/>
    public string? FormatHint { get; }

    /// <inheritdoc/>
    public long RowsRead { get; private set; }

    /// <inheritdoc/>
    public long BlankLines { get; private set; }

    /// <inheritdoc/>
    public SourcePosition Position { get; private set; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="BatchSetupException">There is no header, or a column has no name or that of another.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvSource Open(string path, CsvOptions? options = null) => Open(new InputFile(path), options);

    /// <summary>Reads a stream, which the source disposes of.</summary>
    /// <exception cref="BatchSetupException">There is no header, or a column has no name or that of another.</exception>
    public static CsvSource Open(Stream stream, CsvOptions? options = null) => Open(InputBytes.Of(stream), options);

    /// <summary>Opens bytes and reads their header.</summary>
    /// <exception cref="BatchSetupException">There is no header, or a column has no name or that of another.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static CsvSource Open(InputBytes bytes, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        var stream = bytes.Open();
        try
        {
            return new CsvSource(bytes, new CsvRowReader(stream, options), options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Resume(SourcePosition position)
    {
        _reader.Dispose();
        _reader = new CsvRowReader(_bytes.Open(position.Offset), _options, position.Offset, position.Line);
        _reader.SetApart(_header);
        RowsRead = position.Rows;
        BlankLines = position.BlankLines;
        Position = position;
    }

    /// <inheritdoc/>
    public bool Fill(RecordBatch batch)
    {
        var before = RowsRead;
        while (!batch.IsFull && !IsBetterDone(batch) && _reader.Advance(Columns.Length, batch.Room) is var piece && piece != CsvPiece.End)
        {
            if (piece == CsvPiece.Rows)
            {
                RowsRead += _reader.Rows.Count;
                batch.Defer(_reader.Rows);
            }
            else if (_reader.Fault == RowFaultKind.None && _reader.Raw.IsEmpty && Columns.Length > 1)
            {
                BlankLines++;
            }
            else
            {
                RowsRead++;
                DeferRecord(batch);
            }
        }

        var (offset, line) = _reader.PassOver();
        Position = new SourcePosition(offset, line, RowsRead, BlankLines);
        return RowsRead != before;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <summary>
    /// On several threads a batch that is full enough ends where a chunk does: the bytes that are read next are left to the thread that
    /// will look at them, in whose core's cache they then lie.
    /// </summary>
    private bool IsBetterDone(RecordBatch batch) => batch.MayDefer && _reader.IsAtChunkEnd && batch.Held > batch.MostRows / 2;

    private void DeferRecord(RecordBatch batch)
    {
        if (_reader.Fault != RowFaultKind.None)
        {
            // A row that is too long to read is also too long to repeat: its beginning must do.
            var raw = _reader.Raw.Length > MostRawOfLongRow ? _reader.Raw[..MostRawOfLongRow] : _reader.Raw;
            batch.Defer(new CsvRefusal(_reader.Fault, _reader.Line, raw, ""));
        }
        else if (_reader.FieldCount != Columns.Length)
        {
            var kind = _reader.FieldCount < Columns.Length ? RowFaultKind.TooFewFields : RowFaultKind.TooManyFields;
            var detail = string.Create(CultureInfo.InvariantCulture, $"{_reader.FieldCount} instead of {Columns.Length}");
            batch.Defer(new CsvRefusal(kind, _reader.Line, _reader.Raw, detail));
        }
        else if (_reader.Raw.SequenceEqual(_header))
        {
            batch.Defer(new CsvRefusal(RowFaultKind.HeaderRepeated, _reader.Line, _reader.Raw, ""));
        }
        else
        {
            batch.Defer(_reader.Rows);
        }
    }

    private static (ImmutableArray<string> Columns, byte[] Raw) ReadHeader(CsvRowReader reader, CsvOptions options)
    {
        if (reader.Advance(0, 1) == CsvPiece.End)
        {
            throw new BatchSetupException(BatchProblemKind.NoHeader, "the file is empty: expected a header with the names of the columns");
        }

        if (reader.Fault != RowFaultKind.None)
        {
            throw new BatchSetupException(
                BatchProblemKind.BrokenHeader, $"line 1: the header is broken: {reader.Fault.Sentence()} ({reader.Fault.Code()})");
        }

        if (reader.FieldCount > options.MostColumns)
        {
            throw new BatchSetupException(
                BatchProblemKind.TooManyColumns,
                string.Create(CultureInfo.InvariantCulture, $"line 1: {reader.FieldCount} columns; at most {options.MostColumns} are read"));
        }

        var names = ImmutableArray.CreateBuilder<string>(reader.FieldCount);
        var problems = ImmutableArray.CreateBuilder<BatchProblem>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        byte[] scratch = [];
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var cell = reader.Rows.Value(0, i, ref scratch).Trim((byte)' ');
            var name = Encoding.UTF8.GetString(cell);
            names.Add(name);
            if (name.Length == 0)
            {
                problems.Add(new BatchProblem(
                    BatchProblemKind.EmptyColumnName, string.Create(CultureInfo.InvariantCulture, $"line 1: column {i + 1} has no name")));
            }
            else if (!known.Add(name))
            {
                problems.Add(new BatchProblem(BatchProblemKind.DuplicateColumn, $"line 1: two columns are called '{DisplayText.Of(cell)}'"));
            }
        }

        return problems.Count == 0 ? (names.MoveToImmutable(), reader.Raw.ToArray()) : throw new BatchSetupException(problems.ToImmutable());
    }

    /// <summary>What a header of one column with another separator in it points to.</summary>
    private static string? Hint(ImmutableArray<string> columns, char separator)
    {
        if (columns.Length != 1)
        {
            return null;
        }

        var name = columns[0];
        if (name.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            return "the file begins with a spreadsheet's 'sep=' line; remove it";
        }

        (char Character, string Name)[] others = [(';', "semicolon"), ('\t', "tab"), ('|', "bar"), (',', "comma")];
        foreach (var (character, kind) in others)
        {
            if (character != separator && name.Contains(character, StringComparison.Ordinal))
            {
                return $"the file looks {kind}-separated";
            }
        }

        return null;
    }
}
