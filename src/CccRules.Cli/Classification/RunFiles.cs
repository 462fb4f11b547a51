using CccRules.Batch;
using CccRules.Batch.Checkpoints;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Tables;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Classification;

/// <summary>The files of a run; none may be written over another, and none that is there already without being told so.</summary>
internal sealed class RunFiles(ClassifyRequest request, RunnableRules rules, string? mapFile, CommandHost host)
{
    private string? OutputFilePath => request.GoesToStandardOutput || request.OutputTable is not null ? null : host.FullPath(request.Output);

    /// <summary>An address as it may be shown.</summary>
    public static string Shown(string address) => TableAddress.Parse(address)?.Shown ?? address;

    /// <summary>Every file that the run reads or writes but one.</summary>
    public IEnumerable<string> AllBut(string? one)
    {
        string?[] written = [OutputFilePath, request.OutputTable?.FilePath(host.Folder), request.Rejects, request.Summary, request.Report];
        var left = one is null ? null : host.FullPath(one);
        return RecordSources.FilesOf(request.Inputs, host.Folder)
            .Concat(rules.Files.Select(host.FullPath))
            .Concat(written.Append(mapFile).OfType<string>().Select(host.FullPath).Where(path => path != left));
    }

    /// <summary>Opens the output, or the part of it that an interrupted run has left.</summary>
    public OutputFile OpenOutput(Checkpoint? from)
    {
        var path = host.FullPath(request.Output);
        return from is null
            ? OutputFile.Create(path, AllBut(request.Output))
            : OutputFile.Reopen(path, from.OutputMark, from.IsAtEnd, AllBut(request.Output));
    }

    /// <summary>Opens the run's checkpoints, with the one to go on from; null where a run cannot be resumed.</summary>
    /// <exception cref="BatchSetupException">An interrupted run is there that was of another kind, or that nobody asked to go on with.</exception>
    public RunJournal? OpenJournal(IRecordSource source, RunIdentity identity, RulesetManifest manifest)
    {
        if (source.Identity is null || request.GoesToStandardOutput || IsDevice())
        {
            return request.Resumes
                ? throw Problem(BatchProblemKind.NotResumable, "a run that reads or writes a stream cannot be resumed: what went through is gone")
                : null;
        }

        var file = new CheckpointFile(CheckpointPath());
        RunJournal Journal(Checkpoint? from) => new(file, identity, from) { Interval = request.CheckpointEvery };
        if (!file.Exists)
        {
            return Journal(null);
        }

        if (!request.Resumes)
        {
            if (!request.Overwrites)
            {
                throw Problem(BatchProblemKind.InterruptedRun, $"a run into '{Shown(request.Output)}' was interrupted; `--resume` goes on with it, `--overwrite` begins again");
            }

            file.Delete();
            return Journal(null);
        }

        return Journal(Read(file, identity, manifest));
    }

    /// <exception cref="BatchSetupException">An output is there already.</exception>
    public void RefuseExisting(RunJournal? journal)
    {
        if (request.Overwrites || journal?.From is not null)
        {
            return;
        }

        foreach (var path in new[] { OutputFilePath, request.Rejects, request.Summary, request.Report }.OfType<string>())
        {
            var full = host.FullPath(path);
            if (RegularFile.Is(full) && File.Exists(full) && !AllBut(path).Contains(full, StringComparer.Ordinal))
            {
                throw Problem(BatchProblemKind.OutputExists, $"'{(path == OutputFilePath ? request.Output : path)}' is there already");
            }
        }
    }

    private string CheckpointPath() => request.Checkpoint is { } path ? host.FullPath(path)
        : request.OutputTable is { } table ? table.CheckpointPath(host.Folder)
        : host.FullPath(request.Output) + ".checkpoint";

    private bool IsDevice() => OutputFilePath is { } path && !RegularFile.Is(path);

    private static Checkpoint Read(CheckpointFile file, RunIdentity identity, RulesetManifest manifest)
    {
        try
        {
            var from = file.Read(manifest);
            var differences = identity.DifferencesFrom(from.Identity);
            return differences.IsEmpty ? from : throw Problem(
                BatchProblemKind.OtherRun,
                $"the interrupted run was another one, it differs in {string.Join(", ", differences)}; run it again as it was, or begin anew with `--overwrite`");
        }
        catch (InvalidDataException fault)
        {
            throw Problem(BatchProblemKind.DamagedCheckpoint, fault.Message);
        }
    }

    private static BatchSetupException Problem(BatchProblemKind kind, string message) => new([new BatchProblem(kind, message)]);
}
