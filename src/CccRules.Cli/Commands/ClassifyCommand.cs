using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Cli.Classification;
using CccRules.Runtime;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc classify</c>: rules over a file of records.</summary>
internal static class ClassifyCommand
{
    private const string Standard = "-";

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create("RULES…");
        var input = new Option<string>("--in") { Required = true, HelpName = "FILE", Description = "The records: a CSV file with a header, UTF-8; `-` for standard input" };
        var output = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "Where the answers go, as CSV; `-` for standard output" };
        var run = new RunOptions();
        var keep = new Option<string[]>("--keep") { HelpName = "COLUMN,…", Description = "Columns of the records that come back beside the answers; `*`, as unless told otherwise, for all" };
        var rejects = new Option<string>("--rejects") { HelpName = "FILE", Description = "Where rows go that could not be read, each with its reason; without it they are only counted" };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Threads that classify; as many as the machine has unless told otherwise", DefaultValueFactory = _ => Environment.ProcessorCount };
        var noCache = new Option<bool>("--no-cache") { Description = "Compiles the rules anew, and does not keep them compiled for the next run" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Prints no summary and no progress" };
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1024))
            {
                result.AddError($"`--threads` takes a number from 1 to 1024, not `{token.Value}`");
            }
        });
        var command = new TaughtCommand(
            "classify",
            "Runs rules over a file of records: for each record and each norm, what it comes to and which facts would settle what is open.",
            "ccc classify rulesets/cn --in declarations.csv --out classified.csv --as-of 2026-06-01 --rejects rejects.csv",
            "ccc classify rulesets/cn --in declarations.csv --out - --as-of declared_on --map \"HS Code=hs_code\" --keep id",
            "ccc classify rulesets/cn --in declarations.csv --out classified.csv --assume old_stock_needs_qr=no")
        {
            rules, input, output,
        };
        run.AddTo(command);
        command.Add(keep);
        command.Add(rejects);
        command.Add(threads);
        command.Add(noCache);
        command.Add(quiet);
        command.SetAction(parsed => (int)Run(parsed, RulesArgument.LoadRunnable(parsed, rules, host, run.CompilationOptions(parsed), !parsed.GetValue(noCache), cancellation)));
        return command;

        ExitCode Run(ParseResult parsed, RunnableRules? loaded)
        {
            if (loaded is null)
            {
                return ExitCode.FoundErrors;
            }

            var ruleset = run.InLanguage(parsed, loaded.Ruleset);
            try
            {
                var files = new RunFiles(parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetValue(rejects), parsed.GetValue(run.MapFile), loaded);
                var kept = Kept(parsed.GetValue(keep));
                var options = new BatchOptions
                {
                    Mapping = run.Mapping(parsed, ruleset.Manifest, host),
                    AsOf = run.EvaluationDate(parsed),
                    Keep = kept.IsEmpty ? KeptColumns.All : KeptColumns.Named(kept),
                    Threads = parsed.GetValue(threads),
                };
                Classify(ruleset, files, options, kept, parsed.GetValue(quiet), host, cancellation);
                return ExitCode.Done;
            }
            catch (BatchSetupException fault)
            {
                return SetupFaults.Report(fault, host);
            }
        }
    }

    private static void Classify(
        Ruleset ruleset, RunFiles files, BatchOptions options, ImmutableArray<string> kept, bool isQuiet, CommandHost host, CancellationToken cancellation)
    {
        using var input = OpenInput(files.Input, host);
        using var source = CsvSource.Open(input);
        NameCheck.Check(options, kept, source, ruleset.Manifest);
        var layout = RecordLayout.Create(source, ruleset.Manifest, options);
        using var sink = new CsvSink(OpenOutput(files, host), layout);
        using var rejects = files.Rejects is null ? null : new RejectsFile(host.FullPath(files.Rejects), files.Others(host, files.Input, files.Output));

        // A run that waits for its input cannot be asked to stop: what it has begun is taken away at once.
        using var stop = cancellation.Register(() =>
        {
            sink.Dispose();
            rejects?.Dispose();
        });
        var classifier = new BatchClassifier(layout, () => new RulesetBatchEvaluator(ruleset), options);
        var summary = RunProgress.Run(to => classifier.Run(source, to, rejects, cancellation), sink, input, isQuiet ? null : host.Error);
        if (!isQuiet)
        {
            var screen = files.Output == Standard ? host.Error : host.Out;
            new ClassificationReport(summary, layout, screen) { RejectsPath = files.Rejects, HasDate = options.AsOf is not null }.Write();
        }
    }

    private static Stream OpenInput(string path, CommandHost host)
    {
        try
        {
            return path == Standard
                ? host.OpenInput()
                : new FileStream(host.FullPath(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFaults.Unreadable(path, fault);
        }
    }

    private static OutputFile OpenOutput(RunFiles files, CommandHost host)
    {
        try
        {
            return files.Output == Standard ? host.OpenOutput() : OutputFile.Create(host.FullPath(files.Output), files.Others(host, files.Input));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFaults.Unwritable(files.Output, fault);
        }
    }

    /// <summary>The columns that are named to come back; none: all of them.</summary>
    private static ImmutableArray<string> Kept(string[]? names)
    {
        ImmutableArray<string> all = [.. (names ?? []).SelectMany(name => name.Split(',')).Select(name => name.Trim()).Where(name => name.Length > 0)];
        return all.Contains("*") ? [] : all;
    }

    /// <summary>The files of a run as they were given; none may be written over another.</summary>
    private sealed record RunFiles(string Input, string Output, string? Rejects, string? MapFile, RunnableRules Rules)
    {
        /// <summary>Files that a run reads or writes otherwise.</summary>
        public IEnumerable<string> Others(CommandHost host, params IEnumerable<string?> files) =>
            Rules.Files.Concat(files).Append(MapFile).OfType<string>().Where(path => path != Standard).Select(host.FullPath);
    }
}
