using System.Data.Common;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Checkpoints;
using CccRules.Batch.Counting;
using CccRules.Batch.Mapping;
using CccRules.Batch.Output;
using CccRules.Batch.Reporting;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Runtime;

namespace CccRules.Cli.Classification;

/// <summary>One run of <c>ccc classify</c>, from opening its input to the last file that it writes.</summary>
internal sealed class ClassificationRun(ClassifyRequest request, Ruleset ruleset, BatchOptions options, RunFiles files, CommandHost host)
{
    /// <exception cref="CommandException">Something cannot be read or written, or too much is rejected.</exception>
    /// <exception cref="BatchSetupException">The run cannot begin.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Run(CancellationToken cancellation)
    {
        using var source = OpenSource();
        NameCheck.Check(options, request.Kept, source, ruleset.Manifest);
        var layout = RecordLayout.Create(source, ruleset.Manifest, options);
        var schema = OutputSchema.Of(layout, request.Layout, request.Missing);
        var identity = IdentityOfRun.Of(request, source, ruleset, options);
        var journal = files.OpenJournal(source, identity, ruleset.Manifest);
        files.RefuseExisting(journal);
        WarnOfColumns(layout);
        using var sink = OpenSink(schema, journal?.From);
        using var rejects = OpenRejects(journal?.From);
        var summary = Classify(source, layout, sink, rejects, journal, cancellation);
        Tell(summary, identity, layout, source.Name);
    }

    private BatchSummary Classify(
        IRecordSource source, RecordLayout layout, IRecordSink sink, RejectsFile? rejects, RunJournal? journal, CancellationToken cancellation)
    {
        // A run that waits for a pipe cannot be asked to stop: what it has begun is taken away at once.
        using var stop = source.Identity is not null ? default : cancellation.Register(() =>
        {
            sink.Dispose();
            rejects?.Dispose();
        });
        try
        {
            return ProgressDisplay.Run(
                progress => new BatchClassifier(layout, () => new RulesetBatchEvaluator(ruleset), options) { OnProgress = progress }
                    .Run(source, sink, rejects, journal, cancellation),
                request.IsQuiet ? null : host.Error);
        }
        catch (OperationCanceledException)
        {
            TellHowToGoOn(journal, "stopped");
            throw;
        }
        catch (TooManyRejectsException fault)
        {
            throw CommandFaults.TooManyRejects(
                fault, request.Rejects is { } path ? $"they are in {Screen.Escape(path)}, each with its reason" : "`--rejects FILE` writes them down, each with its reason");
        }
        catch (DataChangedException fault)
        {
            throw CommandFaults.DataChanged(fault, journal is { HasSaved: true } ? ["what is written so far belongs to the data as they were; `--overwrite` begins again"] : []);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            throw CommandFaults.RunFailed(fault, journal is { HasSaved: true } ? ["when that is mended, the same command with `--resume` goes on from the last checkpoint"] : []);
        }
    }

    private void TellHowToGoOn(RunJournal? journal, string what)
    {
        if (journal is { HasSaved: true })
        {
            var rows = journal.Saved?.Position.Rows ?? 0;
            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} after {rows:N0} rows; the same command with `--resume` goes on from there"));
        }
    }

    private void WarnOfColumns(RecordLayout layout)
    {
        if (request.IsQuiet)
        {
            return;
        }

        if (!layout.UnfilledFields.IsEmpty)
        {
            host.Error.WriteLine($"no column feeds {Listing.Of(layout.UnfilledFields)}");
        }

        if (!layout.IgnoredColumns.IsEmpty)
        {
            host.Error.WriteLine($"columns that feed no field: {Listing.Of(layout.IgnoredColumns)}");
        }
    }

    private void Tell(BatchSummary summary, RunIdentity identity, RecordLayout layout, string input)
    {
        var document = new SummaryDocument
        {
            Run = identity.Parts,
            Input = input,
            Shards = request.Shard is { } shard ? [shard.ToString()] : [],
            Counts = CountsDocument.Of(summary),
        };
        if (request.Summary is { } path)
        {
            WholeFile.Write(path, document.ToJson(), host);
        }

        if (request.Report is { } report)
        {
            WholeFile.Write(report, HtmlReport.Write(document), host);
        }

        if (!request.IsQuiet)
        {
            var screen = request.GoesToStandardOutput ? host.Error : host.Out;
            new ClassificationReport(summary, layout, screen) { RejectsPath = request.Rejects, HasDate = options.AsOf is not null, Shard = request.Shard }.Write();
        }
    }

    private IRecordSource OpenSource()
    {
        try
        {
            return RecordSources.Open(request.Inputs, request.Source);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            throw CommandFaults.Unreadable(request.Inputs is [var input] ? RunFiles.Shown(input) : "the input", fault);
        }
    }

    private IRecordSink OpenSink(OutputSchema schema, Checkpoint? from)
    {
        try
        {
            if (request.OutputTable is { } table)
            {
                return table.OpenSink(host.Folder, schema, request.Overwrites);
            }

            var file = request.GoesToStandardOutput ? host.OpenOutput() : files.OpenOutput(from);
            IRowFormat format = request.EffectiveFormat == TextFormat.JsonLines
                ? new JsonLinesFormat(schema, request.Explains)
                : new CsvFormat(schema, RecordSources.SeparatorOf(RecordSources.WithoutCompression(request.Output)), request.ForSpreadsheet);
            return new FileSink(file, format, RecordSources.IsCompressed(request.Output));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            throw CommandFaults.Unwritable(RunFiles.Shown(request.Output), fault);
        }
    }

    private RejectsFile? OpenRejects(Checkpoint? from) => request.Rejects is null ? null : new RejectsFile(host.FullPath(request.Rejects), files.AllBut(request.Rejects))
    {
        NamesInput = request.Inputs.Length > 1 || request.Inputs[0].AsSpan().ContainsAny('*', '?'),
        IsComplete = from?.IsAtEnd == true,
    };
}
