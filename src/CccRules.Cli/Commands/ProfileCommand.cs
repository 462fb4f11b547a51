using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Profiling;
using CccRules.Batch.Sources;
using CccRules.Cli.Classification;
using CccRules.Compiler;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc profile</c>: looks at data and drafts the mapping file that classifying them needs.</summary>
internal static class ProfileCommand
{
    private const long RowsUnlessTold = 10_000;

    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "The data, as `ccc classify --in` takes them" };
        var rules = new Option<string[]>("--rules") { HelpName = "RULES", Description = "The rules whose fields the columns shall feed; left out, only the data are described", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--out") { HelpName = "FILE", Description = "Where the draft goes; printed unless told otherwise" };
        var rows = new Option<long>("--rows")
        {
            HelpName = "N",
            Description = "Rows to look at; the first 10,000 unless told otherwise",
            DefaultValueFactory = _ => RowsUnlessTold,
            CustomParser = result =>
            {
                if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                {
                    return number;
                }

                result.AddError($"`--rows` takes a number from 1, not `{result.Tokens[0].Value}`");
                return 0;
            },
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces the draft that is there already" };
        var source = new SourceArguments();
        var command = new TaughtCommand(
            "profile",
            "Looks at data and drafts the mapping that classifying them needs: which column feeds which field, how dates and numbers are written, and how sure each guess is.",
            "ccc profile declarations.csv --rules rulesets/cn --out customs.map",
            "ccc profile lines.txt --delimiter tab --encoding gb18030")
        {
            file, rules, output, rows, overwrite,
        };
        source.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                RulesetManifest? manifest = null;
                if (parsed.GetValue(rules) is { Length: > 0 } paths)
                {
                    var loaded = RulesetFiles.Load(paths, host, CompilationOptions.Default, cancellation);
                    if (!DiagnosticReport.AllowsRunning(loaded, host))
                    {
                        return (int)ExitCode.FoundErrors;
                    }

                    manifest = loaded.Compilation.Load().Manifest;
                }

                var input = parsed.GetRequiredValue(file);
                var draft = Draft(input, source.Options(parsed, host), parsed.GetValue(rows), manifest);
                if (parsed.GetValue(output) is not { } path)
                {
                    host.Out.Writer.Write(draft);
                }
                else
                {
                    WholeFile.RefuseExisting(path, parsed.GetValue(overwrite), host);
                    WholeFile.Write(path, System.Text.Encoding.UTF8.GetBytes(draft), host);
                }

                return (int)ExitCode.Done;
            }
            catch (BatchSetupException fault)
            {
                return (int)SetupFaults.Report(fault, host);
            }
        });
        return command;
    }

    private static string Draft(string input, SourceOptions options, long rows, RulesetManifest? manifest)
    {
        try
        {
            using var source = RecordSources.Open([input], options);
            return MappingDraft.Write(DataProfile.Of(source, rows), manifest, RunFiles.Shown(input));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            throw CommandFaults.Unreadable(RunFiles.Shown(input), fault);
        }
    }
}
