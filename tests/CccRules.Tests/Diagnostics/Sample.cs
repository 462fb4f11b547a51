using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

/// <summary>Small diagnostics for the tests of this folder.</summary>
internal static class Sample
{
    public static readonly DiagnosticDescriptor UnknownField =
        new("CCC2001", "unknown-field", DiagnosticSeverity.Error, "A name matches no field of the record");

    public static readonly DiagnosticDescriptor MissingCitation =
        new("CCC9002", "missing-citation", DiagnosticSeverity.Info, "A declaration cites nothing", IsLint: true);

    public static readonly DiagnosticDescriptor NeverHolds =
        new("CCC4002", "never-holds", DiagnosticSeverity.Warning, "A condition can never hold");

    public static SourceText Text(string content) => SourceText.From("a.ccc", content);

    /// <summary>The first place in the text that holds <paramref name="part"/>.</summary>
    public static TextLocation At(SourceText text, string part)
    {
        var start = text.Content.IndexOf(part, StringComparison.Ordinal);
        Assert.True(start >= 0, $"`{part}` is not in the text");
        return text.GetLocation(new TextSpan(start, part.Length));
    }

    public static Diagnostic Error(TextLocation at, string? label = null) =>
        new(UnknownField, at, "unknown field `hs_cod` on `product`") { Label = label };

    public static Diagnostic Error(string content, string part, string? label = null) =>
        Error(At(Text(content), part), label);

    /// <summary>What is rendered for one diagnostic, without its first line and its last.</summary>
    public static string Quote(Diagnostic diagnostic)
    {
        var lines = DiagnosticRenderer.Render(diagnostic).TrimEnd('\n').Split('\n');
        return string.Join('\n', lines[1..^1]);
    }
}
