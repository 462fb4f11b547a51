using System.Collections.Immutable;
using CccRules.Batch;
using CccRules.Batch.Output;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Tables;

namespace CccRules.Cli.Classification;

/// <summary>What somebody wants classified, and how.</summary>
internal sealed record ClassifyRequest
{
    public const string Standard = "-";

    public required ImmutableArray<string> Inputs { get; init; }

    public required SourceOptions Source { get; init; }

    public required string Output { get; init; }

    public TextFormat? OutputFormat { get; init; }

    public OutputLayout Layout { get; init; }

    /// <summary>Names and patterns of the norms that are told of; empty: all.</summary>
    public ImmutableArray<string> Norms { get; init; } = [];

    public MissingFacts Missing { get; init; }

    /// <summary>Reads of records that no norm can concern no more than that takes to know.</summary>
    public bool IsLazy { get; init; }

    /// <summary>Says in so many words that everything is read.</summary>
    public bool IsStrict { get; init; }

    public bool Explains { get; init; }

    public bool ForSpreadsheet { get; init; }

    /// <summary>Columns that come back; empty: all.</summary>
    public ImmutableArray<string> Kept { get; init; } = [];

    public string? Rejects { get; init; }

    public RejectLimit? MostRejects { get; init; }

    public Shard? Shard { get; init; }

    public bool Resumes { get; init; }

    public bool Overwrites { get; init; }

    public string? Checkpoint { get; init; }

    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(2);

    public string? Summary { get; init; }

    public string? Report { get; init; }

    public int Threads { get; init; } = 1;

    public bool IsQuiet { get; init; }

    /// <summary>The table that answers go to; null where they go to a file or a stream.</summary>
    public TableAddress? OutputTable => TableAddress.Parse(Output);

    public bool GoesToStandardOutput => Output == Standard;

    /// <summary>How answers are written; null for a table.</summary>
    public TextFormat? EffectiveFormat => OutputTable is not null ? null
        : Explains ? TextFormat.JsonLines
        : OutputFormat ?? RecordSources.FormatOf(RecordSources.WithoutCompression(Output));

    /// <exception cref="CommandException">Options do not go together.</exception>
    public void Check()
    {
        if (Explains && (OutputTable is not null || OutputFormat == TextFormat.Csv))
        {
            throw CommandFaults.WrongCommand("`--explain` writes JSON Lines, so the output can be neither a table nor CSV", "name an output that ends in .jsonl");
        }

        if (IsLazy && IsStrict)
        {
            throw CommandFaults.WrongCommand("`--lazy` and `--strict` are contrary to each other", "leave one of them out");
        }

        if (IsLazy && Explains)
        {
            throw CommandFaults.WrongCommand("`--explain` tells of all that a record says, which `--lazy` does not read", "leave one of them out");
        }

        if (ForSpreadsheet && EffectiveFormat != TextFormat.Csv)
        {
            throw CommandFaults.WrongCommand("`--spreadsheet` is for CSV only");
        }

        if (Inputs.Count(input => input == Standard) > 1)
        {
            throw CommandFaults.WrongCommand("standard input can be read only once");
        }
    }
}
