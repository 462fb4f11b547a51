using System.Collections.Immutable;
using System.Text;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Files;

/// <summary>CSV (RFC 4180) with the place of every cell: messages about rules point into the file, so a reader that loses places will not do.</summary>
internal static class CsvTable
{
    /// <summary>Reads a file of UTF-8 text.</summary>
    /// <param name="separator">A comma, or a tab.</param>
    public static (TableText? Table, TableFault? Fault) Read(DataFile file, char separator)
    {
        var text = SourceText.FromUtf8(file.Path, file.Bytes.Span, out var badByte);
        if (badByte is { } offset)
        {
            var place = Math.Max(text.Content.IndexOf('\uFFFD', StringComparison.Ordinal), 0);
            return (null, new TableFault(text.GetLocation(new TextSpan(place, text.Length == 0 ? 0 : 1)), $"the file is not UTF-8 text at byte {offset}", "save it as UTF-8"));
        }

        var rows = ImmutableArray.CreateBuilder<TextRow>();
        var position = 0;
        var number = 0;
        while (position < text.Length)
        {
            number++;
            var cells = ImmutableArray.CreateBuilder<TextCell>();
            if (ReadRow(text, separator, ref position, cells) is { } fault)
            {
                return (null, fault);
            }

            if (cells.Any(cell => cell.Content.Length > 0))
            {
                rows.Add(new TextRow(number, cells.ToImmutable()));
            }
        }

        return rows.Count == 0
            ? (null, new TableFault(text.GetLocation(new TextSpan(0, 0)), "the file is empty", "its first line names the columns"))
            : (new TableText(text, rows[0].Cells, [.. rows.Skip(1)]), null);
    }

    private static TableFault? ReadRow(SourceText text, char separator, ref int position, ImmutableArray<TextCell>.Builder cells)
    {
        while (true)
        {
            if (position < text.Length && text[position] == '"')
            {
                if (ReadQuoted(text, separator, ref position, cells) is { } fault)
                {
                    return fault;
                }
            }
            else
            {
                var start = position;
                while (position < text.Length && text[position] != separator && text[position] is not ('\r' or '\n'))
                {
                    position++;
                }

                var content = text.Content[start..position];
                var lead = content.Length - content.TrimStart().Length;
                var trimmed = content.Trim();
                cells.Add(new TextCell(trimmed, new TextSpan(start + lead, trimmed.Length), start + lead));
            }

            if (position < text.Length && text[position] == separator)
            {
                position++;
                continue;
            }

            position += position + 1 < text.Length && text[position] == '\r' && text[position + 1] == '\n' ? 2 : position < text.Length ? 1 : 0;
            return null;
        }
    }

    private static TableFault? ReadQuoted(SourceText text, char separator, ref int position, ImmutableArray<TextCell>.Builder cells)
    {
        var start = position++;
        var content = new StringBuilder();
        while (position < text.Length && (text[position] != '"' || (position + 1 < text.Length && text[position + 1] == '"')))
        {
            position += text[position] == '"' ? 1 : 0;
            content.Append(text[position++]);
        }

        if (position == text.Length)
        {
            return new TableFault(text.GetLocation(new TextSpan(start, 1)), "a quote is opened and not closed", "close it, or double a quote that is meant");
        }

        position++;
        cells.Add(new TextCell(content.ToString().Trim(), TextSpan.FromBounds(start, position), start + 1));
        return position == text.Length || text[position] == separator || text[position] is '\r' or '\n'
            ? null
            : new TableFault(text.GetLocation(new TextSpan(position, 1)), "text follows a closing quote", "double a quote that is meant");
    }
}
