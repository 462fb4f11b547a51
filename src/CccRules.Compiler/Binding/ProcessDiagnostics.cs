using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What processes can have wrong in their lengths: CCC503x. One method a message.</summary>
internal static class ProcessDiagnostics
{
    private static readonly DiagnosticDescriptor ReversedLengthRule =
        new("CCC5030", "reversed-length", DiagnosticSeverity.Error, "A step whose shortest time is longer than its longest");

    private static readonly DiagnosticDescriptor UnorderedLengthRule =
        new("CCC5031", "unordered-length", DiagnosticSeverity.Error, "A step's two times are counted so that neither is always the longer");

    private static readonly DiagnosticDescriptor LengthTooLargeRule =
        new("CCC5032", "length-too-large", DiagnosticSeverity.Error, "A step that takes longer than a plan can hold");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [ReversedLengthRule, UnorderedLengthRule, LengthTooLargeRule];

    public static Diagnostic ReversedLength(TextLocation at, StepLength shortest, StepLength longest) =>
        new(ReversedLengthRule, at, $"the shortest time, {shortest}, is longer than the longest, {longest}")
        {
            Fixes = [Ways.Advice($"write the shorter time first: {longest}..{shortest}")],
        };

    public static Diagnostic UnorderedLength(TextLocation at, StepLength shortest, StepLength longest) =>
        new(UnorderedLengthRule, at, $"{shortest} is sometimes longer than {longest}")
        {
            Notes = ["a month has 28 to 31 days"],
            Fixes = [Ways.Advice("count both times in one unit")],
        };

    public static Diagnostic LengthTooLarge(TextLocation at) =>
        new(LengthTooLargeRule, at, $"a step takes at most {StepLength.MostYears.ToString(CultureInfo.InvariantCulture)} years");
}
