using System.Buffers;
using System.Globalization;
using System.Text;

namespace CccRules.Batch.Sinks;

/// <summary>
/// Refused rows as CSV, one line a fault: <c>line, column, value, code, reason, row</c>, before them <c>file</c> where several are
/// read. The row is its bytes as they stood in the data, whether or not they are UTF-8. There is no file where nothing was refused: an
/// older one of that name is removed when the run completes.
/// </summary>
public sealed class RejectsFile : IRejectSink
{
    private static readonly CsvText Text = new(',');

    private readonly string _path;
    private readonly string[] _inputs;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private OutputFile? _file;

    /// <param name="path">Where the file shall be.</param>
    /// <param name="others">The input and the output of the run.</param>
    /// <exception cref="BatchSetupException">The path is one of the others.</exception>
    public RejectsFile(string path, params IEnumerable<string> others)
    {
        _path = path;
        _inputs = [.. others];
        OutputFile.RefuseInputs(path, _inputs);
    }

    /// <summary>Begin each line with the input that the row comes from.</summary>
    public bool NamesInput { get; init; }

    /// <summary>The run that is continued was at its end.</summary>
    public bool IsComplete { get; init; }

    /// <inheritdoc/>
    public bool CanResume => !FilePath.IsDevice(FilePath.Resolve(_path));

    /// <inheritdoc/>
    public void Start(long? mark)
    {
        if (mark > 0)
        {
            _file = OutputFile.Reopen(_path, mark.Value, IsComplete, _inputs);
        }
        else if (CanResume)
        {
            // What a run left that was killed before it refused anything that its checkpoint knows of.
            File.Delete(OutputFile.PartialOf(_path));
        }
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<RejectedRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        _buffer.ResetWrittenCount();
        if (_file is null)
        {
            _file = OutputFile.Create(_path, _inputs);
            string[] names = ["line", "column", "value", "code", "reason", "row"];
            CsvText.WriteLine(_buffer, NamesInput ? ["file", .. names] : names);
        }

        foreach (var row in rows)
        {
            foreach (var fault in row.Faults)
            {
                Write(row, fault);
            }
        }

        _file.Stream.Write(_buffer.WrittenSpan);
    }

    /// <inheritdoc/>
    public long Checkpoint() => _file?.Flush() ?? 0;

    /// <inheritdoc/>
    public void Complete()
    {
        if (_file is not null)
        {
            _file.Commit();
        }
        else if (CanResume)
        {
            File.Delete(_path);
        }
    }

    /// <inheritdoc/>
    public void Keep() => _file?.Keep();

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Write(RejectedRow row, RowFault fault)
    {
        if (NamesInput)
        {
            WriteText(row.Input);
        }

        WriteText(fault.Line.ToString(CultureInfo.InvariantCulture));
        WriteText(fault.Column);
        WriteText(fault.Value);
        WriteText(fault.Code);
        WriteText(fault.Reason);
        Text.WriteField(_buffer, row.Raw.Span);
        CsvText.WriteEnd(_buffer);
    }

    private void WriteText(string text)
    {
        Text.WriteField(_buffer, Encoding.UTF8.GetBytes(text));
        Text.WriteSeparator(_buffer);
    }
}
