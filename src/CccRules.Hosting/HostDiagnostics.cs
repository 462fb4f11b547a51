using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Hosting;

/// <summary>Why rules do not get as far as the compiler; the numbers are those of the command line for the same faults.</summary>
internal static class HostDiagnostics
{
    private static readonly DiagnosticDescriptor UnreadableRule =
        new("CCC0010", "unreadable-input", DiagnosticSeverity.Error, "A file or folder cannot be read");

    private static readonly DiagnosticDescriptor TooMuchRule =
        new("CCC0012", "too-many-rules", DiagnosticSeverity.Error, "More rules files than are read at once");

    private static readonly DiagnosticDescriptor NoRulesRule =
        new("CCC0013", "no-rules", DiagnosticSeverity.Error, "A folder holds no rules");

    public static Diagnostic Unreadable(string path, string reason) => new(UnreadableRule, At(path), $"cannot be read: {reason.TrimEnd('.')}");

    public static Diagnostic NotUtf8(SourceText text, int offset) => new(
        UnreadableRule,
        text.GetLocation(new TextSpan(Math.Max(0, text.Content.IndexOf('\uFFFD', StringComparison.Ordinal)), 0)),
        string.Create(CultureInfo.InvariantCulture, $"not UTF-8 text: byte {offset} begins no character"));

    public static Diagnostic TooLarge(string path, int characters) => new(
        TooMuchRule,
        At(path),
        string.Create(CultureInfo.InvariantCulture, $"the rules are larger than {characters:N0} characters together"));

    public static Diagnostic TooMuchData(string path, long bytes) => new(
        TooMuchRule,
        At(path),
        string.Create(CultureInfo.InvariantCulture, $"the tables and calendars of the rules are larger than {bytes:N0} bytes together"));

    public static Diagnostic NoRules(string path) => new(NoRulesRule, At(path), "the folder holds no rules: files of rules end in `.ccc`");

    public static Diagnostic TookTooLong(ImmutableArray<SourceText> texts, TimeSpan limit) =>
        ToolchainDiagnostics.TookTooLong(texts.IsEmpty ? At("") : texts[0].GetLocation(new TextSpan(0, 0)), limit);

    private static TextLocation At(string path) => SourceText.From(path, "").GetLocation(new TextSpan(0, 0));
}
