using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Cli.Classification;
using CccRules.Cli.Explaining;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc explain</c>: what a message means, or why rules come to what they come to for one record.</summary>
internal sealed class ExplainCommand
{
    private readonly Argument<string[]> _rules = RulesArgument.Create("RULES…|CODE");
    private readonly RunOptions _run = new();

    private readonly Option<string[]> _set = new("--set") { HelpName = "FIELD=VALUE", Description = "A fact of the record, such as --set hs_code=8507.60; what is not set is not known" };
    private readonly Option<string> _json = new("--json") { HelpName = "FILE", Description = "Facts from a file with one JSON object; `-` for standard input" };
    private readonly Option<string> _input = new("--in") { HelpName = "FILE", Description = "Facts from a record of a file, or of whatever else `ccc classify` reads; `-` for standard input" };
    private readonly Option<long> _row = new("--row") { HelpName = "N", Description = "Which row, from 1; the header does not count" };
    private readonly Option<string[]> _norms = new("--norm") { HelpName = "NAME", Description = "Explains this obligation or option only" };
    private readonly Option<string> _format = RulesArgument.Choice("--format", "How to say it (text unless told otherwise)", "text", "json");
    private readonly Option<bool> _full = new("--full") { Description = "Tells conditions as well that make no difference" };
    private readonly Option<bool> _ways = new("--ways") { Description = "Looks for the fewest facts that would change the outcome, and for every smallest way to comply" };
    private readonly Option<string> _whyNot = RulesArgument.Choice("--why-not", "Tells what keeps it from a status", "not_applicable", "not_available", "exempt", "not_in_force", "fulfilled", "taken", "breached", "required", "available");
    private readonly CommandHost _host;
    private readonly CancellationToken _cancellation;

    private ExplainCommand(CommandHost host, CancellationToken cancellation)
    {
        _host = host;
        _cancellation = cancellation;
    }

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var explain = new ExplainCommand(host, cancellation);
        var command = new TaughtCommand(
            "explain",
            "Tells why rules come to what they come to for one record, and what would settle what is open; or what a message's code means.",
            "ccc explain rulesets/cn --set hs_code=8507.60 --set portable_energy_store=yes --as-of 2026-06-01 --norm qr_mark",
            "ccc explain rulesets/cn --in declarations.csv --row 17 --as-of declared_on",
            "ccc explain CCC2001")
        {
            explain._rules, explain._set, explain._json, explain._input, explain._row, explain._norms,
        };
        explain._run.AddTo(command);
        command.Add(explain._full);
        command.Add(explain._ways);
        command.Add(explain._whyNot);
        command.Add(explain._format);
        command.SetAction(parsed => (int)explain.Run(parsed));
        return command;
    }

    private ExitCode Run(ParseResult parsed)
    {
        if (parsed.GetRequiredValue(_rules) is [var word] && CodePages.IsCode(word))
        {
            _host.Out.WriteLine(CodePages.Find(word)
                ?? throw CommandFaults.WrongValue($"there is no message with the code `{word}`", "`ccc check` prints the code with each message"));
            return ExitCode.Done;
        }

        var loaded = RulesArgument.Load(parsed, _rules, _host, _cancellation, _run.CompilationOptions(parsed));
        if (!DiagnosticReport.AllowsRunning(loaded, _host))
        {
            return ExitCode.FoundErrors;
        }

        try
        {
            Explain(parsed, loaded);
            return ExitCode.Done;
        }
        catch (BatchSetupException fault)
        {
            return SetupFaults.Report(fault, _host);
        }
    }

    private void Explain(ParseResult parsed, LoadedRules loaded)
    {
        var ruleset = _run.InLanguage(parsed, loaded.Compilation.Load());
        var norms = Chosen(parsed.GetValue(_norms) ?? [], ruleset.Manifest);
        var record = Record(parsed, ruleset.Manifest);
        record.Derive(ruleset);
        var explainer = new NormExplainer(loaded.Compilation.Ir, ruleset, record, parsed.GetValue(_full)) { FindsWays = parsed.GetValue(_ways), WhyNot = parsed.GetValue(_whyNot) };
        var explanations = norms.Select(explainer.Explain);
        if (parsed.GetValue(_format) == "json")
        {
            _host.Out.Write(ExplanationJson.Write(explanations));
            return;
        }

        var text = new ExplanationText(_host.Out);
        foreach (var explanation in explanations)
        {
            _cancellation.ThrowIfCancellationRequested();
            text.Write(explanation);
        }

        text.WriteSources();
        if (norms.IsEmpty)
        {
            _host.Out.WriteLine("the rules have no obligations and no options");
        }
    }

    private RecordFacts Record(ParseResult parsed, RulesetManifest manifest)
    {
        var record = new RecordFacts(manifest);
        ReadRow(parsed, manifest, record);
        if (parsed.GetValue(_json) is { } json)
        {
            record.ReadJson(json == "-" ? ReadInput() : RunOptions.ReadText(json, _host), json);
        }

        foreach (var entry in parsed.GetValue(_set) ?? [])
        {
            record.Set(entry);
        }

        foreach (var (question, answer) in _run.Assumptions(parsed, manifest))
        {
            record.Assume(question, answer);
        }

        record.JudgeBy(_run.EvaluationDate(parsed));
        return record;
    }

    private void ReadRow(ParseResult parsed, RulesetManifest manifest, RecordFacts record)
    {
        var path = parsed.GetValue(_input);
        var row = parsed.GetValue(_row);
        if ((path is null) != (row == 0) || row < 0)
        {
            throw CommandFaults.WrongCommand("`--in FILE` and `--row N` go together, and rows count from 1", "`ccc explain --help` tells how they are used");
        }

        if (path is null)
        {
            return;
        }

        using var source = RecordInput.Open(path, _host);
        var options = new BatchOptions { Mapping = _run.Mapping(parsed, manifest, _host), Keep = KeptColumns.Named([]) };
        NameCheck.Check(options, [], source, manifest);
        record.Read(source, options, row);
    }

    private string ReadInput()
    {
        using var reader = new StreamReader(_host.OpenInput());
        return reader.ReadToEnd();
    }

    private static ImmutableArray<NormSchema> Chosen(string[] names, RulesetManifest manifest)
    {
        if (names.Length == 0)
        {
            return manifest.Norms;
        }

        var known = manifest.Norms.Select(norm => norm.Name).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. names.SelectMany(name => manifest.Norms.Where(norm => norm.Name == name || norm.QualifiedName == name) is var found && found.Any()
                ? found
                : throw CommandFaults.WrongValue(
                    $"the rules have no obligation or option `{name}`",
                    [.. UnknownWord.Similar(name, known), string.Create(CultureInfo.InvariantCulture, $"they have {Listing.Of(known)}")])),
        ];
    }
}
