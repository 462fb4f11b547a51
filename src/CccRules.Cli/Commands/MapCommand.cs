using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Cli.Classification;
using CccRules.Cli.Explaining;
using CccRules.Cli.Mapping;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc map</c>: what a product must have, may have, and need not have, market by market and authority by authority.</summary>
internal sealed class MapCommand
{
    private readonly Argument<string[]> _rules = RulesArgument.Create();
    private readonly RunOptions _run = new();
    private readonly Option<string[]> _set = new("--set") { HelpName = "FIELD=VALUE", Description = "A fact of the product, such as --set hs_code=8471.30; what is not set is not known" };
    private readonly Option<string> _json = new("--json") { HelpName = "FILE", Description = "Facts from a file with a JSON object, or with an array of them, one a product; `-` for standard input" };
    private readonly Option<string> _input = new("--in") { HelpName = "FILE", Description = "A file, or whatever else `ccc classify` reads, with a product a record; `-` for standard input" };
    private readonly Option<string> _name = new("--name") { HelpName = "FIELD", Description = "The field whose value names a product of a file (its key unless told otherwise)" };
    private readonly Option<string> _format = RulesArgument.Choice("--format", "How to say it (text, or what the name of --out ends in)", "text", "markdown", "html", "json");
    private readonly Option<string> _out = new("--out") { HelpName = "FILE", Description = "Where the map goes: .html, .md, .json or .txt (standard output unless told otherwise)" };
    private readonly Option<bool> _full = new("--full") { Description = "Lists as well what does not concern the product or is not in force" };
    private readonly CommandHost _host;
    private readonly CancellationToken _cancellation;

    private MapCommand(CommandHost host, CancellationToken cancellation)
    {
        _host = host;
        _cancellation = cancellation;
    }

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var map = new MapCommand(host, cancellation);
        var command = new TaughtCommand(
            "map",
            "Draws the certificate map of a product: what is mandatory, de facto required, voluntary, exempt, not in force yet, or open, in each market.",
            "ccc map rulesets/cn --set hs_code=8471.30 --as-of 2026-06-01",
            "ccc map rulesets --json laptop.json --as-of 2026-06-01 --out map.html",
            "ccc map rulesets/cn --in products.csv --as-of 2026-06-01 --format markdown")
        {
            map._rules, map._set, map._json, map._input, map._name,
        };
        map._run.AddTo(command);
        command.Add(map._full);
        command.Add(map._format);
        command.Add(map._out);
        command.SetAction(parsed => (int)map.Run(parsed));
        return command;
    }

    private ExitCode Run(ParseResult parsed)
    {
        var loaded = RulesArgument.Load(parsed, _rules, _host, _cancellation, _run.CompilationOptions(parsed));
        if (!DiagnosticReport.AllowsRunning(loaded, _host))
        {
            return ExitCode.FoundErrors;
        }

        try
        {
            var ruleset = loaded.Compilation.Load();
            var builder = new MapBuilder(loaded.Compilation.Ir, ruleset, loaded.Compilation.Processes);
            Write(parsed, Products(parsed, ruleset.Manifest).Select(product => Map(builder, product)));
            return ExitCode.Done;
        }
        catch (BatchSetupException fault)
        {
            return SetupFaults.Report(fault, _host);
        }
    }

    private CertificateMap Map(MapBuilder builder, (string? Name, RecordFacts Facts) product)
    {
        _cancellation.ThrowIfCancellationRequested();
        return builder.Build(product.Facts, product.Name);
    }

    private void Write(ParseResult parsed, IEnumerable<CertificateMap> maps)
    {
        var path = parsed.GetValue(_out);
        var format = parsed.GetValue(_format) ?? (path is null ? "text" : FormOf(path));
        var isFull = parsed.GetValue(_full);
        if (path is not null)
        {
            WholeFile.Write(path, Encoding.UTF8.GetBytes(Written([.. maps], format, isFull)), _host);
            _host.Error.WriteLine($"wrote {Screen.Escape(path)}");
        }
        else if (format == "text")
        {
            var text = new MapText(_host.Out, isFull);
            foreach (var map in maps)
            {
                text.Write(map);
            }

            text.WriteSources();
        }
        else
        {
            _host.Out.Write(Written([.. maps], format, isFull));
        }
    }

    private static string Written(ImmutableArray<CertificateMap> maps, string format, bool isFull)
    {
        switch (format)
        {
            case "html":
                return MapHtml.Write(maps, isFull);
            case "markdown":
                return string.Concat(maps.Select(map => MapMarkdown.Write(map, isFull)));
            case "json":
                return MapJson.Write(maps);
            default:
                using (var writer = new StringWriter { NewLine = "\n" })
                {
                    var text = new MapText(new Screen(writer), isFull);
                    foreach (var map in maps)
                    {
                        text.Write(map);
                    }

                    text.WriteSources();
                    return writer.ToString();
                }
        }
    }

    private static string FormOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => "html",
        ".MD" => "markdown",
        ".JSON" => "json",
        _ => "text",
    };

    /// <summary>The products, each with its name where the command says one. Facts that are set hold for every one of them.</summary>
    private IEnumerable<(string? Name, RecordFacts Facts)> Products(ParseResult parsed, RulesetManifest manifest)
    {
        var path = parsed.GetValue(_input);
        var json = parsed.GetValue(_json);
        if (path is not null && json is not null)
        {
            throw CommandFaults.WrongCommand("`--in` and `--json` do not go together", "`ccc map --help` tells how they are used");
        }

        var name = parsed.GetValue(_name) is { } field ? FactNames.Find(field, manifest.Facts, "field") : null;
        var records = path is not null ? Rows(parsed, path, manifest)
            : json is not null ? Objects(json == "-" ? ReadInput() : RunOptions.ReadText(json, _host), json, manifest)
            : [new RecordFacts(manifest)];
        foreach (var record in records)
        {
            foreach (var entry in parsed.GetValue(_set) ?? [])
            {
                record.Set(entry);
            }

            foreach (var (question, answer) in _run.Assumptions(parsed, manifest))
            {
                record.Assume(question, answer);
            }

            record.JudgeBy(_run.EvaluationDate(parsed));
            yield return (name is null ? null : record.Written(name), record);
        }
    }

    private IEnumerable<RecordFacts> Rows(ParseResult parsed, string path, RulesetManifest manifest)
    {
        using var source = RecordInput.Open(path, _host);
        var options = new BatchOptions { Mapping = _run.Mapping(parsed, manifest, _host), Keep = KeptColumns.Named([]) };
        NameCheck.Check(options, [], source, manifest);
        foreach (var (line, facts, reasons) in RecordFacts.ReadAll(source, options, manifest))
        {
            if (facts is null)
            {
                _host.Report(CommandFaults.UnreadableRow(line, reasons));
            }
            else
            {
                yield return facts;
            }
        }
    }

    private static IEnumerable<RecordFacts> Objects(string json, string path, RulesetManifest manifest)
    {
        foreach (var text in Texts(json, path))
        {
            var record = new RecordFacts(manifest);
            record.ReadJson(text, path);
            yield return record;
        }
    }

    /// <summary>The JSON texts of the objects of an array; any other text as it is, for the reader of objects to judge.</summary>
    private static ImmutableArray<string> Texts(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(item => item.GetRawText())] : [json];
        }
        catch (JsonException fault)
        {
            throw CommandFaults.WrongValue($"`{path}` is no JSON: {FailureReason.Of(fault)}");
        }
    }

    private string ReadInput()
    {
        using var reader = new StreamReader(_host.OpenInput());
        return reader.ReadToEnd();
    }
}
