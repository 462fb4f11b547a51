using System.Buffers;
using System.Text;

namespace CccRules.Batch.Sinks;

/// <summary>CSV as RFC 4180 has it, but for lines that end with LF: fields are quoted where they must be.</summary>
internal sealed class CsvText(char separator)
{
    private static readonly CsvText Comma = new(',');

    private readonly SearchValues<byte> _needQuotes = SearchValues.Create([(byte)separator, (byte)'"', (byte)'\r', (byte)'\n']);
    private readonly byte _separator = (byte)separator;

    /// <summary>Writes a field as it is, quoted where it must be.</summary>
    public void WriteField(IBufferWriter<byte> to, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAny(_needQuotes))
        {
            to.Write(utf8);
            return;
        }

        to.Write("\""u8);
        while (utf8.IndexOf((byte)'"') is var quote && quote >= 0)
        {
            to.Write(utf8[..(quote + 1)]);
            to.Write("\""u8);
            utf8 = utf8[(quote + 1)..];
        }

        to.Write(utf8);
        to.Write("\""u8);
    }

    public void WriteSeparator(IBufferWriter<byte> to) => to.Write([_separator]);

    public static void WriteEnd(IBufferWriter<byte> to) => to.Write("\n"u8);

    /// <summary>Writes a whole line, divided by commas.</summary>
    public static void WriteLine(IBufferWriter<byte> to, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i != 0)
            {
                Comma.WriteSeparator(to);
            }

            Comma.WriteField(to, Encoding.UTF8.GetBytes(fields[i]));
        }

        WriteEnd(to);
    }
}
