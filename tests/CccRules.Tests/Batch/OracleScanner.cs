using System.Text.Unicode;
using CccRules.Batch;
using CccRules.Batch.Sources;
using CsvHelper;

namespace CccRules.Tests.Batch;

/// <summary>
/// Finds the records of a CSV stream, strictly (RFC 4180, LF or CRLF, UTF-8 without NUL), and goes on after a bad one. CsvHelper
/// divides windows of the stream into fields; this class moves the window, counts physical lines and judges what CsvHelper forgives.
/// </summary>
/// <remarks>
/// Where quoting is broken, nobody can tell where the record was meant to end. Its first physical line is refused, under its own
/// number, and reading goes on at the line after it: one forgotten quote cannot swallow the file.
/// </remarks>
internal sealed class OracleScanner : IDisposable
{
    /// <summary>After a broken record the window begins small, so that a file full of them is not scanned again and again.</summary>
    private const int SmallWindow = 4096;

    private readonly OracleInput _input;
    private readonly CsvOptions _options;
    private readonly CsvReaderOptions _readerOptions;
    private CsvReader? _reader;
    private CsvMalformedReason? _malformed;
    private int _window = int.MaxValue;
    private int _windowStart;
    private int _windowEnd;
    private bool _isWindowClean;
    private int _recordStart;
    private int _recordEnd;
    private int _next;
    private bool _mustSkipLine;

    public OracleScanner(Stream stream, CsvOptions options, long offset = 0, long line = 1)
    {
        _options = options;
        _readerOptions = new CsvReaderOptions
        {
            Separator = options.Separator,
            HasHeader = false,
            SkipEmptyLines = false,
            OnMalformedRecord = malformed => _malformed = malformed.Reason,
        };
        _input = new OracleInput(stream, offset, line);
        _input.ReadByteOrderMark();
        _next = _input.Start;
    }

    /// <summary>What is wrong with the current record as a whole.</summary>
    public RowFaultKind Fault { get; private set; }

    /// <summary>Physical line on which the current record begins, from 1.</summary>
    public long Line => _input.Line;

    /// <summary>The current record without its line break; of a broken one, its first line.</summary>
    public ReadOnlySpan<byte> Raw => _input[_recordStart.._recordEnd];

    /// <summary>Fields of the current record; 0 where <see cref="Fault"/> says that they cannot be told.</summary>
    public int FieldCount { get; private set; }

    /// <summary>A field of the current record, unquoted.</summary>
    public ReadOnlySpan<byte> Field(int index) => _reader is { } reader ? reader.GetSpan(index) : [];

    /// <summary>Gives up the current record. What follows begins at the byte and on the line that come back.</summary>
    public (long Offset, long Line) PassOver()
    {
        _input.Consume(_next);
        if (_mustSkipLine)
        {
            _input.SkipLine();
            _next = _input.Start;
            _mustSkipLine = false;
        }

        return (_input.Offset, _input.Line);
    }

    /// <summary>Goes to the next record, good or bad; false at the end.</summary>
    public bool Read()
    {
        PassOver();
        while (_reader is not null || OpenWindow())
        {
            _malformed = null;
            if (_reader is not { } reader || !reader.Read())
            {
                // The window's records are all consumed.
                CloseWindow();
                continue;
            }

            if (reader.ByteOffset == 0)
            {
                // The line feed before the window.
                continue;
            }

            _recordStart = _windowStart - 1 + (int)reader.ByteOffset;
            _recordEnd = _recordStart + reader.RawRecord.Length;
            var isComplete = IsComplete();
            if (!isComplete && _recordEnd - _recordStart <= _options.MostRowBytes)
            {
                WidenWindow();
                continue;
            }

            var fault = Judge(isComplete);
            if (isComplete && HasCertainEnd(fault))
            {
                Accept(reader, fault);
                return true;
            }

            if (TryRefuseLine(fault))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _input.Dispose();
    }

    /// <summary>Faults that leave no doubt where the record ends.</summary>
    private static bool HasCertainEnd(RowFaultKind fault) => fault is RowFaultKind.None or RowFaultKind.NulCharacter
        or RowFaultKind.InvalidUtf8 or RowFaultKind.FieldTooLong or RowFaultKind.RowTooLong;

    private bool OpenWindow()
    {
        if (_input.Start == _input.End)
        {
            if (_input.IsAtEnd)
            {
                return false;
            }

            _input.ReadMore();
            _next = _input.Start;
            if (_input.Start == _input.End)
            {
                return false;
            }
        }

        _windowStart = _input.Start;
        _windowEnd = _window < _input.End - _windowStart ? _windowStart + _window : _input.End;
        var window = _input[_windowStart.._windowEnd];
        // What follows the last line feed may be cut inside a character; it is judged when it is whole.
        var whole = _input.IsAtEnd && _windowEnd == _input.End ? window : window[..(window.LastIndexOf((byte)'\n') + 1)];
        _isWindowClean = !whole.Contains((byte)0) && Utf8.IsValid(whole);
        _reader = CsvReader.Create(_input.WithLineFeedBefore(_windowEnd), _readerOptions);
        return true;
    }

    private void CloseWindow()
    {
        _reader?.Dispose();
        _reader = null;
        _window = _window > int.MaxValue / 2 ? int.MaxValue : _window * 2;
    }

    /// <summary>The record ends inside the window, so that more bytes would not change it.</summary>
    private bool IsComplete()
    {
        if (IsWindowLast)
        {
            return true;
        }

        if (_malformed == CsvMalformedReason.UnterminatedQuote || _recordEnd == _windowEnd)
        {
            return false;
        }

        return _input[_recordEnd..][0] == '\n' || _recordEnd + 1 < _windowEnd;
    }

    private bool IsWindowLast => _input.IsAtEnd && _windowEnd == _input.End;

    /// <summary>Takes more bytes into the window and starts it at the current record.</summary>
    private void WidenWindow()
    {
        var size = _windowEnd - _recordStart;
        _input.Consume(_recordStart);
        CloseWindow();
        if (_windowEnd == _input.End)
        {
            _input.ReadMore();
        }

        _next = _input.Start;
        _window = Math.Max(_window, size > int.MaxValue / 2 ? int.MaxValue : size * 2);
    }

    private RowFaultKind Judge(bool isComplete)
    {
        if (_malformed is { } malformed)
        {
            return malformed switch
            {
                CsvMalformedReason.UnterminatedQuote => RowFaultKind.UnterminatedQuote,
                CsvMalformedReason.TextAfterClosingQuote => RowFaultKind.TextAfterClosingQuote,
                _ => RowFaultKind.StrayQuote,
            };
        }

        var after = _input[_recordEnd.._input.End];
        if (isComplete && !after.IsEmpty && after[0] == '\r' && (after.Length == 1 || after[1] != '\n'))
        {
            return RowFaultKind.BareCarriageReturn;
        }

        if (_recordEnd - _recordStart > _options.MostRowBytes)
        {
            return RowFaultKind.RowTooLong;
        }

        return !_isWindowClean && Raw.Contains((byte)0) ? RowFaultKind.NulCharacter
            : !_isWindowClean && !Utf8.IsValid(Raw) ? RowFaultKind.InvalidUtf8
            : JudgeFields();
    }

    private RowFaultKind JudgeFields()
    {
        if (_recordEnd - _recordStart > _options.MostFieldBytes && _reader is { } reader)
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (reader.GetSpan(i).Length > _options.MostFieldBytes)
                {
                    return RowFaultKind.FieldTooLong;
                }
            }
        }

        return RowFaultKind.None;
    }

    private void Accept(CsvReader reader, RowFaultKind fault)
    {
        Fault = fault;
        FieldCount = reader.FieldCount;
        _input.Consume(_recordStart);
        var after = _input[_recordEnd.._input.End];
        _next = _recordEnd + (after.IsEmpty ? 0 : after[0] == '\n' ? 1 : 2);
    }

    /// <summary>Refuses the first physical line of the record; false where the line's end is not in memory yet.</summary>
    private bool TryRefuseLine(RowFaultKind fault)
    {
        var lineFeed = _input[_recordStart.._input.End].IndexOf((byte)'\n');
        if (lineFeed < 0 && !_input.IsAtEnd && _input.End - _recordStart <= _options.MostRowBytes)
        {
            WidenWindow();
            return false;
        }

        _input.Consume(_recordStart);
        Fault = fault;
        FieldCount = 0;
        var recordEnd = _recordEnd;
        var lineEnd = lineFeed < 0 ? _input.End : _recordStart + lineFeed;
        _next = lineFeed < 0 ? lineEnd : lineEnd + 1;
        _recordEnd = lineFeed > 0 && _input[..lineEnd][^1] == '\r' ? lineEnd - 1 : lineEnd;
        _mustSkipLine = lineFeed < 0 && !_input.IsAtEnd;
        if (recordEnd != _recordEnd || _mustSkipLine)
        {
            CloseWindow();
            _window = SmallWindow;
        }

        return true;
    }
}
