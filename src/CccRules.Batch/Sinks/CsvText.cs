using System.Buffers;
using System.Text;

namespace CccRules.Batch.Sinks;

/// <summary>CSV as RFC 4180 has it, but for lines that end with LF: fields are quoted where they must be.</summary>
internal static class CsvText
{
    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>Writes a field as it is, quoted where it must be.</summary>
    public static void WriteField(IBufferWriter<byte> to, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAny(NeedQuotes))
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

    public static void WriteField(IBufferWriter<byte> to, string text) => WriteField(to, Encoding.UTF8.GetBytes(text));

    public static void WriteSeparator(IBufferWriter<byte> to) => to.Write(","u8);

    public static void WriteEnd(IBufferWriter<byte> to) => to.Write("\n"u8);

    /// <summary>Writes a whole line.</summary>
    public static void WriteLine(IBufferWriter<byte> to, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i != 0)
            {
                WriteSeparator(to);
            }

            WriteField(to, fields[i]);
        }

        WriteEnd(to);
    }
}
