using System.Buffers;
using System.Globalization;

namespace CccRules.Batch.Sinks;

/// <summary>
/// Refused rows as CSV, one line a fault: <c>line, column, value, code, reason, row</c>. There is no file where nothing was refused: an
/// older one of that name is removed when the run completes.
/// </summary>
public sealed class RejectsFile : IRejectSink
{
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
            CsvText.WriteLine(_buffer, "line", "column", "value", "code", "reason", "row");
        }

        foreach (var row in rows)
        {
            foreach (var fault in row.Faults)
            {
                var line = fault.Line.ToString(CultureInfo.InvariantCulture);
                CsvText.WriteLine(_buffer, line, fault.Column, fault.Value, fault.Code, fault.Reason, row.Raw);
            }
        }

        _file.Stream.Write(_buffer.WrittenSpan);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_file is not null)
        {
            _file.Commit();
        }
        else if (!FilePath.IsDevice(FilePath.Resolve(_path)))
        {
            File.Delete(_path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
