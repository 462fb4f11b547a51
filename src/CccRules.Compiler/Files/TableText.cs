using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Files;

/// <summary>A table as text with the place of each cell, so that a message can point into the file.</summary>
/// <param name="Text">The file; of a workbook one line a row, cells parted by tabs.</param>
/// <param name="Header">The first row.</param>
/// <param name="Rows">The others, without those that are empty.</param>
internal sealed record TableText(SourceText Text, ImmutableArray<TextCell> Header, ImmutableArray<TextRow> Rows);

/// <param name="Number">The row's number in the file, from 1.</param>
internal sealed record TextRow(int Number, ImmutableArray<TextCell> Cells);

/// <summary>A cell's content and where it stands. The content starts at <paramref name="ContentStart"/> unless quotes were undone in it.</summary>
internal readonly record struct TextCell(string Content, TextSpan Span, int ContentStart);

/// <summary>A file that cannot be read as a table.</summary>
internal sealed record TableFault(TextLocation At, string What, string WayOut);
