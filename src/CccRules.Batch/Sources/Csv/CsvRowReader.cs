using System.Text.Unicode;

namespace CccRules.Batch.Sources.Csv;

/// <summary>What <see cref="CsvRowReader.Advance"/> came to.</summary>
internal enum CsvPiece
{
    /// <summary>Nothing is left.</summary>
    End,

    /// <summary>Regular rows.</summary>
    Rows,

    /// <summary>One record that is not like the others.</summary>
    Record,
}

/// <summary>
/// Divides CSV into runs of regular rows, found block by block with vectors, and single records that are judged byte by byte.
/// Reading in fixed chunks bounds the memory: only a row larger than a chunk makes a larger one.
/// </summary>
internal sealed class CsvRowReader : IDisposable
{
    /// <summary>What is indexed at once; what a bad row makes us index again.</summary>
    private const int SegmentBytes = 16 * 1024;

    private readonly Stream _stream;
    private readonly CsvOptions _options;
    private readonly CsvIndexer _indexer;
    private readonly CsvRecordJudge _judge;
    private readonly CsvChunkPool _pool = new();
    private readonly int _mostBytes;
    private byte[]? _unlike;
    private CsvChunk _chunk;
    private bool _isAtEnd;
    private bool _isDisposed;
    private bool _mustSkipLine;
    private int _place = CsvChunk.Margin;
    private int _row;
    private int _first;
    private int _lines;
    private long _line;
    private int _uncheckedRows;

    /// <summary>In what is indexed and belongs to no whole row yet there may be something else than ASCII.</summary>
    private bool _mayHaveOthers;

    public CsvRowReader(Stream stream, CsvOptions options, long offset = 0, long line = 1, BlockForm? form = null)
    {
        _stream = stream;
        _options = options;
        _judge = new CsvRecordJudge(options);
        _indexer = (form ?? BlockForms.Best).Create(options.Separator);
        _mostBytes = Math.Min(options.MostFieldBytes, options.MostRowBytes);
        _line = line;
        _chunk = _pool.Take(CsvChunkPool.ChunkSize);
        _chunk.Offset = offset;
        ReadInto(_chunk);
        if (offset == 0)
        {
            _place += ByteOrderMark(_chunk);
        }

        StartIndex();
    }

    /// <summary>The rows, after <see cref="CsvPiece.Rows"/>. The chunk is kept while it is in use.</summary>
    public CsvRows Rows { get; private set; }

    /// <summary>What is wrong with the record as a whole, after <see cref="CsvPiece.Record"/>.</summary>
    public RowFaultKind Fault { get; private set; }

    /// <summary>Fields of the record; 0 where they cannot be told.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The record without its line break; of a broken one, its first line.</summary>
    public ReadOnlySpan<byte> Raw => _chunk.Bytes.AsSpan(RawStart..RawEnd);

    /// <summary>Physical line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Nothing whole is left of what was read; to go on, more must be.</summary>
    public bool IsAtChunkEnd => _row >= _chunk.RowCount && _indexer.Next >= _chunk.End;

    private int RawStart { get; set; }

    private int RawEnd { get; set; }

    /// <summary>Rows that say exactly this (the header) are handed over one by one.</summary>
    public void SetApart(ReadOnlySpan<byte> raw)
    {
        _unlike = raw.ToArray();
        _indexer.SetApart(raw);
    }

    /// <summary>What was not handed over yet begins at the byte and on the line that come back.</summary>
    public (long Offset, long Line) PassOver()
    {
        SkipLine();
        return (_chunk.Offset + _place - CsvChunk.Margin, _line + _lines);
    }

    /// <summary>Goes on to regular rows with a number of fields, or to one record of another kind.</summary>
    /// <param name="fields">Fields that make a row regular; 0 for records only.</param>
    /// <param name="most">Rows at most.</param>
    public CsvPiece Advance(int fields, int most)
    {
        SkipLine();
        while (true)
        {
            if (_row < _chunk.RowCount)
            {
                var count = fields == 0 ? 0 : CountRegular(fields, most);
                if (count > 0)
                {
                    TakeIndexed(fields, count);
                    return CsvPiece.Rows;
                }

                return TakeRecord();
            }

            if (_indexer.HasStopped)
            {
                return TakeRecord();
            }

            if (_indexer.Next < _chunk.End)
            {
                _indexer.Run(_chunk, Math.Min(_indexer.Next + SegmentBytes, _chunk.End));
                CheckText();
            }
            else if (!_isAtEnd && _chunk.End - _place <= _options.MostRowBytes)
            {
                NextChunk();
                StartIndex();
            }
            else
            {
                return _place == _chunk.End ? CsvPiece.End : TakeRecord();
            }
        }
    }

    /// <summary>Closes the data. Whoever still reads is not disturbed: a chunk that may be being filled is not given to anybody else.</summary>
    public void Dispose()
    {
        _pool.Dispose();
        if (_isAtEnd && _place == _chunk.End && !_isDisposed)
        {
            _chunk.Release();
        }

        _isDisposed = true;
        _stream.Dispose();
    }

    private int CountRegular(int fields, int most)
    {
        var (ends, rowEnds) = (_chunk.Ends, _chunk.RowEnds);
        var last = Math.Min(_chunk.RowCount, _row + most);
        var mustLook = _uncheckedRows > 0;
        if (!mustLook && _indexer.Alike is var alike && alike.First <= _row && _row < alike.End && alike.Fields == fields && alike.Bytes <= _mostBytes)
        {
            return Math.Min(alike.End, last) - _row;
        }

        var first = _first;
        var row = _row;
        for (; row < last && rowEnds[row] - first == fields; row++)
        {
            var start = ends[first - 1] + 1;
            var length = ends[first + fields - 1] - start;
            if (length > _mostBytes || (_unlike is not null && IsUnlike(start, length)) || (mustLook && row < _uncheckedRows && !IsText(start, length)))
            {
                break;
            }

            first += fields;
        }

        return row - _row;
    }

    private bool IsUnlike(int start, int length) =>
        (uint)(length - _unlike!.Length) <= 1 && _chunk.Bytes.AsSpan(start, length).TrimEnd((byte)'\r').SequenceEqual(_unlike);

    private bool IsText(int start, int length)
    {
        var row = _chunk.Bytes.AsSpan(start, length);
        return !row.Contains((byte)0) && Utf8.IsValid(row);
    }

    /// <summary>Looks whether the rows just indexed are text; where not all are, each of them must be looked at.</summary>
    private void CheckText()
    {
        var mustLook = _mayHaveOthers || _indexer.HasOthers;
        _mayHaveOthers = _chunk.RowCount > _row ? _indexer.HasOthers : mustLook;
        if (mustLook && _chunk.RowCount > _row)
        {
            var text = _chunk.Bytes.AsSpan(_place..(_chunk.Ends[_chunk.RowEnds[_chunk.RowCount - 1] - 1] + 1));
            if (text.Contains((byte)0) || !Utf8.IsValid(text))
            {
                _uncheckedRows = _chunk.RowCount;
            }
        }
    }

    private void TakeIndexed(int fields, int count)
    {
        Rows = new CsvRows(_chunk, _chunk.Ends, _first, fields, count, _chunk.RowLines, _row, _line + _lines, _line);
        _row += count;
        _first = _chunk.RowEnds[_row - 1];
        _lines = _chunk.RowLines[_row - 1];
        _place = _chunk.Ends[_first - 1] + 1;
    }

    private CsvPiece TakeRecord()
    {
        var verdict = _judge.Judge(_chunk, _place, _isAtEnd);
        while (verdict.IsUndecided)
        {
            NextChunk();
            StartIndex();
            verdict = _judge.Judge(_chunk, _place, _isAtEnd);
        }

        Fault = verdict.Fault;
        Line = _line + _lines;
        RawStart = _place;
        RawEnd = verdict.End;
        FieldCount = verdict.HasFields ? _judge.Ends.Count : 0;
        _mustSkipLine = verdict.SkipsLine;
        if (_row < _chunk.RowCount && _chunk.Ends[_chunk.RowEnds[_row] - 1] + 1 == verdict.Next)
        {
            // The index knows the row, and goes on behind it.
            var before = _first;
            var row = _row;
            var firstLine = _line + _lines;
            _first = _chunk.RowEnds[row];
            _lines = _chunk.RowLines[row];
            _row++;
            _place = verdict.Next;
            Rows = new CsvRows(_chunk, _chunk.Ends, before, FieldCount, 1, _chunk.RowLines, row, firstLine, _line);
        }
        else
        {
            AddToIndex(verdict);
        }

        return CsvPiece.Record;
    }

    /// <summary>Writes the fields of a judged record behind the index, then starts a new one after it.</summary>
    private void AddToIndex(CsvVerdict verdict)
    {
        var firstLine = _line + _lines;
        _chunk.Reserve(1 + _judge.Ends.Count);
        _chunk.Ends[_chunk.EndCount++] = _place - 1;
        var first = _chunk.EndCount;
        foreach (var end in _judge.Ends)
        {
            _chunk.Ends[_chunk.EndCount++] = end;
        }

        _lines += _chunk.Bytes.AsSpan(_place..verdict.Next).Count((byte)'\n');
        Rows = new CsvRows(_chunk, _chunk.Ends, first, FieldCount, 1, _chunk.RowLines, 0, firstLine, _line);
        _place = verdict.Next;
        StartIndex();
    }

    private void StartIndex()
    {
        // Rows that a former index still holds come after bytes that were not what it thought.
        _chunk.RowCount = _row;
        _indexer.Start(_chunk, _place, _lines);
        _first = _chunk.EndCount;
        _uncheckedRows = 0;
        _mayHaveOthers = false;
    }

    /// <summary>Moves what was not handed over yet to the beginning of a new chunk and reads more behind it.</summary>
    private void NextChunk()
    {
        var from = _chunk;
        var length = from.End - _place;
        var chunk = _pool.Take(length > CsvChunkPool.ChunkSize / 2 ? length * 2 : CsvChunkPool.ChunkSize);
        from.Bytes.AsSpan(_place, length).CopyTo(chunk.Bytes.AsSpan(CsvChunk.Margin));
        chunk.End = CsvChunk.Margin + length;
        chunk.Offset = from.Offset + _place - CsvChunk.Margin;
        _line += _lines;
        _lines = 0;
        _row = 0;
        _place = CsvChunk.Margin;
        _chunk = chunk;
        from.Release();
        ReadInto(chunk);
    }

    private void ReadInto(CsvChunk chunk)
    {
        var room = chunk.Bytes.AsSpan(chunk.End, CsvChunk.Margin + chunk.Size - chunk.End);
        var read = _stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        chunk.End += read;
        _isAtEnd = read < room.Length;
    }

    /// <summary>Passes over the rest of a line that is too long to hold.</summary>
    private void SkipLine()
    {
        if (!_mustSkipLine)
        {
            return;
        }

        _mustSkipLine = false;
        while (true)
        {
            var length = _chunk.Bytes.AsSpan(_place.._chunk.End).IndexOf((byte)'\n');
            _place = length < 0 ? _chunk.End : _place + length + 1;
            if (length >= 0)
            {
                _lines++;
                break;
            }

            if (_isAtEnd)
            {
                break;
            }

            NextChunk();
        }

        StartIndex();
    }

    /// <summary>Length of a byte order mark at the very beginning.</summary>
    /// <exception cref="BatchSetupException">The mark is that of UTF-16 or UTF-32.</exception>
    private static int ByteOrderMark(CsvChunk chunk)
    {
        ReadOnlySpan<byte> start = chunk.Bytes.AsSpan(CsvChunk.Margin..chunk.End);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            throw new BatchSetupException(
                BatchProblemKind.NotUtf8File, "line 1: the file is UTF-16 or UTF-32; save it as UTF-8");
        }

        return start.StartsWith("\uFEFF"u8) ? 3 : 0;
    }
}
