using System.CommandLine;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Cli.Classification;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc classify</c>: rules over records, wherever they lie.</summary>
internal static class ClassifyCommand
{
    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create("RULES…");
        var run = new RunOptions();
        var options = new ClassifyOptions();
        var command = new TaughtCommand(
            "classify",
            "Runs rules over records: for each record and each norm, what it comes to and which facts would settle what is open.",
            "ccc classify rulesets/cn --in declarations.csv --out classified.csv --as-of 2026-06-01 --rejects rejects.csv",
            "ccc classify rulesets/cn --in 'day/*.csv.gz' --out classified.jsonl --as-of declared_on --map-file customs.map --max-rejects 1%",
            "ccc classify rulesets/cn --in 'postgres://host/db?table=lines' --out 'postgres://host/db?table=classified' --resume --summary run.json",
            "zcat lines.csv.gz | ccc classify rulesets/cn --in - --out - --keep id | gzip > classified.csv.gz")
        {
            rules,
        };
        options.AddTo(command, () => run.AddTo(command));
        command.SetAction(parsed => (int)Run(parsed, RulesArgument.LoadRunnable(parsed, rules, host, run.CompilationOptions(parsed), options.UsesCache(parsed), cancellation)));
        return command;

        ExitCode Run(ParseResult parsed, RunnableRules? loaded)
        {
            if (loaded is null)
            {
                return ExitCode.FoundErrors;
            }

            var request = options.Read(parsed, host);
            request.Check();
            var ruleset = run.InLanguage(parsed, loaded.Ruleset);
            try
            {
                var batch = new BatchOptions
                {
                    Mapping = run.Mapping(parsed, ruleset.Manifest, host),
                    AsOf = run.EvaluationDate(parsed),
                    Keep = request.Kept.IsEmpty ? KeptColumns.All : KeptColumns.Named(request.Kept),
                    Norms = NormChoice.Of(request.Norms, ruleset.Manifest),
                    Missing = request.Missing,
                    Lazy = request.IsLazy,
                    Explain = request.Explains,
                    Shard = request.Shard,
                    MostRejects = request.MostRejects,
                    Threads = request.Threads,
                };
                new ClassificationRun(request, ruleset, batch, new RunFiles(request, loaded, parsed.GetValue(run.MapFile), host), host).Run(cancellation);
                return ExitCode.Done;
            }
            catch (BatchSetupException fault)
            {
                return SetupFaults.Report(fault, host);
            }
        }
    }
}
