using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using CccRules.Cli.Testing;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc test</c>: runs the scenarios that stand beside rules.</summary>
internal static class TestCommand
{
    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create();
        var format = RulesArgument.Choice("--format", "How to say it (text unless told otherwise; junit is XML for build servers)", "text", "junit");
        var output = new Option<string>("--out", "-o") { Description = "Writes the result into a file", HelpName = "FILE" };
        var filter = new Option<string>("--filter") { Description = "Runs only scenarios with this text in their name or in that of their ruleset", HelpName = "TEXT" };
        var generate = new Option<bool>("--generate") { Description = "Writes scenarios instead of running them: records at, just below and just above each value at which an outcome changes" };
        var coverage = new Option<bool>("--coverage") { Description = "Tells what the scenarios try of each norm: its statuses, its conditions both ways, the values at which it changes" };
        var command = new TaughtCommand(
            "test",
            "Runs the scenarios beside rules and compares what comes out with what they expect.",
            "ccc test rulesets/cn",
            "ccc test rulesets/cn --filter \"power bank\"",
            "ccc test rulesets --format junit --out scenarios.xml",
            "ccc test rulesets/cn --coverage",
            "ccc test rulesets/cn --generate --out boundaries.ccc")
        {
            rules, format, output, filter, generate, coverage,
        };
        command.SetAction(parsed =>
        {
            var loaded = RulesArgument.Load(parsed, rules, host, cancellation);
            return (int)(!DiagnosticReport.AllowsRunning(loaded, host) ? ExitCode.FoundErrors
                : parsed.GetValue(generate) ? Generate(loaded, parsed.GetValue(output), host, cancellation)
                : parsed.GetValue(coverage) ? Cover(loaded, host, cancellation)
                : Run(loaded, parsed.GetValue(filter), parsed.GetValue(format) == "junit", parsed.GetValue(output), host, cancellation));
        });
        return command;
    }

    private static ExitCode Generate(LoadedRules rules, string? path, CommandHost host, CancellationToken cancellation)
    {
        var boundaries = rules.Compilation.Boundaries(cancellation, out var found);
        var name = path is null or "-" ? "boundaries" : Path.GetFileNameWithoutExtension(path);
        var text = boundaries.Write(name.All(character => char.IsLetterOrDigit(character) || character == '_') ? name : "boundaries", found);
        if (path is null or "-")
        {
            host.Out.Write(text);
            return ExitCode.Done;
        }

        WholeFile.Write(path, Encoding.UTF8.GetBytes(text), host);
        host.Out.WriteLine($"{DiagnosticReport.Count(found.Length, "boundary", "boundaries")}; confirm each scenario against the law");
        return ExitCode.Done;
    }

    private static ExitCode Cover(LoadedRules rules, CommandHost host, CancellationToken cancellation)
    {
        CoverageText.Write(rules.Compilation.Coverage(cancellation), host.Out);
        return ExitCode.Done;
    }

    private static ExitCode Run(LoadedRules rules, string? filter, bool isJUnit, string? path, CommandHost host, CancellationToken cancellation)
    {
        var runs = ScenarioRun.RunAll(rules.Compilation, filter, cancellation);
        if (filter is not null && runs.IsEmpty)
        {
            throw CommandFaults.WrongValue($"no scenario has `{filter}` in its name", "leave `--filter` out to run all scenarios");
        }

        if (isJUnit)
        {
            WriteJUnit(runs, path, host);
        }
        else
        {
            WriteText(runs, path, host);
        }

        if (runs.SelectMany(run => run.Disagreements).FirstOrDefault() is { } disagreement)
        {
            host.ReportInternal(disagreement);
            return ExitCode.InternalError;
        }

        return runs.All(run => run.IsPassed) ? ExitCode.Done : ExitCode.FoundErrors;
    }

    private static void WriteJUnit(ImmutableArray<ScenarioRun> runs, string? path, CommandHost host)
    {
        var xml = JUnitReport.Write(runs);
        if (path is null or "-")
        {
            host.Out.Write(Encoding.UTF8.GetString(xml));
            return;
        }

        WholeFile.Write(path, xml, host);
        host.Out.WriteLine(Summary(runs));
    }

    private static void WriteText(ImmutableArray<ScenarioRun> runs, string? path, CommandHost host)
    {
        if (path is null or "-")
        {
            Write(runs, host.Out);
            return;
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(runs, new Screen(text));
        WholeFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), host);
        host.Out.WriteLine(Summary(runs));
    }

    private static void Write(ImmutableArray<ScenarioRun> runs, Screen screen)
    {
        foreach (var run in runs.Where(run => !run.IsPassed))
        {
            Write(run, screen);
        }

        screen.WriteLine(Summary(runs));
    }

    private static void Write(ScenarioRun run, Screen screen)
    {
        screen.Write("failed", RenderStyle.Error);
        screen.Write($": {Screen.Escape(run.Name)}", RenderStyle.Message);
        screen.WriteLine();
        foreach (var (place, text) in run.Failures)
        {
            screen.Write("  --> ", RenderStyle.Gutter);
            screen.WriteLine(Screen.Escape(place.ToString()));
            screen.WriteLine($"      {Screen.Escape(text)}");
        }

        foreach (var disagreement in run.Disagreements)
        {
            screen.Write("  = ", RenderStyle.Gutter);
            screen.WriteLine($"internal error: {Screen.Escape(disagreement)}");
        }

        screen.WriteLine();
    }

    private static string Summary(ImmutableArray<ScenarioRun> runs)
    {
        var failed = runs.Count(run => !run.IsPassed);
        return runs.IsEmpty ? "no scenarios"
            : $"{DiagnosticReport.Count(runs.Length, "scenario")}: {(runs.Length - failed).ToString(CultureInfo.InvariantCulture)} passed, {failed.ToString(CultureInfo.InvariantCulture)} failed";
    }
}
