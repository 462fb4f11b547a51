using System.Globalization;
using System.Numerics;

namespace CccRules.Compiler.Ir;

internal sealed partial class IrVerifier
{
    private void CheckLookupPositions(IrLookup lookup, int value)
    {
        if (InRange(lookup.Table, _module.Tables.Length, $"v{value} looks into table {lookup.Table}"))
        {
            var table = _module.Tables[lookup.Table];
            InRange(lookup.Output, table.Outputs.Length, $"v{value} takes output {lookup.Output}");
            Check(
                table.Rows.All(row => row.Cells.Length == lookup.Inputs.Items.Length && row.Given.Length == table.Outputs.Length),
                "rows are as long as their table",
                $"table {lookup.Table} for v{value}");
        }
    }

    private void CheckLookup(IrLookup lookup, string name)
    {
        var table = _module.Tables[lookup.Table];
        Check(table.Outputs[lookup.Output] == lookup.Type, "kinds agree", $"{name} is a {lookup.Type.Kind}, its column a {table.Outputs[lookup.Output].Kind}");
        for (var input = 0; input < lookup.Inputs.Items.Length; input++)
        {
            var type = _module.Values[lookup.Inputs.Items[input]].Type;
            Check(!type.IsWide, "look-ups take narrow values", $"{name} at {input}");
            foreach (var cell in table.Rows.Select(row => row.Cells[input]).OfType<IrCell>())
            {
                var where = string.Create(CultureInfo.InvariantCulture, $"{name} at {input}");
                Check(IsCellOf(cell, type.Kind), "kinds agree", $"{where} tests a {type.Kind}");
                if (cell is IrIntervalCell intervals)
                {
                    CheckBounds([.. intervals.Bounds.Select(bound => (BigInteger)bound)], where);
                }
                else if (cell is IrTextCell texts)
                {
                    CheckTexts(texts.Texts, where);
                }
            }
        }
    }

    private static bool IsCellOf(IrCell cell, IrKind kind) => cell switch
    {
        IrMaskCell => kind == IrKind.Members,
        IrTextCell => kind == IrKind.Text,
        _ => kind is not (IrKind.Members or IrKind.Text),
    };
}
