using System.CommandLine;
using CccRules.Cli.Proving;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc prove</c>: what is true of rules for every record.</summary>
internal static class ProveCommand
{
    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create();
        var format = RulesArgument.Choice("--format", "How to say it (text unless told otherwise)", "text", "json");
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leaves out what was proved and remarks on what may well be meant" };
        var command = new TaughtCommand(
            "prove",
            "Proves that rules have no gaps, conflicts and dead parts, and answers their claims, each finding with a record that shows it.",
            "ccc prove rulesets/cn",
            "ccc prove rulesets/cn --format json > proof.json")
        {
            rules, format, quiet,
        };
        command.SetAction(parsed =>
        {
            var loaded = RulesArgument.Load(parsed, rules, host, cancellation);
            return (int)(DiagnosticReport.AllowsRunning(loaded, host)
                ? Run(loaded, parsed.GetValue(format) == "json", parsed.GetValue(quiet), host, cancellation)
                : ExitCode.FoundErrors);
        });
        return command;
    }

    private static ExitCode Run(LoadedRules rules, bool isJson, bool isQuiet, CommandHost host, CancellationToken cancellation)
    {
        var report = rules.Compilation.Prove(cancellation);
        if (isJson)
        {
            host.Out.Write(ProofJson.Write(report));
        }
        else
        {
            new ProofText(host.Out, isQuiet).Write(report);
        }

        var isSound = report.Findings.All(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Info)
            && report.Claims.All(claim => claim.Status != ClaimStatus.Refuted);
        return isSound ? ExitCode.Done : ExitCode.FoundErrors;
    }
}
