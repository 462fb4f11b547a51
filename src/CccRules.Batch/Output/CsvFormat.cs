using System.Buffers;
using System.Text;
using CccRules.Batch.Sinks;

namespace CccRules.Batch.Output;

/// <summary>
/// Answers as CSV with a header: UTF-8, lines that end with LF, fields quoted where they must be. Values are written exactly as they
/// stood in the data, unless a spreadsheet is to open the file.
/// </summary>
/// <param name="schema">The columns.</param>
/// <param name="separator">What divides fields: an ASCII character.</param>
/// <param name="forSpreadsheet">Guard what a spreadsheet would run; see <see cref="SpreadsheetGuard"/>. Begins the file with a byte order mark.</param>
public sealed class CsvFormat(OutputSchema schema, char separator = ',', bool forSpreadsheet = false) : IRowFormat
{
    private readonly CsvText _text = new(separator);

    /// <inheritdoc/>
    public void WriteHeader(IBufferWriter<byte> to)
    {
        if (forSpreadsheet)
        {
            // Without it spreadsheets take UTF-8 for a code page of their own.
            to.Write("\uFEFF"u8);
        }

        for (var i = 0; i < schema.Columns.Length; i++)
        {
            if (i != 0)
            {
                _text.WriteSeparator(to);
            }

            WriteForeign(to, Encoding.UTF8.GetBytes(schema.Columns[i].Name));
        }

        CsvText.WriteEnd(to);
    }

    /// <inheritdoc/>
    public void WriteRows(ClassifiedBatch batch, IBufferWriter<byte> to) =>
        schema.ForEachLine(batch, (Format: this, To: to), static (batch, row, norm, state) => state.Format.WriteLine(batch, row, norm, state.To));

    private void WriteLine(ClassifiedBatch batch, int row, int norm, IBufferWriter<byte> to)
    {
        for (var i = 0; i < schema.Columns.Length; i++)
        {
            if (i != 0)
            {
                _text.WriteSeparator(to);
            }

            var column = schema.Columns[i];
            var value = column.Value(batch, row, norm, batch.Scratch);
            if (column.IsForeign)
            {
                batch.Counts.GuardedCells += WriteForeign(to, value);
            }
            else
            {
                _text.WriteField(to, value);
            }

            if (value.IsEmpty && schema.Columns.Length == 1)
            {
                // A line with nothing on it would be no record.
                to.Write("\"\""u8);
            }
        }

        CsvText.WriteEnd(to);
    }

    /// <returns>1 where the value was changed for a spreadsheet.</returns>
    private int WriteForeign(IBufferWriter<byte> to, ReadOnlySpan<byte> value)
    {
        if (!forSpreadsheet || !SpreadsheetGuard.Needs(value))
        {
            _text.WriteField(to, value);
            return 0;
        }

        _text.WriteField(to, [(byte)'\'', .. value]);
        return 1;
    }
}
