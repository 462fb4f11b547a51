using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax.Cells;

/// <summary>
/// What a cell of a decision table says, as written. Places are relative to the cell's text, so that one parse serves every cell
/// that is written alike.
/// </summary>
/// <param name="IsAny"><c>-</c>: every value.</param>
/// <param name="IsNegated"><c>not(…)</c></param>
/// <param name="Alternatives">Separated by semicolons; one is enough. Empty where the cell says <c>-</c>.</param>
internal sealed record CellSyntax(bool IsAny, bool IsNegated, ImmutableArray<CellAlternative> Alternatives);

/// <summary>One of the alternatives of a cell.</summary>
internal abstract record CellAlternative(TextSpan Span);

/// <summary>A value, or <c>&lt;= value</c>.</summary>
/// <param name="Sign"><c>=</c> where none is written.</param>
internal sealed record CellComparison(TextSpan Span, string Sign, CellValue Value) : CellAlternative(Span);

/// <summary><c>low..high</c>, <c>[low..high)</c></summary>
internal sealed record CellRange(TextSpan Span, CellValue Low, bool IncludesLow, CellValue High, bool IncludesHigh) : CellAlternative(Span);

/// <summary>How a value of a cell is written.</summary>
internal enum CellValueKind : byte
{
    /// <summary>Digits, with points between them: a number or an HS code.</summary>
    Number,
    Date,

    /// <summary>In quotes.</summary>
    Text,

    /// <summary>A name: a member, a country, <c>yes</c>, <c>none</c>.</summary>
    Word,
}

/// <summary>A value of a cell.</summary>
/// <param name="Text">Without quotes or backticks, escapes undone.</param>
/// <param name="Unit">Empty where none is written.</param>
internal sealed record CellValue(TextSpan Span, CellValueKind Kind, string Text, string Unit);

/// <summary>Where a cell cannot be read, and what could stand there.</summary>
internal sealed record CellFault(int Position, string Expected);
