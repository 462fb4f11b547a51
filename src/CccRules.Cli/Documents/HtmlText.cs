using System.Net;

namespace CccRules.Cli.Documents;

/// <summary>Foreign text in HTML and SVG: what could steer a reader is shown by its number, what could steer a browser is escaped.</summary>
internal static class HtmlText
{
    public static string Escape(string text) => WebUtility.HtmlEncode(Screen.Escape(text));
}
