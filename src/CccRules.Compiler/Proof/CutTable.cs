using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Ir.Partition;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Proof;

/// <summary>What the conditions of a proof ask of each fact, collected before the facts are divided into cells.</summary>
internal sealed class CutTable(IrModule module)
{
    private static readonly BigInteger Codes = BigInteger.Pow(10, HsCode.MostDigits);

    private static readonly int[] AssignedCountries = [.. Enumerable.Range(0, CountryCode.Count).Where(number => CountryCode.FromNumber(number).IsAssigned)];

    private readonly Dictionary<int, SortedSet<BigInteger>> _cuts = [];
    private readonly Dictionary<int, List<long>> _masks = [];
    private readonly Dictionary<int, HashSet<string>> _patterns = [];
    private readonly SortedSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>A condition tells a number below the cut from one at it or above. For HS codes cuts are 13-digit codes.</summary>
    public void Cut(int fact, BigInteger at) => CutsOf(fact).Add(at);

    public void Ask(int fact, long mask)
    {
        if (!_masks.TryGetValue(fact, out var masks))
        {
            _masks[fact] = masks = [];
        }

        masks.Add(mask);
    }

    /// <summary>A text that a condition names. All text facts share them, so that two facts can be compared.</summary>
    public void Name(string text) => _texts.Add(text);

    /// <summary>A value that is told apart from all others, for a record that is known already.</summary>
    public void Pin(int fact, long value)
    {
        if (!Fact.IsKnown(value))
        {
            return;
        }

        switch (module.Facts[fact].Kind)
        {
            case FactKind.HsCode or FactKind.Text or FactKind.YesNo or FactKind.Member or FactKind.Members:
                break;
            default:
                Cut(fact, value);
                Cut(fact, (BigInteger)value + 1);
                break;
        }
    }

    /// <summary>A pattern that a condition puts to a fact.</summary>
    public void Match(int fact, string pattern)
    {
        if (!_patterns.TryGetValue(fact, out var patterns))
        {
            _patterns[fact] = patterns = new HashSet<string>(StringComparer.Ordinal);
        }

        patterns.Add(pattern);
    }

    /// <summary>Two facts are compared with each other: what divides the one divides the other.</summary>
    public void Link(int left, int right)
    {
        var (own, other) = (CutsOf(left), CutsOf(right));
        if (!ReferenceEquals(own, other))
        {
            own.UnionWith(other);
            foreach (var fact in _cuts.Where(entry => ReferenceEquals(entry.Value, other)).Select(entry => entry.Key).ToList())
            {
                _cuts[fact] = own;
            }
        }
    }

    /// <summary>Groups of members that the conditions always name together.</summary>
    public ImmutableArray<long> GroupsOf(int fact) =>
    [
        .. Enumerable.Range(0, module.Facts[fact].Members.Length)
            .GroupBy(bit => string.Concat((_masks.GetValueOrDefault(fact) ?? []).Select(mask => (mask >> bit & 1) != 0 ? '1' : '0')), StringComparer.Ordinal)
            .Where(group => group.Key.Contains('1', StringComparison.Ordinal))
            .Select(group => group.Aggregate(0L, (mask, bit) => mask | (1L << bit))),
    ];

    /// <summary>The fact's cells: values first, then none, then what is not known.</summary>
    /// <param name="isPartial">The fact may be missing, and an HS code may have too few digits.</param>
    public ImmutableArray<ProofCell> CellsOf(int fact, bool isPartial)
    {
        var schema = module.Facts[fact];
        var cells = ImmutableArray.CreateBuilder<ProofCell>();
        cells.AddRange(schema.Kind switch
        {
            FactKind.YesNo => [new ProofCell(ProofCellKind.Value, 1), new ProofCell(ProofCellKind.Value, 0)],
            FactKind.Member => schema.Members.Select((_, ordinal) => new ProofCell(ProofCellKind.Value, ordinal)),
            FactKind.Country => Countries(CutsOf(fact)),
            FactKind.HsCode => CodeClasses(CutsOf(fact)),
            FactKind.Text => Texts(),
            _ => Intervals(schema, CutsOf(fact)),
        });
        if (schema.AllowsNone)
        {
            cells.Add(new ProofCell(ProofCellKind.None, Fact.None));
        }

        if (isPartial && schema.Kind == FactKind.HsCode)
        {
            cells.AddRange(CoarseCodes(CutsOf(fact)));
        }

        if (isPartial && !schema.IsRequired)
        {
            cells.Add(new ProofCell(ProofCellKind.Missing, Fact.Missing));
        }

        return cells.ToImmutable();
    }

    private SortedSet<BigInteger> CutsOf(int fact)
    {
        if (!_cuts.TryGetValue(fact, out var cuts))
        {
            _cuts[fact] = cuts = [];
        }

        return cuts;
    }

    private static IEnumerable<ProofCell> Intervals(FactSchema schema, SortedSet<BigInteger> cuts)
    {
        var kind = schema.Kind;
        var (least, most) = IntervalText.Domain(kind);

        // How many entries a list has is no negative number.
        least = schema.Role == FactRole.Derived ? BigInteger.Zero : least;
        var from = least;
        foreach (var cut in cuts.Where(cut => cut > least && cut <= most).Append(most + 1))
        {
            // The value that stands for a cell is the one nearest to a cut point.
            var value = from > least ? from : cut <= most ? cut - 1 : Usual(kind);
            yield return new ProofCell(ProofCellKind.Value, (long)value) { Bounds = [from, cut - 1] };
            from = cut;
        }
    }

    /// <summary>A value of a fact that no condition divides.</summary>
    private static BigInteger Usual(FactKind kind) => kind == FactKind.Date ? new DateOnly(2026, 1, 1).DayNumber : 1;

    private static IEnumerable<ProofCell> Countries(SortedSet<BigInteger> cuts)
    {
        var next = 0;
        foreach (var cut in cuts.Append(CountryCode.Count))
        {
            var first = next;
            while (next < AssignedCountries.Length && AssignedCountries[next] < cut)
            {
                next++;
            }

            if (next > first)
            {
                yield return new ProofCell(ProofCellKind.Value, AssignedCountries[first]) { IsRest = next - first > 1 };
            }
        }
    }

    private IEnumerable<ProofCell> Texts()
    {
        foreach (var text in _texts)
        {
            yield return new ProofCell(ProofCellKind.Value, 0) { Text = text };
        }

        var other = "another";
        while (_texts.Contains(other))
        {
            other += "'";
        }

        yield return new ProofCell(ProofCellKind.Value, 0) { Text = other, IsRest = true };
    }

    /// <summary>Each interval between two cuts is a class of its own.</summary>
    private static IEnumerable<ProofCell> CodeClasses(SortedSet<BigInteger> cuts)
    {
        var from = BigInteger.Zero;
        foreach (var cut in cuts.Where(cut => cut > 0 && cut < Codes).Append(Codes))
        {
            yield return new ProofCell(ProofCellKind.Value, NaturalCode.Of((long)from, (long)cut - 1)) { Bounds = [from, cut - 1] };
            from = cut;
        }
    }

    /// <summary>Codes of fewer digits whose further digits matter to some condition.</summary>
    private static IEnumerable<ProofCell> CoarseCodes(SortedSet<BigInteger> cuts)
    {
        var seen = new HashSet<(BigInteger, BigInteger)>();
        foreach (var cut in cuts.Where(cut => cut > 0 && cut < Codes))
        {
            for (var digits = 2; digits < HsCode.MostDigits; digits++)
            {
                var size = BigInteger.Pow(10, HsCode.MostDigits - digits);
                var first = cut / size * size;
                if (digits is not (3 or 5) && first != cut && seen.Add((first, first + size - 1)))
                {
                    yield return new ProofCell(ProofCellKind.CoarseCode, ((long)first * 16) + digits) { Bounds = [first, first + size - 1] };
                }
            }
        }
    }
}
