using System.Collections.Immutable;
using CccRules.Batch.Mapping;

namespace CccRules.Batch;

/// <summary>Which missing facts are named.</summary>
public enum MissingFacts
{
    /// <summary>Every fact that something open hangs on.</summary>
    All,

    /// <summary>The one to ask for first: that on which the most open norms of the record hang, the first of the rules where several do.</summary>
    First,

    /// <summary>None; they are not looked for.</summary>
    None,
}

/// <summary>How a run reads and answers. The answers do not depend on threads or batch sizes.</summary>
public sealed record BatchOptions
{
    /// <summary>Which column feeds which field; columns named like a field need no entry.</summary>
    public ColumnMapping Mapping { get; init; } = ColumnMapping.Empty;

    /// <summary>The date by which records are judged; null leaves it missing, so that what hangs on it stays open.</summary>
    public EvaluationDate? AsOf { get; init; }

    /// <summary>Columns of the data that come back beside the answers.</summary>
    public KeptColumns Keep { get; init; } = KeptColumns.All;

    /// <summary>The norms that are told of, as positions in the ruleset's norms; empty: all.</summary>
    public ImmutableArray<int> Norms { get; init; } = [];

    /// <summary>Which of the facts that would settle an open row are named; finding them costs time on open rows.</summary>
    public MissingFacts Missing { get; init; } = MissingFacts.All;

    /// <summary>Ask for the reasons of every outcome that is not settled as not applicable; costs much time.</summary>
    public bool Explain { get; init; }

    /// <summary>
    /// Of a record that by its HS code alone no norm that is told of can concern, nothing is read but the code and the date that it is counted by. The
    /// answers are the same; but what is wrong elsewhere in such a record does not refuse it. Not together with <see cref="Explain"/>.
    /// </summary>
    public bool Lazy { get; init; }

    /// <summary>The part of the data that this run takes; null takes all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>How many rows may be refused before the run gives up; null: any number.</summary>
    public RejectLimit? MostRejects { get; init; }

    /// <summary>Threads that read and classify, beside the one that writes; 1 does all on the caller's.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The most rows of a batch.</summary>
    public const int MostBatchRows = 1 << 20;

    /// <summary>Rows of a batch, from 1 to <see cref="MostBatchRows"/>; null: as many as suit the rules and what is asked for.</summary>
    public int? BatchRows { get; init; }
}
