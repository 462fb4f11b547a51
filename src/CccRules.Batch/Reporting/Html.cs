using System.Globalization;
using System.Net;
using System.Text;

namespace CccRules.Batch.Reporting;

/// <summary>A page in the making. Texts are foreign and escaped; what is written as it is comes from here alone.</summary>
internal sealed class Html
{
    private readonly StringBuilder _page = new();

    /// <summary>Writes markup as it is.</summary>
    public Html Raw(string markup)
    {
        _page.Append(markup).Append('\n');
        return this;
    }

    /// <summary>Writes an element with a text in it.</summary>
    public Html Element(string name, string text, string attributes = "")
    {
        _page.Append('<').Append(name).Append(attributes.Length == 0 ? "" : " ").Append(attributes).Append('>')
            .Append(Escape(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary><c>1,234,567</c></summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share as <c>12.3 %</c>; what is there at all is never shown as nothing, and what is not all never as all.</summary>
    public static string Share(long part, long whole)
    {
        var share = whole == 0 ? 0 : 100.0 * part / whole;
        return part == 0 ? "0 %" : share < 0.05 ? "< 0.1 %" : share >= 99.95 && part < whole ? "> 99.9 %" : string.Create(CultureInfo.InvariantCulture, $"{share:0.0} %");
    }

    /// <summary>A length of a bar for a style.</summary>
    public static string Percent(double part, double whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole <= 0 ? 0 : Math.Clamp(100 * part / whole, 0, 100)):0.###}%");

    public override string ToString() => _page.ToString();
}
