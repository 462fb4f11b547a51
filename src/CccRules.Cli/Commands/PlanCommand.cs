using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using CccRules.Cli.Planning;
using CccRules.Compiler;
using CccRules.Compiler.Planning;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc plan</c>: when the steps to a certificate have to begin, and which of them decide.</summary>
internal sealed class PlanCommand
{
    private readonly Argument<string[]> _rules = RulesArgument.Create();
    private readonly Option<string[]> _process = new("--process") { HelpName = "NAME[,NAME…]", Description = "The processes to plan, side by side; what they come after is planned with them; may be left out where the rules have one only", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _readyBy = new("--ready-by") { HelpName = "DATE", Description = "Plans backwards from the day on which all has to be over" };
    private readonly Option<string> _start = new("--start") { HelpName = "DATE", Description = "Plans forwards from the day on which all begins" };
    private readonly Option<string> _today = new("--today") { HelpName = "DATE", Description = "With --ready-by: nothing can begin before this day; says by how much a plan comes too late" };
    private readonly Option<string[]> _lasts = new("--lasts") { HelpName = "STEP=LENGTH", Description = "How long a step takes, where you know better than the rules, such as --lasts \"type_test=4..8 weeks\"; of several processes, --lasts \"radio.test=6 weeks\"" };
    private readonly Option<string> _known = new RunOptions().Known;
    private readonly Option<string[]> _out = new("--out") { HelpName = "FILE", Description = "Writes the plan to a file, in the form that its name ends in: .html, .svg, .md, .json or .txt; may be given several times" };
    private readonly Option<string> _format = RulesArgument.Choice("--format", "How to say it on standard output (text unless told otherwise)", "text", "markdown", "html", "svg", "json");
    private readonly CommandHost _host;
    private readonly CancellationToken _cancellation;

    private PlanCommand(CommandHost host, CancellationToken cancellation)
    {
        _host = host;
        _cancellation = cancellation;
    }

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var plan = new PlanCommand(host, cancellation);
        var command = new TaughtCommand(
            "plan",
            "Plans the steps to a certificate: when each has to begin, which decide, how much time there is to spare.",
            "ccc plan rulesets/cn --process cqc_first_certificate --ready-by 2027-01-15",
            "ccc plan rulesets --process srrc,ccc_first --start 2026-09-01 --lasts \"ccc_first.type_test=6..10 weeks\"",
            "ccc plan rulesets/cn --process cqc_first_certificate --ready-by 2027-01-15 --today 2026-11-25 --out plan.html")
        {
            plan._rules, plan._process, plan._readyBy, plan._start, plan._today, plan._lasts, plan._known, plan._out, plan._format,
        };
        command.SetAction(parsed => (int)plan.Run(parsed));
        return command;
    }

    private ExitCode Run(ParseResult parsed)
    {
        var known = Day(parsed, _known);
        var loaded = RulesArgument.Load(parsed, _rules, _host, _cancellation, new CompilationOptions { KnownOn = known });
        if (!DiagnosticReport.AllowsRunning(loaded, _host))
        {
            return ExitCode.FoundErrors;
        }

        var request = Request(parsed, loaded.Compilation.Processes);
        var plan = Planner.Plan(request);
        if (plan.Processes.Any(process => IsOutside(process.Shortest) || IsOutside(process.Longest)))
        {
            throw CommandFaults.WrongValue("the plan does not fit into the years 1 to 9999", "look at the date and at the lengths of the steps");
        }

        var files = (parsed.GetValue(_out) ?? []).Select(path => (Path: path, Form: FormOf(path))).ToList();
        foreach (var (path, form) in files)
        {
            WholeFile.Write(path, Encoding.UTF8.GetBytes(Written(plan, form)), _host);
            _host.Error.WriteLine($"wrote {Screen.Escape(path)}");
        }

        var format = parsed.GetValue(_format);
        if (format is null or "text")
        {
            new PlanText(_host.Out).Write(plan);
        }
        else
        {
            _host.Out.Write(Written(plan, format));
        }

        return ExitCode.Done;
    }

    private static bool IsOutside(Schedule schedule) => schedule.Steps.Any(step =>
        !CivilDate.IsInRange(step.EarliestStart) || !CivilDate.IsInRange(step.LatestStart) || !CivilDate.IsInRange(step.EarliestEnd) || !CivilDate.IsInRange(step.LatestEnd))
        || !CivilDate.IsInRange(schedule.LatestStart);

    private static string Written(Plan plan, string form)
    {
        switch (form)
        {
            case "html":
                return PlanHtml.Write(plan);
            case "svg":
                return PlanSvg.Write(plan);
            case "markdown":
                return PlanMarkdown.Write(plan);
            case "json":
                return PlanJson.Write(plan);
            default:
                using (var text = new StringWriter { NewLine = "\n" })
                {
                    new PlanText(new Screen(text, width: 80)).Write(plan);
                    return text.ToString();
                }
        }
    }

    private static string FormOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => "html",
        ".SVG" => "svg",
        ".MD" => "markdown",
        ".JSON" => "json",
        ".TXT" => "text",
        _ => throw CommandFaults.WrongValue($"`--out {path}` does not say in which form", "end the name in .html, .svg, .md, .json or .txt"),
    };

    private PlanRequest Request(ParseResult parsed, ImmutableArray<ProcessSymbol> processes)
    {
        var readyBy = Day(parsed, _readyBy);
        var start = Day(parsed, _start);
        var today = Day(parsed, _today);
        if (readyBy is null == start is null)
        {
            throw CommandFaults.WrongCommand("`ccc plan` needs either `--ready-by DATE` or `--start DATE`", "with --ready-by it plans backwards, with --start forwards");
        }

        if (today is not null && readyBy is null)
        {
            throw CommandFaults.WrongCommand("`--today` goes with `--ready-by`", "with --start, the plan begins on that day");
        }

        var chosen = Chosen(parsed, processes);
        return new PlanRequest { Processes = chosen, ReadyBy = readyBy, Start = start, Today = today, Lengths = Lengths(parsed, processes, chosen) };
    }

    private static long? Day(ParseResult parsed, Option<string> option) =>
        parsed.GetValue(option) is not { } text ? null
        : CivilDate.TryParse(text, out var day) ? day
        : throw CommandFaults.WrongValue($"`{option.Name} {text}` is not a date", "write a date as 2026-03-01");

    private ImmutableArray<ProcessSymbol> Chosen(ParseResult parsed, ImmutableArray<ProcessSymbol> processes)
    {
        string[] names = [.. (parsed.GetValue(_process) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (processes.IsEmpty)
        {
            throw CommandFaults.WrongValue("the rules have no process", "a process is declared as: process NAME \"title\" step NAME lasts 4..8 weeks");
        }

        if (names.Length == 0)
        {
            return processes is [var only] ? [only] : throw CommandFaults.WrongCommand("`ccc plan` needs `--process NAME`", $"processes are {Listing.Of([.. processes.Select(process => process.Name)])}");
        }

        var chosen = ImmutableArray.CreateBuilder<ProcessSymbol>();
        foreach (var name in names)
        {
            ImmutableArray<ProcessSymbol> found = [.. processes.Where(process => process.QualifiedName == name || process.Name == name)];
            chosen.Add(found switch
            {
                [var one] => one,
                [] => throw CommandFaults.WrongValue($"the rules have no process `{name}`", Ways(name, processes)),
                _ => throw CommandFaults.WrongValue($"several processes are called `{name}`", [.. found.Select(process => $"say which: {process.QualifiedName}")]),
            });
        }

        return [.. chosen.Distinct()];
    }

    private static ImmutableArray<string> Ways(string name, ImmutableArray<ProcessSymbol> processes)
    {
        var near = UnknownWord.Similar(name, processes.Select(process => process.Name));
        return near.IsEmpty ? [$"processes are {Listing.Of([.. processes.Select(process => process.Name)])}"] : near;
    }

    private ImmutableDictionary<StepSymbol, (StepLength Shortest, StepLength Longest)> Lengths(ParseResult parsed, ImmutableArray<ProcessSymbol> processes, ImmutableArray<ProcessSymbol> chosen)
    {
        var lengths = ImmutableDictionary.CreateBuilder<StepSymbol, (StepLength, StepLength)>();
        foreach (var entry in parsed.GetValue(_lasts) ?? [])
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || LengthText.Parse(entry[(equals + 1)..]) is not { } length)
            {
                throw CommandFaults.WrongValue($"`--lasts {entry}` gives no length", "write it as --lasts \"type_test=4..8 weeks\", the shorter time first");
            }

            var step = Step(entry[..equals].Trim(), processes, chosen);
            if ((length.Shortest.Months | length.Longest.Months) != 0 && step.Process.Module?.Rounding is null)
            {
                throw CommandFaults.WrongValue($"the ruleset of `{step.QualifiedName}` does not say how months are rounded", "give the length in days or weeks, or add `months round down` to the ruleset");
            }

            lengths[step] = length;
        }

        return lengths.ToImmutable();
    }

    private static StepSymbol Step(string name, ImmutableArray<ProcessSymbol> processes, ImmutableArray<ProcessSymbol> chosen)
    {
        ImmutableArray<StepSymbol> all = [.. processes.SelectMany(process => process.Steps)];
        ImmutableArray<StepSymbol> found = [.. all.Where(step => step.QualifiedName == name || $"{step.Process.Name}.{step.Name}" == name || (step.Name == name && chosen.Contains(step.Process)))];
        return found switch
        {
            [var one] => one,
            [] => throw CommandFaults.WrongValue(
                $"no process has a step `{name}`",
                [.. UnknownWord.Similar(name, all.Where(step => chosen.Contains(step.Process)).Select(step => step.Name).Concat(all.Select(step => $"{step.Process.Name}.{step.Name}")))]),
            _ => throw CommandFaults.WrongValue($"several processes have a step `{name}`", [.. found.Select(step => $"say which: {step.Process.Name}.{step.Name}")]),
        };
    }
}
