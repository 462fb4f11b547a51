using System.Buffers;
using System.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping.Forms;

/// <summary>
/// How values of a column are written, where that is not how rules write them: dates in another order, numbers with a comma, other words
/// for yes and no, codes for members, words for what is not known. Strict: a value that does not have the form is a fault of its row. Safe for concurrent use.
/// </summary>
public abstract class ValueForm
{
    /// <summary>The form as it stands in a mapping, after <c>as</c>.</summary>
    public abstract string Text { get; }

    internal abstract RowFaultKind Fault { get; }

    /// <summary>Facts of this kind can be written so.</summary>
    public abstract bool Fits(FactKind kind);

    /// <summary>Rewrites a value as rules write it. Nothing is written where it returns false.</summary>
    /// <param name="value">The value without spaces around it; not empty.</param>
    /// <param name="to">Where the rewritten value goes.</param>
    internal abstract bool TryRewrite(ReadOnlySpan<byte> value, IBufferWriter<byte> to);

    /// <summary>A value of none is passed on as it is, unless the form says what it means.</summary>
    internal virtual bool TakesEmpty => false;

    /// <summary>Reads what stands after <c>as</c>.</summary>
    /// <exception cref="FormatException">It is no form; the message is a part of a sentence.</exception>
    public static ValueForm Parse(string text)
    {
        if (UnknownForm.TryParse(text) is { } unknown)
        {
            return unknown;
        }

        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var word = space < 0 ? text : text[..space];
        var rest = space < 0 ? "" : text[(space + 1)..].Trim();
        return word switch
        {
            "date" => DateForm.Parse(rest),
            "number" => NumberForm.Parse(rest),
            "yes" => WordForm.ParseYesNo(rest),
            "codes" => WordForm.ParseCodes(rest),
            _ => throw new FormatException("expected 'date', 'number', 'yes', 'codes' or 'unknown' and texts in quotes after 'as'"),
        };
    }

    internal bool Accepts(string value) => TryRewrite(Encoding.UTF8.GetBytes(value), new ArrayBufferWriter<byte>());
}
