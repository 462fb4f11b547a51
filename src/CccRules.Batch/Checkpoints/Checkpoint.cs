using CccRules.Batch.Counting;
using CccRules.Batch.Sources;

namespace CccRules.Batch.Checkpoints;

/// <summary>A place in a run from which another run can go on and come to the same bytes.</summary>
public sealed record Checkpoint
{
    /// <summary>What the run was made of; another run must be made of the same.</summary>
    public required RunIdentity Identity { get; init; }

    /// <summary>The place after the last record that was written.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Batches before that place.</summary>
    public required long Batches { get; init; }

    /// <summary>How far the answers had come: bytes of a file, records that a table answers.</summary>
    public required long OutputMark { get; init; }

    /// <summary>How far the rejects had come, in bytes.</summary>
    public required long RejectsMark { get; init; }

    /// <summary>Nothing was left to read: the run was putting its files in their places.</summary>
    public required bool IsAtEnd { get; init; }

    /// <summary>What was counted before that place.</summary>
    public required BatchSummary Counts { get; init; }
}
