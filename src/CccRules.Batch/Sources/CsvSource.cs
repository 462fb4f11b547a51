using System.Collections.Immutable;
using System.Globalization;
using System.Text;

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
    private CsvScanner _scanner;

    private CsvSource(InputBytes bytes, CsvScanner scanner, CsvOptions options)
    {
        _bytes = bytes;
        _options = options;
        _scanner = scanner;
        (Columns, _header) = ReadHeader(scanner, options);
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
            return new CsvSource(bytes, new CsvScanner(stream, options), options);
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
        _scanner.Dispose();
        _scanner = new CsvScanner(_bytes.Open(position.Offset), _options, position.Offset, position.Line);
        RowsRead = position.Rows;
        BlankLines = position.BlankLines;
        Position = position;
    }

    /// <inheritdoc/>
    public bool Fill(RecordBatch batch)
    {
        var before = RowsRead;
        while (!batch.IsFull && _scanner.Read())
        {
            if (_scanner.Fault != RowFaultKind.None)
            {
                RowsRead++;
                Refuse(batch, _scanner.Fault);
            }
            else if (_scanner.Raw.IsEmpty && Columns.Length > 1)
            {
                BlankLines++;
            }
            else
            {
                RowsRead++;
                Add(batch);
            }
        }

        var (offset, line) = _scanner.PassOver();
        Position = new SourcePosition(offset, line, RowsRead, BlankLines);
        return RowsRead != before;
    }

    /// <inheritdoc/>
    public void Dispose() => _scanner.Dispose();

    private void Add(RecordBatch batch)
    {
        if (_scanner.FieldCount != Columns.Length)
        {
            var kind = _scanner.FieldCount < Columns.Length ? RowFaultKind.TooFewFields : RowFaultKind.TooManyFields;
            var detail = string.Create(CultureInfo.InvariantCulture, $"{_scanner.FieldCount} instead of {Columns.Length}");
            batch.Reject(kind, _scanner.Line, _scanner.Raw, detail);
        }
        else if (_scanner.Raw.SequenceEqual(_header))
        {
            batch.Reject(RowFaultKind.HeaderRepeated, _scanner.Line, _scanner.Raw);
        }
        else
        {
            batch.Add(new Row(_scanner), _scanner.Line);
        }
    }

    private void Refuse(RecordBatch batch, RowFaultKind fault)
    {
        // A row that is too long to read is also too long to repeat: its beginning must do.
        var raw = _scanner.Raw.Length > MostRawOfLongRow ? _scanner.Raw[..MostRawOfLongRow] : _scanner.Raw;
        batch.Reject(fault, _scanner.Line, raw);
    }

    private static (ImmutableArray<string> Columns, byte[] Raw) ReadHeader(CsvScanner scanner, CsvOptions options)
    {
        if (!scanner.Read())
        {
            throw new BatchSetupException(BatchProblemKind.NoHeader, "the file is empty: expected a header with the names of the columns");
        }

        if (scanner.Fault != RowFaultKind.None)
        {
            throw new BatchSetupException(
                BatchProblemKind.BrokenHeader, $"line 1: the header is broken: {scanner.Fault.Sentence()} ({scanner.Fault.Code()})");
        }

        if (scanner.FieldCount > options.MostColumns)
        {
            throw new BatchSetupException(
                BatchProblemKind.TooManyColumns,
                string.Create(CultureInfo.InvariantCulture, $"line 1: {scanner.FieldCount} columns; at most {options.MostColumns} are read"));
        }

        var names = ImmutableArray.CreateBuilder<string>(scanner.FieldCount);
        var problems = ImmutableArray.CreateBuilder<BatchProblem>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < scanner.FieldCount; i++)
        {
            var cell = scanner.Field(i).Trim((byte)' ');
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

        return problems.Count == 0 ? (names.MoveToImmutable(), scanner.Raw.ToArray()) : throw new BatchSetupException(problems.ToImmutable());
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

    private readonly struct Row(CsvScanner scanner) : IRecordRow
    {
        public ReadOnlySpan<byte> Raw => scanner.Raw;

        public ReadOnlySpan<byte> Cell(int column) => scanner.Field(column);
    }
}
