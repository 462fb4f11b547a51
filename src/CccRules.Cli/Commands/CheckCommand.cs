using System.Collections.Immutable;
using System.CommandLine;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc check</c>: what is wrong in rules, without running them.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create();
        var format = RulesArgument.Choice("--format", "How to say it (text unless told otherwise; sarif is for code review tools)", "text", "json", "sarif");
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Prints errors only" };
        var lints = new Option<bool>("--lints") { Description = "Prints remarks as well, such as names that nothing uses" };
        var command = new TaughtCommand(
            "check",
            "Finds what is wrong in rules, without running them.",
            "ccc check rulesets/cn",
            "ccc check rulesets --format sarif > findings.sarif")
        {
            rules, format, quiet, lints,
        };
        command.SetAction(parsed => (int)Run(
            RulesArgument.Load(parsed, rules, host, cancellation),
            parsed.GetValue(format) ?? "text",
            parsed.GetValue(quiet) ? DiagnosticSeverity.Error : parsed.GetValue(lints) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
            host,
            cancellation));
        return command;
    }

    private static ExitCode Run(LoadedRules rules, string format, DiagnosticSeverity least, CommandHost host, CancellationToken cancellation)
    {
        // What is sound by itself may still be wrong together: the cheap proofs; `ccc prove` asks the others.
        ImmutableArray<Diagnostic> found = rules.HasErrors ? rules.Diagnostics : [.. rules.Diagnostics.Concat(rules.Compilation.ProveConditions(cancellation)).Order(Diagnostic.Order)];
        switch (format)
        {
            case "json":
                host.Out.Write(DiagnosticJson.Write(found));
                break;
            case "sarif":
                host.Out.Write(DiagnosticSarif.Write(found, CommandLine.Version));
                break;
            default:
                WriteText(rules, found, least, host.Out);
                break;
        }

        return rules.HasErrors ? ExitCode.FoundErrors : ExitCode.Done;
    }

    private static void WriteText(LoadedRules rules, ImmutableArray<Diagnostic> found, DiagnosticSeverity least, Screen screen)
    {
        ImmutableArray<Diagnostic> shown = [.. found.Where(diagnostic => diagnostic.Severity >= least)];
        DiagnosticReport.Write(screen, shown);
        if (least == DiagnosticSeverity.Error)
        {
            return;
        }

        var files = DiagnosticReport.Count(rules.Trees.Length + rules.Unreadable.Length, "file");
        screen.WriteLine($"{files}: {DiagnosticRenderer.Summarize(shown)}");
        if (found.Length - shown.Length is > 0 and var hidden)
        {
            screen.WriteLine($"{DiagnosticReport.Count(hidden, "remark")} not shown; `--lints` shows them");
        }
    }
}
