using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>A decision table as data. The first row whose cells all hold gives the values.</summary>
public sealed record LookupSchema
{
    public required ImmutableArray<LookupInput> Inputs { get; init; }

    /// <summary>Row by row, for each input the cell of <see cref="LookupInput.Cells"/> that tests it; -1: any value.</summary>
    public required ImmutableArray<int> Cells { get; init; }

    /// <summary>Row by row, what the row gives, as <see cref="Facts.Fact"/> says; texts as constants of the ruleset.</summary>
    public required ImmutableArray<long> Given { get; init; }

    /// <summary>Values that each row gives.</summary>
    public required int Outputs { get; init; }
}

/// <summary>How the values of an input are told apart.</summary>
public enum LookupKind : byte
{
    /// <summary>Numbers, dates, durations, members, countries, yes and no: by intervals.</summary>
    Number,

    /// <summary>HS codes: by intervals of 13-digit codes.</summary>
    HsCode,

    /// <summary>Sets: by shared members.</summary>
    Members,

    Text,
}

/// <summary>One input of a table and the different cells of its column.</summary>
public sealed record LookupInput(LookupKind Kind, ImmutableArray<LookupCell> Cells);

/// <summary>A test of one value.</summary>
/// <param name="Bounds">Lower and upper bounds in turn, ascending and disjoint; empty for sets and texts.</param>
/// <param name="Mask">Members one of which the set must share.</param>
/// <param name="Texts">Texts of which the value must be one.</param>
/// <param name="IsNegated">Of sets and texts: the other way round.</param>
/// <param name="IncludesNone">The answer for none.</param>
public sealed record LookupCell(ImmutableArray<long> Bounds, long Mask, ImmutableArray<string> Texts, bool IsNegated, bool IncludesNone);
