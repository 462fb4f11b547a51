using System.Collections.Immutable;
using CccRules.Batch.Counting;
using CccRules.Batch.Sources;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Checkpoints;

/// <summary>A checkpoint as it is written down.</summary>
internal sealed record CheckpointDocument(
    ImmutableSortedDictionary<string, string> Identity,
    SourcePosition Position,
    long Batches,
    long OutputMark,
    long RejectsMark,
    bool IsAtEnd,
    CountsDocument Counts)
{
    public static CheckpointDocument Of(Checkpoint checkpoint) => new(
        checkpoint.Identity.Parts,
        checkpoint.Position,
        checkpoint.Batches,
        checkpoint.OutputMark,
        checkpoint.RejectsMark,
        checkpoint.IsAtEnd,
        CountsDocument.Of(checkpoint.Counts));

    public Checkpoint ToCheckpoint(RulesetManifest manifest) => new()
    {
        Identity = new RunIdentity(Identity.WithComparers(StringComparer.Ordinal)),
        Position = Position,
        Batches = Batches,
        OutputMark = OutputMark,
        RejectsMark = RejectsMark,
        IsAtEnd = IsAtEnd,
        // Of other rules the counts say nothing; that the rules are others is found later, and said better.
        Counts = Counts.ToSummary(manifest),
    };
}
