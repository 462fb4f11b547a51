using System.Collections.Immutable;
using CccRules.Compiler.Proof;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Explaining;

/// <summary>Why a norm comes to what it comes to for one record, and what would settle it.</summary>
internal sealed record NormExplanation(NormSchema Norm, Outcome Outcome)
{
    /// <summary>The day by which the norm is judged, or missing, or none.</summary>
    public required long Day { get; init; }

    /// <summary>When a deadline is due.</summary>
    public DueDates? Due { get; init; }

    /// <summary>The day from which it will be in force; missing: none is known.</summary>
    public required long AppliesFrom { get; init; }

    /// <summary>The first day after its own from which the norm is in force for records of that day; missing: none is known.</summary>
    public required long NextFrom { get; init; }

    public required ImmutableArray<ReasonLine> Reasons { get; init; }

    /// <summary>The facts that an open outcome hangs on.</summary>
    public required ImmutableArray<MissingFactAnswer> Missing { get; init; }

    /// <summary>The fewest missing facts, with values, that settle an open outcome; one entry or two a status.</summary>
    public ImmutableArray<WayOut> Settling { get; init; } = [];

    /// <summary>The missing fact to ask for first; null where the outcome is settled.</summary>
    public FactSchema? AskNext { get; init; }

    /// <summary>What the reader could do to bring about another outcome; only where it was asked for.</summary>
    public ImmutableArray<WayOut> Flips { get; init; } = [];

    /// <summary>The smallest ways to comply with a breached obligation; only where it was asked for.</summary>
    public ImmutableArray<WayOut> Compliance { get; init; } = [];

    /// <summary>The status of which it was asked why it does not come out; null: none.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The conditions that keep it from coming out, in the law's words.</summary>
    public ImmutableArray<ReasonLine> Obstacles { get; init; } = [];

    /// <summary>The outcome in words.</summary>
    public string OutcomeText => Outcome.Name(Norm.Kind);
}

/// <summary>A condition in the law's words, whether it holds, and what it rests on.</summary>
internal sealed record ReasonLine(string Text, Truth Truth)
{
    public ImmutableArray<CitationSchema> Citations { get; init; } = [];

    /// <summary>The record's values that the condition reads, such as <c>hs_code = 8507.60</c>.</summary>
    public ImmutableArray<string> Facts { get; init; } = [];

    public ImmutableArray<ReasonLine> Parts { get; init; } = [];

    /// <summary>What it rests on stands further up.</summary>
    public bool IsToldAbove { get; init; }
}

/// <summary>A missing fact, and what the norm would come to with it, the other facts unchanged.</summary>
/// <param name="Answers">
/// Values in a reader's words, and the outcome that they give; one entry where no value alone makes a difference, none where the
/// values cannot be listed.
/// </param>
internal sealed record MissingFactAnswer(FactSchema Fact, ImmutableArray<(ImmutableArray<string> Values, Outcome Outcome)> Answers)
{
    /// <summary>Some value alone narrows the outcome.</summary>
    public bool Narrows => Answers.Length > 1;
}
