using System.Diagnostics;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Binding;

/// <summary>Rows of bound tables as text, in the cells' own grammar.</summary>
internal static class CellPrinter
{
    public static string Print(BoundTableRow row, BoundTable table)
    {
        var cells = row.Cells.Select((cell, index) => cell is null ? "-" : Print(cell, table.Inputs[index].Type));
        var given = row.Given.Select((value, index) => BoundPrinter.Print(value, table.Table.Columns[index].Type));
        return $"| {string.Join(" | ", cells)} || {string.Join(" | ", given)}";
    }

    private static string Print(BoundCell cell, TypeSymbol type)
    {
        var alternatives = cell switch
        {
            BoundRangeCell ranges => ranges.Ranges.Select(range => Print(range, type)),
            BoundValueCell values => values.Values.Select(value => BoundPrinter.Print(value, type)),
            BoundCodeCell codes => codes.Codes.Select(code => code.First == code.Last ? code.First : $"{code.First}..{code.Last}"),
            BoundMembersCell members => [BoundPrinter.Print(new MembersConstant(members.Mask), type)],
            _ => throw new UnreachableException(cell.GetType().Name),
        };
        var text = string.Join("; ", cell.HasNone ? alternatives.Append("none") : alternatives);
        return cell.IsNegated ? $"not({text})" : text;
    }

    private static string Print(BoundRange range, TypeSymbol type)
    {
        string Value(ConstantValue? value) => value is null ? "" : BoundPrinter.Print(value, type);

        return (range.Low, range.High) switch
        {
            (null, _) => $"{(range.IncludesHigh ? "<=" : "<")} {Value(range.High)}",
            (_, null) => $"{(range.IncludesLow ? ">=" : ">")} {Value(range.Low)}",
            _ when range.Low == range.High => Value(range.Low),
            _ => $"{(range.IncludesLow ? "[" : "(")}{Value(range.Low)}..{Value(range.High)}{(range.IncludesHigh ? "]" : ")")}",
        };
    }
}
