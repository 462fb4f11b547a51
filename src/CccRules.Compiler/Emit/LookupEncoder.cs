using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>Decision tables as data for the running ruleset: the different cells of a column once, rows as numbers.</summary>
internal static class LookupEncoder
{
    public static LookupSchema Encode(IrModule module, int table, TableBuilder tables)
    {
        var rows = module.Tables[table].Rows;
        var inputs = module.Values.OfType<IrLookup>().First(lookup => lookup.Table == table).Inputs.Items;
        var known = inputs.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToList();
        var cells = inputs.Select(_ => ImmutableArray.CreateBuilder<LookupCell>()).ToList();
        var positions = ImmutableArray.CreateBuilder<int>(rows.Length * inputs.Length);
        foreach (var row in rows)
        {
            for (var input = 0; input < inputs.Length; input++)
            {
                positions.Add(row.Cells[input] is { } cell ? Intern(Encode(cell), known[input], cells[input]) : -1);
            }
        }

        return new LookupSchema
        {
            Inputs = [.. inputs.Select((input, index) => new LookupInput(KindOf(module.Values[input].Type.Kind), cells[index].ToImmutable()))],
            Cells = positions.ToImmutable(),
            Given = [.. rows.SelectMany(row => row.Given).Select(given => Encode(given, tables))],
            Outputs = module.Tables[table].Outputs.Length,
        };
    }

    private static LookupKind KindOf(IrKind kind) => kind switch
    {
        IrKind.HsCode => LookupKind.HsCode,
        IrKind.Members => LookupKind.Members,
        IrKind.Text => LookupKind.Text,
        _ => LookupKind.Number,
    };

    private static LookupCell Encode(IrCell cell) => cell switch
    {
        IrIntervalCell intervals => new LookupCell(intervals.Bounds, 0, [], false, cell.IncludesNone),
        IrMaskCell mask => new LookupCell([], mask.Mask, [], mask.IsNegated, cell.IncludesNone),
        IrTextCell texts => new LookupCell([], 0, texts.Texts, texts.IsNegated, cell.IncludesNone),
        _ => throw new UnreachableException(cell.GetType().Name),
    };

    private static long Encode(IrGiven given, TableBuilder tables) => given switch
    {
        { Text: { } text } => RuleTables.ConstantText(tables.Text(text)),
        { Number: { } number } => number,
        _ => Fact.None,
    };

    private static int Intern(LookupCell cell, Dictionary<string, int> known, ImmutableArray<LookupCell>.Builder cells)
    {
        var key = $"{string.Join(',', cell.Bounds)}/{cell.Mask}/{string.Join('\n', cell.Texts)}/{cell.IsNegated}/{cell.IncludesNone}";
        if (!known.TryGetValue(key, out var position))
        {
            known[key] = position = cells.Count;
            cells.Add(cell);
        }

        return position;
    }
}
