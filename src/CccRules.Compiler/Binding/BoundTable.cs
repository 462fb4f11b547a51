using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>A decision table. A row holds where each of its cells does; the hit policy says what several such rows give.</summary>
/// <param name="Inputs">The values that the cells test, in the order of the cells.</param>
internal sealed record BoundTable(TableSymbol Table, ImmutableArray<BoundExpression> Inputs, ImmutableArray<BoundTableRow> Rows) : BoundDeclaration(Table);

/// <param name="Location">Where the row stands: in the rules or in a file beside them.</param>
/// <param name="Number">The row's number in its file, or in the table, from 1.</param>
/// <param name="Cells">Null: any value, known or not.</param>
/// <param name="Given">In the order of the table's columns.</param>
internal sealed record BoundTableRow(TextLocation Location, int Number, ImmutableArray<BoundCell?> Cells, ImmutableArray<ConstantValue> Given);

/// <summary>A test of one value. A missing value leaves it open.</summary>
/// <param name="IsNegated">It holds where none of the alternatives does: <c>not(…)</c>.</param>
/// <param name="HasNone"><c>none</c> is one of the alternatives.</param>
internal abstract record BoundCell(bool IsNegated, bool HasNone);

/// <summary>Numbers, dates or durations in ranges. Numbers are in the unit of what is tested.</summary>
internal sealed record BoundRangeCell(bool IsNegated, bool HasNone, ImmutableArray<BoundRange> Ranges) : BoundCell(IsNegated, HasNone);

/// <summary>A range; null: without end.</summary>
internal sealed record BoundRange(ConstantValue? Low, bool IncludesLow, ConstantValue? High, bool IncludesHigh);

/// <summary>One of some values: yes or no, members, countries, texts.</summary>
internal sealed record BoundValueCell(bool IsNegated, bool HasNone, ImmutableArray<ConstantValue> Values) : BoundCell(IsNegated, HasNone);

/// <summary>HS codes under one of some codes or between them.</summary>
internal sealed record BoundCodeCell(bool IsNegated, bool HasNone, ImmutableArray<HsRange> Codes) : BoundCell(IsNegated, HasNone);

/// <summary>A set has any of some members.</summary>
internal sealed record BoundMembersCell(bool IsNegated, bool HasNone, long Mask) : BoundCell(IsNegated, HasNone);
