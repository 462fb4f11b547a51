using System.Diagnostics;

namespace CccRules.Batch.Checkpoints;

/// <summary>Writes down now and then how far a run has come.</summary>
/// <param name="file">Where checkpoints go.</param>
/// <param name="identity">What the run is made of.</param>
/// <param name="from">The checkpoint that the run goes on from; null begins anew.</param>
public sealed class RunJournal(CheckpointFile file, RunIdentity identity, Checkpoint? from = null)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Where checkpoints go.</summary>
    public CheckpointFile File { get; } = file;

    /// <summary>What the run is made of.</summary>
    public RunIdentity Identity { get; } = identity;

    /// <summary>The checkpoint that the run goes on from; null begins anew.</summary>
    public Checkpoint? From { get; } = from;

    /// <summary>Time between two checkpoints. Each costs a flush to the disk, or a commit.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>There is a checkpoint to go on from.</summary>
    public bool HasSaved => Saved is not null;

    /// <summary>The last checkpoint that was written, or the one that the run goes on from.</summary>
    public Checkpoint? Saved { get; private set; } = from;

    /// <summary>Asked after each batch instead of the clock; null asks the clock.</summary>
    internal Func<bool>? IsDueAt { get; init; }

    internal bool IsDue => IsDueAt?.Invoke() ?? _clock.Elapsed >= Interval;

    internal void Save(Checkpoint checkpoint)
    {
        File.Write(checkpoint);
        Saved = checkpoint;
        _clock.Restart();
    }

    internal void Complete() => File.Delete();
}
