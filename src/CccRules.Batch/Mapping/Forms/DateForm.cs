using System.Buffers;
using System.Globalization;
using System.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping.Forms;

/// <summary>
/// Dates by a pattern: <c>yyyy</c>, <c>MM</c> and <c>dd</c> for exactly so many digits, <c>M</c> and <c>d</c> for one or two,
/// <c>MMM</c> for <c>Jan</c> to <c>Dec</c>, and <c>HH</c>, <c>mm</c>, <c>ss</c> for a time of day that is read and left out. Everything
/// else stands for itself. Years have four digits: of two nobody knows the century.
/// </summary>
internal sealed class DateForm : ValueForm
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Tokens = ["yyyy", "MMM", "MM", "M", "dd", "d", "HH", "mm", "ss"];

    private readonly string _pattern;
    private readonly List<byte[]> _parts;
    private readonly List<string?> _tokens;

    private DateForm(string pattern, List<byte[]> parts, List<string?> tokens)
    {
        _pattern = pattern;
        _parts = parts;
        _tokens = tokens;
    }

    public override string Text => $"date {_pattern}";

    internal override RowFaultKind Fault => RowFaultKind.NotOfDateForm;

    public override bool Fits(FactKind kind) => kind == FactKind.Date;

    public static new DateForm Parse(string pattern)
    {
        var parts = new List<byte[]>();
        var tokens = new List<string?>();
        for (var at = 0; at < pattern.Length;)
        {
            var token = Tokens.FirstOrDefault(token => pattern.AsSpan(at).StartsWith(token, StringComparison.Ordinal));
            if (token is null && char.IsAsciiLetter(pattern[at]) && pattern[at] != 'T')
            {
                throw new FormatException($"'{pattern[at]}' stands for nothing in a date; write it as dd/MM/yyyy, d.M.yyyy, yyyyMMdd or the like");
            }

            var length = token?.Length ?? Rune.GetRuneAt(pattern, at).Utf16SequenceLength;
            parts.Add(Encoding.UTF8.GetBytes(pattern.Substring(at, length)));
            tokens.Add(token);
            at += length;
        }

        return Count(tokens, "yyyy") == 1 && Count(tokens, "MMM", "MM", "M") == 1 && Count(tokens, "dd", "d") == 1
            ? new DateForm(pattern, parts, tokens)
            : throw new FormatException("a date has yyyy, MM and dd, each once, such as dd/MM/yyyy");
    }

    internal override bool TryRewrite(ReadOnlySpan<byte> value, IBufferWriter<byte> to)
    {
        var (year, month, day) = (0, 0, 0);
        for (var i = 0; i < _parts.Count; i++)
        {
            var ok = _tokens[i] switch
            {
                null => TakeText(ref value, _parts[i]),
                "yyyy" => TakeDigits(ref value, 4, 4, out year),
                "MMM" => TakeMonth(ref value, out month),
                "MM" => TakeDigits(ref value, 2, 2, out month),
                "M" => TakeDigits(ref value, 1, 2, out month),
                "dd" => TakeDigits(ref value, 2, 2, out day),
                "d" => TakeDigits(ref value, 1, 2, out day),
                "HH" => TakeDigits(ref value, 2, 2, out var hour) && hour <= 23,
                _ => TakeDigits(ref value, 2, 2, out var sixtieth) && sixtieth <= 59,
            };
            if (!ok)
            {
                return false;
            }
        }

        if (!value.IsEmpty || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var span = to.GetSpan(10);
        new DateOnly(year, month, day).TryFormat(span, out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        to.Advance(written);
        return true;
    }

    private static int Count(List<string?> tokens, params string[] of) => tokens.Count(token => of.Contains(token));

    private static bool TakeText(ref ReadOnlySpan<byte> value, ReadOnlySpan<byte> text)
    {
        if (!value.StartsWith(text))
        {
            return false;
        }

        value = value[text.Length..];
        return true;
    }

    private static bool TakeDigits(ref ReadOnlySpan<byte> value, int fewest, int most, out int number)
    {
        number = 0;
        var length = 0;
        while (length < most && length < value.Length && value[length] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + value[length++] - '0';
        }

        value = value[length..];
        return length >= fewest;
    }

    private static bool TakeMonth(ref ReadOnlySpan<byte> value, out int month)
    {
        month = 0;
        for (var i = 0; i < Months.Length; i++)
        {
            if (value.Length >= 3 && Ascii.EqualsIgnoreCase(value[..3], Encoding.ASCII.GetBytes(Months[i])))
            {
                month = i + 1;
                value = value[3..];
                return true;
            }
        }

        return false;
    }
}
