using System.Collections.Immutable;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>Sets of members by what the rules ask of them; members that the rules always name together are one.</summary>
internal static class MemberSetCells
{
    /// <summary>Beyond so many independent members only single ones are told.</summary>
    private const int MostClasses = 5;

    public static ImmutableArray<FactCell> Of(FactUses uses, FactSchema fact)
    {
        ImmutableArray<long> masks = [.. uses.Atoms.OfType<IrHasAny>().Select(test => test.Mask), .. uses.Atoms.OfType<IrInSet>().SelectMany(test => test.Bounds.Items).Select(mask => (long)mask), .. uses.Cells.OfType<IrMaskCell>().Select(cell => cell.Mask)];
        ImmutableArray<long> classes =
        [
            .. Enumerable.Range(0, fact.Members.Length)
                .GroupBy(bit => string.Concat(masks.Select(mask => (mask >> bit & 1) != 0 ? '1' : '0')))
                .Where(group => group.Key.Contains('1', StringComparison.Ordinal))
                .Select(group => group.Aggregate(0L, (mask, bit) => mask | (1L << bit))),
        ];
        var sets = classes.Length <= MostClasses
            ? Enumerable.Range(0, 1 << classes.Length)
            : Enumerable.Range(0, classes.Length).Select(position => 1 << position).Prepend(0);
        return [.. sets.Select(set => Cell(set, classes, fact))];
    }

    private static FactCell Cell(int set, ImmutableArray<long> classes, FactSchema fact)
    {
        var present = classes.Where((_, position) => (set >> position & 1) != 0).ToList();
        var absent = classes.Where((_, position) => (set >> position & 1) == 0).ToList();
        string[] words =
        [
            .. present.Count > 0 ? [$"with {string.Join(" and ", present.Select(mask => Names(mask, fact, " or ")))}"] : Array.Empty<string>(),
            .. absent.Count > 0 ? [$"without {string.Join(", ", absent.Select(mask => Names(mask, fact, ", ")))}"] : Array.Empty<string>(),
        ];
        return new FactCell(present.Aggregate(0L, (mask, more) => mask | more), words.Length == 0 ? "any set" : string.Join(" ", words));
    }

    private static string Names(long mask, FactSchema fact, string between) =>
        string.Join(between, fact.Members.Where((_, bit) => (mask >> bit & 1) != 0));
}
