using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>
/// The values of a fact, divided where the rules' conditions divide them: intervals of dates and numbers, classes of codes,
/// members, none. What the rules make of a record is the same for every value of a cell, as far as the other values are known.
/// </summary>
internal sealed record FactPartition
{
    private FactPartition(FactSchema fact, ImmutableArray<FactCell> cells)
    {
        Fact = fact;
        Cells = cells;
    }

    public FactSchema Fact { get; }

    /// <summary>
    /// In the order of the values; none last. Empty where the values cannot be listed: a text that patterns are put to, the start of a series of dates.
    /// </summary>
    public ImmutableArray<FactCell> Cells { get; }

    /// <summary>Neighbouring cells can be told as one.</summary>
    public bool IsOrdered => Fact.Kind is FactKind.Date or FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months;

    /// <param name="module">The rules.</param>
    /// <param name="fact">A position in <see cref="IrModule.Facts"/>.</param>
    /// <param name="known">What is known of other values.</param>
    /// <param name="within">A known HS code with too few digits: only codes that begin with it.</param>
    public static FactPartition Of(IrModule module, int fact, KnownValues? known = null, HsCode? within = null)
    {
        var schema = module.Facts[fact];
        var uses = new FactUses(module, fact, known ?? KnownValues.Nothing);
        var cells = uses.IsPeriodic || schema.Role == FactRole.Calendar ? [] : schema.Kind switch
        {
            FactKind.YesNo => [new FactCell(1, "yes"), new FactCell(0, "no")],
            FactKind.Date or FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months => Intervals(schema, CutPoints.Of(uses)),
            FactKind.Member => [.. schema.Members.Select((name, ordinal) => new FactCell(ordinal, name))],
            FactKind.Members => MemberSetCells.Of(uses, schema),
            FactKind.Country => CountryCells.Of(CutPoints.Of(uses)),
            FactKind.HsCode => CodeCells.Of(uses, CutPoints.Of(uses), within),
            FactKind.Text => TextCells.Of(uses),
            FactKind.List => [],
            _ => throw new UnreachableException(),
        };
        return new FactPartition(schema, schema.AllowsNone && !cells.IsEmpty && within is null ? cells.Add(new FactCell(Runtime.Facts.Fact.None, "none")) : cells);
    }

    /// <summary>Several cells in a reader's words; neighbours become one.</summary>
    public ImmutableArray<string> Describe(ImmutableArray<FactCell> cells)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < cells.Length;)
        {
            var first = cells[i++];
            if (first.Bounds.IsEmpty)
            {
                parts.Add(first.Text);
                continue;
            }

            var last = first.Bounds[1];
            while (i < cells.Length && !cells[i].Bounds.IsEmpty && cells[i].Bounds[0] == last + 1)
            {
                last = cells[i++].Bounds[1];
            }

            parts.Add(IntervalText.Of(Fact, first.Bounds[0], last));
        }

        return parts.ToImmutable();
    }

    private static ImmutableArray<FactCell> Intervals(FactSchema fact, ImmutableArray<BigInteger> cuts)
    {
        var (least, most) = IntervalText.Domain(fact.Kind);
        var cells = ImmutableArray.CreateBuilder<FactCell>();
        var from = least;
        foreach (var cut in cuts.Where(cut => cut > least && cut <= most).Append(most + 1))
        {
            // The first cell has no natural beginning; its end is as good as any.
            cells.Add(new FactCell((long)(from == least ? cut - 1 : from), IntervalText.Of(fact, from, cut - 1)) { Bounds = [from, cut - 1] });
            from = cut;
        }

        return cells.ToImmutable();
    }
}
