using System.Text;

namespace CccRules.Batch.Sources.Text;

/// <summary>The encodings in which data may be written; never guessed, but for the byte order of UTF-16 where a mark says it.</summary>
public static class TextEncoding
{
    private const int Gb18030 = 54936;

    private static readonly Dictionary<string, Func<DecoderFallback, Encoding>> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gb18030"] = OpenGb18030,
        ["gbk"] = OpenGb18030,
        ["gb2312"] = OpenGb18030,
        ["utf-16le"] = fallback => Encoding.GetEncoding(1200, EncoderFallback.ExceptionFallback, fallback),
        ["utf-16be"] = fallback => Encoding.GetEncoding(1201, EncoderFallback.ExceptionFallback, fallback),
    };

    /// <summary>The names that are understood; GBK and GB2312 are read as GB18030, which holds them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["utf-8", "gb18030", "gbk", "gb2312", "utf-16", "utf-16le", "utf-16be"];

    /// <summary>The bytes as UTF-8.</summary>
    /// <exception cref="BatchSetupException">Nobody knows the encoding.</exception>
    internal static InputBytes Decode(InputBytes bytes, string name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return bytes;
        }

        if (name.Equals("utf-16", StringComparison.OrdinalIgnoreCase))
        {
            return new DecodedBytes(bytes, null);
        }

        return ByName.TryGetValue(name, out var open)
            ? new DecodedBytes(bytes, open)
            : throw new BatchSetupException(BatchProblemKind.UnknownEncoding, $"no encoding is called '{name}'; there are {string.Join(", ", Names)}");
    }

    private static Encoding OpenGb18030(DecoderFallback fallback) =>
        CodePagesEncodingProvider.Instance.GetEncoding(Gb18030, EncoderFallback.ExceptionFallback, fallback)
        ?? throw new NotSupportedException("This machine has no GB18030.");

    private sealed class DecodedBytes(InputBytes encoded, Func<DecoderFallback, Encoding>? open) : InputBytes
    {
        public override string Name => encoded.Name;

        public override bool CanReopen => encoded.CanReopen;

        public override string? Identity => encoded.Identity;

        public override double? Fraction => encoded.Fraction;

        public override Stream Open(long offset = 0)
        {
            var stream = encoded.Open();
            var start = ReadStart(stream);
            var encoding = open ?? ByName[start is [0xFE, 0xFF] ? "utf-16be" : "utf-16le"];
            return new SkippingStream(new DecodingStream(stream, start, encoding(MarkedBytes.Fallback)), offset, Name);
        }

        private static byte[] ReadStart(Stream stream)
        {
            var start = new byte[2];
            return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
    }
}
