using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Output;
using CccRules.Batch.Sources;

namespace CccRules.Cli.Classification;

/// <summary>The options of <c>ccc classify</c> beyond those of every run over records: what it reads, writes and keeps.</summary>
internal sealed class ClassifyOptions
{
    private readonly SourceArguments _source = new();

    private readonly Option<string> _output = new("--out")
    {
        Required = true,
        HelpName = "FILE",
        Description = "Where the answers go: a file, CSV unless it ends in .jsonl (or .tsv; .gz compresses), `-` for standard output, sqlite:FILE?table=NAME, postgres://HOST/DATABASE?table=NAME",
    };

    private readonly Option<TextFormat?> _outputFormat = Choice<TextFormat>("--out-format", "csv|jsonl", "How answers are written, where the name of the output does not say it", ("csv", TextFormat.Csv), ("jsonl", TextFormat.JsonLines));

    private readonly Option<OutputLayout?> _layout = Choice<OutputLayout>(
        "--layout", "wide|long", "A column for each norm (wide, unless told otherwise), or a line for each norm that is not settled as not applicable (long)", ("wide", OutputLayout.Wide), ("long", OutputLayout.Long));

    private readonly Option<string[]> _norms = new("--norms") { HelpName = "NAME,…", Description = "The norms to tell of, such as qr_mark or 'cn.ccc.*'; unless told otherwise all" };

    private readonly Option<MissingFacts?> _missing = Choice<MissingFacts>(
        "--missing", "all|first|none", "Of the facts that would settle what is open all (unless told otherwise), the one to ask for first, or none, which is fastest", ("all", MissingFacts.All), ("first", MissingFacts.First), ("none", MissingFacts.None));

    private readonly Option<bool> _lazy = new("--lazy") { Description = "Reads of a record that by its HS code no norm can concern nothing but the code and its date: faster, but what is wrong elsewhere in it is not noticed" };
    private readonly Option<bool> _strict = new("--strict") { Description = "Reads every value of every record, as unless told otherwise" };
    private readonly Option<bool> _explain = new("--explain") { Description = "Adds the reasons of each outcome with their sources; the answers are JSON Lines then" };
    private readonly Option<bool> _spreadsheet = new("--spreadsheet") { Description = "Writes CSV that is safe to open in a spreadsheet: text that begins like a formula gets an apostrophe before it" };
    private readonly Option<string[]> _keep = new("--keep") { HelpName = "COLUMN,…", Description = "Columns of the records that come back beside the answers; `*`, as unless told otherwise, for all" };
    private readonly Option<string> _rejects = new("--rejects") { HelpName = "FILE", Description = "Where rows go that could not be read, each with its reason; without it they are only counted" };

    private readonly Option<RejectLimit?> _mostRejects = new("--max-rejects")
    {
        HelpName = "N|N%",
        Description = "Stops the run when more rows than this are rejected, or more than this share of them",
        CustomParser = result => RejectLimit.Parse(result.Tokens[0].Value) ?? Refuse<RejectLimit>(result, "a number such as 100, or a share such as 0.5%"),
    };

    private readonly Option<Shard?> _shard = new("--shard")
    {
        HelpName = "K/N",
        Description = "Takes one of N equal parts of the records, such as 3/16; `ccc merge` joins the summaries",
        CustomParser = result => Shard.Parse(result.Tokens[0].Value) ?? Refuse<Shard>(result, "a part such as 3/16"),
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on with the run of the same command that was interrupted; begins where there was none" };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replaces outputs that are there already; they stay until the run is complete" };
    private readonly Option<string> _checkpoint = new("--checkpoint") { HelpName = "FILE", Description = "Where the run writes down how far it has come; beside the output unless told otherwise" };
    private readonly Option<double> _checkpointEvery = new("--checkpoint-every")
    {
        HelpName = "SECONDS",
        Description = "Time between two checkpoints; 2 unless told otherwise, 0 for one after each batch",
        DefaultValueFactory = _ => 2,
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400
            ? seconds
            : Refuse<double>(result, "a number of seconds"),
    };

    private readonly Option<string> _summary = new("--summary") { HelpName = "FILE.json", Description = "Writes what the run did, for programs" };
    private readonly Option<string> _report = new("--report") { HelpName = "FILE.html", Description = "Writes what the run found, as a page to read" };

    private readonly Option<int> _threads = new("--threads")
    {
        HelpName = "N",
        Description = "Threads that classify; as many as the machine has unless told otherwise",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Compiles the rules anew, and does not keep them compiled for the next run" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Prints no summary and no progress" };

    public ClassifyOptions() => _threads.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1024))
        {
            result.AddError($"`--threads` takes a number from 1 to 1024, not `{token.Value}`");
        }
    });

    public void AddTo(Command command, Action addRunOptions)
    {
        _source.AddInput(command);
        command.Add(_output);
        addRunOptions();
        _source.AddTo(command);
        foreach (var option in (Option[])[_keep, _norms, _missing, _layout, _outputFormat, _lazy, _strict, _explain, _spreadsheet, _rejects, _mostRejects, _resume, _overwrite, _checkpoint, _checkpointEvery, _summary, _report, _shard, _threads, _noCache, _quiet])
        {
            command.Add(option);
        }
    }

    /// <summary>Rules that were compiled before need not be compiled again.</summary>
    public bool UsesCache(ParseResult parsed) => !parsed.GetValue(_noCache);

    /// <summary>What the command says.</summary>
    public ClassifyRequest Read(ParseResult parsed, CommandHost host) => new()
    {
        Inputs = [.. _source.Inputs(parsed)],
        Source = _source.Options(parsed, host),
        Output = parsed.GetRequiredValue(_output),
        OutputFormat = parsed.GetValue(_outputFormat),
        Layout = parsed.GetValue(_layout) ?? OutputLayout.Wide,
        Norms = Split(parsed.GetValue(_norms)),
        Missing = parsed.GetValue(_missing) ?? MissingFacts.All,
        IsLazy = parsed.GetValue(_lazy),
        IsStrict = parsed.GetValue(_strict),
        Explains = parsed.GetValue(_explain),
        ForSpreadsheet = parsed.GetValue(_spreadsheet),
        Kept = Names(parsed.GetValue(_keep)),
        Rejects = parsed.GetValue(_rejects),
        MostRejects = parsed.GetValue(_mostRejects),
        Shard = parsed.GetValue(_shard),
        Resumes = parsed.GetValue(_resume),
        Overwrites = parsed.GetValue(_overwrite),
        Checkpoint = parsed.GetValue(_checkpoint),
        CheckpointEvery = TimeSpan.FromSeconds(parsed.GetValue(_checkpointEvery)),
        Summary = parsed.GetValue(_summary),
        Report = parsed.GetValue(_report),
        Threads = parsed.GetValue(_threads),
        IsQuiet = parsed.GetValue(_quiet),
    };

    /// <summary>The columns that are named to come back; none: all of them.</summary>
    private static ImmutableArray<string> Names(string[]? names)
    {
        var all = Split(names);
        return all.Contains("*") ? [] : all;
    }

    private static ImmutableArray<string> Split(string[]? names) =>
        [.. (names ?? []).SelectMany(name => name.Split(',')).Select(name => name.Trim()).Where(name => name.Length > 0)];

    private static T? Refuse<T>(ArgumentResult result, string expected)
    {
        result.AddError($"`{(result.Parent as OptionResult)?.Option.Name}` takes {expected}, not `{result.Tokens[0].Value}`");
        return default;
    }

    internal static Option<T?> Choice<T>(string name, string help, string description, params (string Word, T Value)[] choices)
        where T : struct => new(name)
        {
            HelpName = help,
            Description = description,
            CustomParser = result =>
            {
                foreach (var (word, value) in choices)
                {
                    if (word == result.Tokens[0].Value)
                    {
                        return value;
                    }
                }

                result.AddError($"`{name}` takes {string.Join(" or ", choices.Select(choice => $"`{choice.Word}`"))}, not `{result.Tokens[0].Value}`");
                return null;
            },
        };
}
