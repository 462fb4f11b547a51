using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Compiler;

/// <summary>What the tool itself has to say: CCC0xxx, one method a message.</summary>
internal static class ToolchainDiagnostics
{
    private static readonly DiagnosticDescriptor MoreErrorsRule =
        new("CCC0020", "more-errors", DiagnosticSeverity.Error, "A file has more errors than are shown");

    private static readonly DiagnosticDescriptor TookTooLongRule =
        new("CCC0021", "took-too-long", DiagnosticSeverity.Error, "Compiling the rules took longer than it may");

    private static readonly DiagnosticDescriptor TooMuchTextRule =
        new("CCC0022", "too-much-text", DiagnosticSeverity.Error, "The rules are larger than a compilation takes on");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [MoreErrorsRule, TookTooLongRule, TooMuchTextRule];

    public static Diagnostic TookTooLong(TextLocation at, TimeSpan limit) =>
        new(TookTooLongRule, at, string.Create(CultureInfo.InvariantCulture, $"compiling the rules took longer than {limit.TotalSeconds:0.###} s"))
        {
            Fixes = [Fixes.Advice("split the rules, or let the one who compiles them allow more time")],
        };

    /// <param name="what">Such as <c>files</c>.</param>
    public static Diagnostic TooMuchText(TextLocation at, long limit, string what) =>
        new(TooMuchTextRule, at, string.Create(CultureInfo.InvariantCulture, $"the rules have more than {limit:N0} {what} together"))
        {
            Fixes = [Fixes.Advice("split the rules, or let the one who compiles them raise the limit")],
        };

    public static Diagnostic MoreErrors(TextLocation at, int count) =>
        new(MoreErrorsRule, at, $"{count.ToString(CultureInfo.InvariantCulture)} more errors from here on")
        {
            Fixes = [Fixes.Advice("mend the errors above first; many of these may follow from them")],
        };
}
