using System.Collections.Immutable;

namespace CccRules.Batch.Sources.Json;

/// <summary>The form of JSON Lines and its limits.</summary>
public sealed record JsonLinesOptions
{
    /// <summary>Every key that records may have, nested ones as <c>outer.inner</c>; empty: the keys of the first records.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Records that are looked at to find the keys.</summary>
    public int SampledRecords { get; init; } = 1000;

    /// <summary>Bytes of the longest line.</summary>
    public int MostLineBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>
/// Records as JSON Lines: UTF-8, an object a line. A line that is no JSON object is refused under its number; so is one in which a key
/// stands twice, or that has a key which is no column, because a value that is not read would be lost without a word.
/// </summary>
public sealed class JsonLinesSource : IRecordSource
{
    private const int SampledBytes = 4 * 1024 * 1024;

    private readonly InputBytes _bytes;
    private readonly JsonLinesOptions _options;
    private readonly JsonRecord _record;
    private LineReader _lines;

    private JsonLinesSource(InputBytes bytes, JsonLinesOptions options, Stream stream, ImmutableArray<string> columns, string? hint)
    {
        _bytes = bytes;
        _options = options;
        _lines = new LineReader(stream, options.MostLineBytes);
        _record = new JsonRecord(columns);
        Columns = columns;
        FormatHint = hint;
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
    public SourcePosition Position => new(_lines.NextOffset, _lines.Number + 1, RowsRead, BlankLines);

    /// <summary>Opens bytes and looks at the first records.</summary>
    /// <exception cref="BatchSetupException">There is no record that has a key.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static JsonLinesSource Open(InputBytes bytes, JsonLinesOptions? options = null)
    {
        options ??= new JsonLinesOptions();
        var stream = bytes.Open();
        try
        {
            if (!options.Columns.IsEmpty)
            {
                return new JsonLinesSource(bytes, options, stream, options.Columns, null);
            }

            var (sample, length) = ReadSample(stream, options.SampledRecords);
            var finder = new JsonRecord(null);
            using (var lines = new LineReader(new MemoryStream(sample, 0, length), options.MostLineBytes))
            {
                for (var records = 0; records < options.SampledRecords && lines.Next();)
                {
                    var line = WithoutMark(lines);
                    records += line.Trim(" \t"u8).IsEmpty ? 0 : 1;
                    finder.Read(line);
                }
            }

            var start = sample.AsSpan(0, length).TrimStart(" \t\r\n"u8);
            var hint = !start.IsEmpty && start[0] == '[' ? "the file is one JSON list; an object a line is expected, such as `jq -c '.[]'` writes" : null;
            return finder.Columns is { IsEmpty: false } columns
                ? new JsonLinesSource(bytes, options, new PrefixedStream(sample.AsMemory(0, length), stream), columns, hint)
                : throw new BatchSetupException(
                    BatchProblemKind.NoHeader,
                    $"'{bytes.Name}': none of the first lines is a JSON object with a key{(hint is null ? "" : $"; {hint}")}");
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
        _lines.Dispose();
        _lines = new LineReader(_bytes.Open(position.Offset), _options.MostLineBytes, position.Offset, position.Line);
        RowsRead = position.Rows;
        BlankLines = position.BlankLines;
    }

    /// <inheritdoc/>
    public bool Fill(RecordBatch batch)
    {
        var before = RowsRead;
        while (!batch.IsFull && _lines.Next())
        {
            var line = WithoutMark(_lines);
            if (line.Trim(" \t"u8).IsEmpty)
            {
                BlankLines++;
                continue;
            }

            RowsRead++;
            var fault = _lines.IsCut ? RowFaultKind.RowTooLong : _record.Read(line);
            fault = fault == RowFaultKind.None && HasNul() ? RowFaultKind.NulCharacter : fault;
            if (fault == RowFaultKind.None)
            {
                batch.Add(new Row(this), _lines.Number);
            }
            else
            {
                batch.Reject(fault, _lines.Number, line, _lines.IsCut ? "" : _record.Detail);
            }
        }

        return RowsRead != before;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private bool HasNul()
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            if (_record.Cell(column).Contains((byte)0))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> WithoutMark(LineReader lines) =>
        lines.Number == 1 && lines.Line.StartsWith("\uFEFF"u8) ? lines.Line[3..] : lines.Line;

    /// <summary>Reads until there are enough lines, so that a slow pipe is not waited for longer than need be.</summary>
    private static (byte[] Bytes, int Length) ReadSample(Stream stream, int lines)
    {
        var sample = new byte[SampledBytes];
        var length = 0;
        var left = lines;
        while (length < sample.Length && left > 0)
        {
            var read = stream.Read(sample, length, sample.Length - length);
            if (read == 0)
            {
                break;
            }

            left -= sample.AsSpan(length, read).Count((byte)'\n');
            length += read;
        }

        return (sample, length);
    }

    private readonly struct Row(JsonLinesSource source) : IRecordRow
    {
        public static bool HasLiterals => true;

        public ReadOnlySpan<byte> Raw => WithoutMark(source._lines);

        public ReadOnlySpan<byte> Cell(int column) => source._record.Cell(column);

        public ReadOnlySpan<byte> KeptCell(int column) => source._record.Kept(column);

        public bool IsLiteral(int column) => source._record.IsLiteral(column);
    }

    /// <summary>Bytes that were read already, and then a stream.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Text.ReadOnlyStream(rest)
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.IsEmpty)
            {
                return Inner.Read(buffer);
            }

            var length = Math.Min(buffer.Length, _prefix.Length);
            _prefix.Span[..length].CopyTo(buffer);
            _prefix = _prefix[length..];
            return length;
        }
    }
}
