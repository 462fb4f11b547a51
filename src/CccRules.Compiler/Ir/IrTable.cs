using System.Collections.Immutable;

namespace CccRules.Compiler.Ir;

/// <summary>A decision table as data: rows of cells. The first row whose cells all hold gives the values.</summary>
/// <param name="Outputs">Types of what the rows give; all narrow.</param>
internal sealed record IrTable(ImmutableArray<IrTableRow> Rows, ImmutableArray<IrType> Outputs);

/// <param name="Cells">One for each input; null: any value, known or not.</param>
/// <param name="Given">One for each output.</param>
internal sealed record IrTableRow(ImmutableArray<IrCell?> Cells, ImmutableArray<IrGiven> Given);

/// <summary>A test of one input. A missing input leaves it open; so does an HS code whose missing digits decide.</summary>
internal abstract record IrCell(bool IncludesNone);

/// <summary>In closed intervals: lower and upper bound in turn, ascending, disjoint and not adjacent. For HS codes of 13-digit codes.</summary>
internal sealed record IrIntervalCell(ImmutableArray<long> Bounds, bool IncludesNone) : IrCell(IncludesNone);

/// <summary>A set that shares a member with the mask, or (negated) shares none.</summary>
internal sealed record IrMaskCell(long Mask, bool IsNegated, bool IncludesNone) : IrCell(IncludesNone);

/// <summary>One of some texts (ascending in ordinal order), or (negated) none of them.</summary>
internal sealed record IrTextCell(ImmutableArray<string> Texts, bool IsNegated, bool IncludesNone) : IrCell(IncludesNone);

/// <summary>What a row gives: a number, a text, or (both null) none.</summary>
internal readonly record struct IrGiven(long? Number, string? Text);
