using CccRules.Batch;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Csv;

namespace CccRules.Tests.Batch;

/// <summary>The records of a CSV stream one by one, as the reader judges them.</summary>
internal sealed class CsvScanner(Stream stream, CsvOptions options, long offset = 0, long line = 1) : IDisposable
{
    private readonly CsvRowReader _reader = new(stream, options, offset, line);
    private byte[] _scratch = [];

    public RowFaultKind Fault => _reader.Fault;

    public long Line => _reader.Line;

    public ReadOnlySpan<byte> Raw => _reader.Raw;

    public int FieldCount => _reader.FieldCount;

    public bool Read() => _reader.Advance(0, 1) == CsvPiece.Record;

    public ReadOnlySpan<byte> Field(int index) => _reader.Rows.Value(0, index, ref _scratch);

    public (long Offset, long Line) PassOver() => _reader.PassOver();

    public void Dispose() => _reader.Dispose();
}
