using System.Collections.Immutable;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>Texts: each that the rules or the record name, and all others.</summary>
internal static class TextCells
{
    /// <summary>No cells where a pattern or an order of texts divides them: no text can be found that stands for the others.</summary>
    public static ImmutableArray<FactCell> Of(FactUses uses)
    {
        var texts = new SortedSet<string>(uses.Cells.OfType<IrTextCell>().SelectMany(cell => cell.Texts), StringComparer.Ordinal);
        foreach (var atom in uses.Atoms)
        {
            switch (atom)
            {
                case IrTextInSet test:
                    texts.UnionWith(test.Texts.Items);
                    break;
                case IrCompare { Comparison: IrComparison.Equal or IrComparison.NotEqual } compare:
                    texts.UnionWith([.. uses.PossibleTexts(compare.Left), .. uses.PossibleTexts(compare.Right)]);
                    break;
                default:
                    return [];
            }
        }

        var other = "another";
        while (texts.Contains(other))
        {
            other += "'";
        }

        return
        [
            .. texts.Select(text => new FactCell(0, $"\"{text}\"") { Example = text }),
            new FactCell(0, texts.Count == 0 ? "any text" : "any other text") { Example = other },
        ];
    }
}
