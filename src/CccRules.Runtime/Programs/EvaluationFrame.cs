using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Programs;

/// <summary>The facts of one record, and the room in which emitted code computes.</summary>
public readonly ref struct EvaluationFrame
{
    /// <summary>One number a fact, as <see cref="Fact"/> says.</summary>
    public required ReadOnlySpan<long> Facts { get; init; }

    /// <summary>Texts of the text facts.</summary>
    public required TextDictionary Texts { get; init; }

    /// <summary>Sets, texts and dated parameters of the ruleset.</summary>
    public required RuleTables Tables { get; init; }

    /// <summary>One truth a logic node.</summary>
    public required Span<Truth> Nodes { get; init; }

    /// <summary>One number a value node; <see cref="Fact.Missing"/> and <see cref="Fact.None"/> as in facts.</summary>
    public required Span<long> Values { get; init; }

    /// <summary>One number a value node, used where it is wide (exact arithmetic); empty where no value is wide.</summary>
    public required Span<Int128> WideValues { get; init; }

    /// <summary>One byte a norm: the set of possible statuses.</summary>
    public required Span<byte> Outcomes { get; init; }

    /// <summary>Computes nodes and outcomes that are data and not code. Called by emitted code.</summary>
    /// <param name="part">A position in <see cref="Schema.ProgramTables.RecordSteps"/>.</param>
    public void Run(int part) => RecordSteps.Run(Tables.RecordSteps[part], in this);
}
