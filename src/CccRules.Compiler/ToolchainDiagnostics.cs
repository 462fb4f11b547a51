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

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [MoreErrorsRule];

    public static Diagnostic MoreErrors(TextLocation at, int count) =>
        new(MoreErrorsRule, at, $"{count.ToString(CultureInfo.InvariantCulture)} more errors from here on")
        {
            Fixes = [Fixes.Advice("mend the errors above first; many of these may follow from them")],
        };
}
