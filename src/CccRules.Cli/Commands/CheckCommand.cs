using System.Collections.Immutable;
using System.CommandLine;
using CccRules.Cli.Caching;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc check</c>: what is wrong in rules, without running them.</summary>
internal static class CheckCommand
{
    private const string Text = "text";

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create();
        var format = RulesArgument.Choice("--format", "How to say it (text unless told otherwise; sarif is for code review tools)", Text, "json", "sarif");
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
            parsed,
            rules,
            parsed.GetValue(format) ?? Text,
            parsed.GetValue(quiet) ? DiagnosticSeverity.Error : parsed.GetValue(lints) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
            host,
            cancellation));
        return command;
    }

    private static ExitCode Run(
        ParseResult parsed, Argument<string[]> rules, string format, DiagnosticSeverity least, CommandHost host, CancellationToken cancellation)
    {
        var code = ExitCode.Done;
        // A verdict holds no remarks to show.
        var useCache = format == Text && least > DiagnosticSeverity.Info;
        var known = RulesArgument.Judge(parsed, rules, host, useCache, loaded => Judge(loaded, format, least, host, out code, cancellation), cancellation);
        if (known is not null && least != DiagnosticSeverity.Error)
        {
            WriteSummary(known.Files, [], known.Remarks, host.Out);
        }

        return code;
    }

    /// <summary>Says what is wrong.</summary>
    /// <returns>The verdict, if nothing is.</returns>
    private static CleanVerdict? Judge(
        LoadedRules rules, string format, DiagnosticSeverity least, CommandHost host, out ExitCode code, CancellationToken cancellation)
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

        code = rules.HasErrors ? ExitCode.FoundErrors : ExitCode.Done;
        return found.All(diagnostic => diagnostic.Severity < DiagnosticSeverity.Warning) ? new CleanVerdict(CountFiles(rules), found.Length) : null;
    }

    private static void WriteText(LoadedRules rules, ImmutableArray<Diagnostic> found, DiagnosticSeverity least, Screen screen)
    {
        ImmutableArray<Diagnostic> shown = [.. found.Where(diagnostic => diagnostic.Severity >= least)];
        DiagnosticReport.Write(screen, shown);
        if (least != DiagnosticSeverity.Error)
        {
            WriteSummary(CountFiles(rules), shown, found.Length - shown.Length, screen);
        }
    }

    private static void WriteSummary(int files, ImmutableArray<Diagnostic> shown, int hidden, Screen screen)
    {
        screen.WriteLine($"{DiagnosticReport.Count(files, "file")}: {DiagnosticRenderer.Summarize(shown)}");
        if (hidden > 0)
        {
            screen.WriteLine($"{DiagnosticReport.Count(hidden, "remark")} not shown; `--lints` shows them");
        }
    }

    private static int CountFiles(LoadedRules rules) => rules.Trees.Length + rules.Unreadable.Length;
}
