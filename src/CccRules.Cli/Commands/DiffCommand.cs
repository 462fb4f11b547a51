using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Cli.Comparing;
using CccRules.Compiler;
using CccRules.Compiler.Proof;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc diff</c>: which outcomes change from one ruleset to another, proved, and counted in one's own records.</summary>
internal sealed class DiffCommand
{
    private readonly Argument<string> _old = new("OLD") { Description = "The rules before: a file, a folder, or a git revision such as v1:rulesets/cn" };
    private readonly Argument<string> _new = new("NEW") { Description = "The rules after" };
    private readonly RunOptions _run = new();
    private readonly Option<string> _on = new("--on") { HelpName = "FILE", Description = "Counts in each change the records of a file, or of whatever else `ccc classify` reads" };
    private readonly Option<string[]> _sum = new("--sum") { HelpName = "COLUMN", Description = "A column of the file that is summed up for each change, such as --sum value" };
    private readonly Option<string> _knownOld = new("--known-old") { HelpName = "DATE", Description = "The old rules as they were known on this day" };
    private readonly Option<string> _knownNew = new("--known-new") { HelpName = "DATE", Description = "The new rules as they were known on this day" };
    private readonly Option<string[]> _norms = new("--norm") { HelpName = "NAME", Description = "Compares this norm or category only" };
    private readonly Option<string> _format = RulesArgument.Choice("--format", "How to say it (text unless told otherwise)", "text", "markdown", "json", "html");
    private readonly Option<string> _out = new("--out", "-o") { HelpName = "FILE", Description = "Writes the result into a file" };
    private readonly CommandHost _host;
    private readonly CancellationToken _cancellation;

    private DiffCommand(CommandHost host, CancellationToken cancellation)
    {
        _host = host;
        _cancellation = cancellation;
    }

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var diff = new DiffCommand(host, cancellation);
        var command = new TaughtCommand(
            "diff",
            "Shows which outcomes change between two rulesets, each with the smallest record that shows it; exits with 1 where any does.",
            "ccc diff v1:rulesets/cn rulesets/cn",
            "ccc diff rulesets/cn rulesets/cn --known-old 2025-12-22 --on declarations.csv --as-of 2026-06-01",
            "ccc diff HEAD~1 rulesets/cn --format html --out changes.html")
        {
            diff._old, diff._new, diff._knownOld, diff._knownNew, diff._norms, diff._on, diff._sum, diff._run.AsOf, diff._run.Map, diff._run.MapFile, diff._run.Assume, diff._format, diff._out,
        };
        command.SetAction(parsed => (int)diff.Run(parsed));
        return command;
    }

    private ExitCode Run(ParseResult parsed)
    {
        var (oldPath, newPath) = (parsed.GetRequiredValue(_old), parsed.GetRequiredValue(_new));
        var old = RulesRevision.Load(oldPath, newPath, _host, Known(parsed, _knownOld), _cancellation);
        var @new = RulesRevision.Load(newPath, oldPath, _host, Known(parsed, _knownNew), _cancellation);
        if (!DiagnosticReport.AllowsRunning(old, _host) || !DiagnosticReport.AllowsRunning(@new, _host))
        {
            return ExitCode.FoundErrors;
        }

        try
        {
            return Compare(parsed, Side(oldPath, parsed.GetValue(_knownOld)), Side(newPath, parsed.GetValue(_knownNew)), old.Compilation, @new.Compilation);
        }
        catch (BatchSetupException fault)
        {
            return Classification.SetupFaults.Report(fault, _host);
        }
        catch (NotSupportedException fault)
        {
            throw CommandFaults.WrongValue($"the two rulesets cannot be compared: {fault.Message}", "compare them after giving one of the two fields another name");
        }
    }

    private ExitCode Compare(ParseResult parsed, string oldName, string newName, Compilation old, Compilation @new)
    {
        // Files of records are run in batches.
        Ruleset Load(Compilation rules) => parsed.GetValue(_on) is null ? rules.LoadForRecords() : rules.Load(isCollectible: true);
        var (before, after) = (LargeStack.Run(() => Load(old)), LargeStack.Run(() => Load(@new)));
        var difference = RulesComparer.Compare(
            old.Unclaimed,
            @new.Unclaimed,
            merged => new BothRecords(merged, Records(before), Records(after)),
            _cancellation);
        difference = Chosen(parsed.GetValue(_norms) ?? [], difference);
        var counts = parsed.GetValue(_on) is { } file ? Count(parsed, file, before.GetAwaiter().GetResult(), after.GetAwaiter().GetResult()) : null;
        var report = new DiffReport(oldName, newName, difference, counts);
        var text = parsed.GetValue(_format) switch
        {
            "json" => DiffJson.Write(report),
            "markdown" => DiffMarkdown.Write(report),
            "html" => DiffHtml.Write(report),
            _ => DiffText.Write(report),
        };
        if (parsed.GetValue(_out) is { } path and not "-")
        {
            WholeFile.Write(path, Encoding.UTF8.GetBytes(text), _host);
            _host.Out.WriteLine(DiffText.Summary(report));
        }
        else
        {
            _host.Out.Write(text);
        }

        return difference.Norms.All(norm => norm.Difference is NormDifference.Same or NormDifference.SameForKnownFacts) ? ExitCode.Done : ExitCode.FoundErrors;
    }

    private static CompiledRecords Records(Task<Ruleset> ruleset) => new(new Lazy<Ruleset>(() => ruleset.GetAwaiter().GetResult()));

    private static string Side(string path, string? known) => known is null ? path : $"{path} as known on {known}";

    private static CompilationOptions Known(ParseResult parsed, Option<string> option) => new()
    {
        KnownOn = parsed.GetValue(option) is not { } text ? null
            : CivilDate.TryParse(text, out var day) ? day
            : throw CommandFaults.WrongValue($"`{option.Name} {text}` is not a date", "write a date as 2026-03-01"),
    };

    private static RulesDifference Chosen(string[] names, RulesDifference difference)
    {
        if (names.Length == 0)
        {
            return difference;
        }

        var chosen = difference.Norms.Where(norm => names.Any(name => norm.Name == name || norm.Name.EndsWith("." + name, StringComparison.Ordinal))).ToImmutableArray();
        return !chosen.IsEmpty ? new RulesDifference(chosen) : throw CommandFaults.WrongValue(
            $"neither ruleset has a norm or category {Listing.Of(names)}",
            [.. UnknownWord.Similar(names[0], [.. difference.Norms.Select(norm => norm.Name[(norm.Name.LastIndexOf('.') + 1)..])])]);
    }

    private RecordCounts Count(ParseResult parsed, string file, Ruleset old, Ruleset @new)
    {
        // A field or question may be there on one side only: what is said of it counts there.
        var both = @new.Manifest with { Facts = [.. @new.Manifest.Facts, .. old.Manifest.Facts.ExceptBy(@new.Manifest.Facts.Select(fact => fact.Name), fact => fact.Name)] };
        var mapping = _run.Mapping(parsed, both, _host);
        ImmutableArray<string> sums = [.. parsed.GetValue(_sum) ?? []];
        CountedSide Side(Ruleset ruleset) => new(ruleset, () => RecordInput.Open(file, _host), new BatchOptions
        {
            Mapping = mapping.Where(entry => !both.Facts.Any(fact => fact.Name == entry.Field) || ruleset.Manifest.Facts.Any(fact => fact.Name == entry.Field && fact.Role != FactRole.EvaluationDate)),
            AsOf = _run.EvaluationDate(parsed),
            Keep = KeptColumns.Named(sums),
        });
        return RecordCounts.Of(Side(old), Side(@new), sums, _cancellation);
    }
}
