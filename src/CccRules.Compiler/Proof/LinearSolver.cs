using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Proof;

/// <summary>Whether some bounds on sums can be met together.</summary>
internal enum Feasibility : byte
{
    Feasible,
    Infeasible,

    /// <summary>Neither was found within the limits.</summary>
    Unknown,
}

/// <summary>
/// Whole numbers within bounds whose sums meet bounds. Differences of two are decided exactly, by the shortest paths of
/// Bellman and Ford; other sums by narrowing ranges, which may come to no answer.
/// </summary>
internal sealed class LinearSolver
{
    private const int MostRounds = 200;
    private const int MostChoices = 2_000;

    private readonly List<Quantity> _quantities = [];
    private readonly Dictionary<Quantity, int> _index = [];
    private readonly List<BigInteger> _least = [];
    private readonly List<BigInteger> _most = [];
    private readonly List<int> _ownTags = [];
    private readonly List<(LinearBound Bound, int Tag)> _bounds = [];

    /// <param name="tag">Which part of the question says so.</param>
    public void Range(Quantity quantity, BigInteger least, BigInteger most, int tag)
    {
        var index = IndexOf(quantity);
        _least[index] = least;
        _most[index] = most;
        _ownTags[index] = tag;
    }

    public bool Has(Quantity quantity) => _index.ContainsKey(quantity);

    public void Add(LinearBound bound, int tag) => _bounds.Add((bound, tag));

    /// <summary>Looks for numbers that meet everything.</summary>
    /// <param name="usual">The number that a quantity has best.</param>
    /// <param name="numbers">A solution, where there is one.</param>
    /// <param name="conflict">Where there is none: the parts of the question that cannot hold together.</param>
    public Feasibility Solve(Func<Quantity, BigInteger> usual, out Dictionary<Quantity, BigInteger> numbers, out ImmutableArray<int> conflict)
    {
        numbers = [];
        conflict = Differences();
        if (!conflict.IsEmpty)
        {
            return Feasibility.Infeasible;
        }

        BigInteger[] least = [.. _least];
        BigInteger[] most = [.. _most];
        if (!Narrow(least, most))
        {
            conflict = [.. _bounds.Select(bound => bound.Tag).Concat(_ownTags).Where(tag => tag >= 0).Distinct()];
            return Feasibility.Infeasible;
        }

        var budget = MostChoices;
        var order = Enumerable.Range(0, _quantities.Count).OrderBy(index => _quantities[index].Months != 0).ToList();
        if (!Choose(order, 0, least, most, usual, ref budget))
        {
            return Feasibility.Unknown;
        }

        for (var i = 0; i < least.Length; i++)
        {
            numbers[_quantities[i]] = least[i];
        }

        return Feasibility.Feasible;
    }

    /// <summary>Numbers one after the other, each as near to its usual one as the others leave it.</summary>
    private bool Choose(List<int> order, int at, BigInteger[] least, BigInteger[] most, Func<Quantity, BigInteger> usual, ref int budget)
    {
        if (at == order.Count)
        {
            return true;
        }

        var index = order[at];
        var quantity = _quantities[index];
        var best = BigInteger.Min(BigInteger.Max(usual(quantity), least[index]), most[index]);
        foreach (var number in new[] { best, least[index], most[index], least[index] + ((most[index] - least[index]) / 2) }.Distinct())
        {
            if (--budget < 0)
            {
                return false;
            }

            BigInteger[] low = [.. least];
            BigInteger[] high = [.. most];
            low[index] = high[index] = number;
            if (Follow(quantity, number, low, high) && Narrow(low, high) && Choose(order, at + 1, low, high, usual, ref budget))
            {
                low.CopyTo(least, 0);
                high.CopyTo(most, 0);
                return true;
            }
        }

        return false;
    }

    /// <summary>A day decides the days some months from it.</summary>
    private bool Follow(Quantity chosen, BigInteger number, BigInteger[] low, BigInteger[] high)
    {
        for (var i = 0; i < _quantities.Count; i++)
        {
            if (chosen.Months == 0 && _quantities[i].Fact == chosen.Fact && _quantities[i].Months != 0)
            {
                var moved = _quantities[i].Of(number);
                if (moved < low[i] || moved > high[i])
                {
                    return false;
                }

                low[i] = high[i] = moved;
            }
        }

        return true;
    }

    private bool Narrow(BigInteger[] least, BigInteger[] most)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var isChanged = false;
            foreach (var (bound, _) in _bounds)
            {
                // Each term is at most the bound less the least that the others come to.
                var sum = bound.Terms.Aggregate(BigInteger.Zero, (total, term) => total + Least(term, least, most));
                foreach (var term in bound.Terms)
                {
                    var index = _index[term.Quantity];
                    var room = bound.Most - (sum - Least(term, least, most));
                    if (term.Factor.Sign > 0 && Floor(room, term.Factor) is var top && top < most[index])
                    {
                        most[index] = top;
                        isChanged = true;
                    }
                    else if (term.Factor.Sign < 0 && -Floor(room, -term.Factor) is var bottom && bottom > least[index])
                    {
                        least[index] = bottom;
                        isChanged = true;
                    }

                    if (least[index] > most[index])
                    {
                        return false;
                    }
                }
            }

            if (!isChanged)
            {
                return true;
            }
        }

        return true;
    }

    private BigInteger Least((Quantity Quantity, BigInteger Factor) term, BigInteger[] least, BigInteger[] most) =>
        term.Factor * (term.Factor.Sign > 0 ? least : most)[_index[term.Quantity]];

    /// <summary>The parts on a circle of differences that comes back below where it began; empty where there is none.</summary>
    private ImmutableArray<int> Differences()
    {
        // from - to at most length: an edge. Position 0 is the number zero.
        var edges = new List<(int From, int To, BigInteger Length, int Tag)>();
        for (var i = 0; i < _quantities.Count; i++)
        {
            edges.Add((i + 1, 0, _most[i], _ownTags[i]));
            edges.Add((0, i + 1, -_least[i], _ownTags[i]));
            if (_quantities[i].Months is not 0 and var months && _index.TryGetValue(_quantities[i] with { Months = 0, Rounding = default }, out var day))
            {
                var (fewest, farthest) = months > 0 ? ((28 * months) - 3, (31 * months) + 3) : ((31 * months) - 3, (28 * months) + 3);
                edges.Add((i + 1, day + 1, farthest, -1));
                edges.Add((day + 1, i + 1, -fewest, -1));
            }
        }

        foreach (var (bound, tag) in _bounds)
        {
            if (bound.Terms is [var (left, one), var (right, other)] && one == -other && BigInteger.Abs(one).IsOne)
            {
                var (from, to) = one.Sign > 0 ? (left, right) : (right, left);
                edges.Add((_index[from] + 1, _index[to] + 1, bound.Most, tag));
            }
        }

        return Circle(edges);
    }

    private ImmutableArray<int> Circle(List<(int From, int To, BigInteger Length, int Tag)> edges)
    {
        // Distances from everywhere at once; an edge says: from is at most to plus its length.
        var distance = new BigInteger[_quantities.Count + 1];
        var by = new int[distance.Length];
        Array.Fill(by, -1);
        var last = -1;
        for (var round = 0; round <= distance.Length; round++)
        {
            last = -1;
            for (var i = 0; i < edges.Count; i++)
            {
                var (from, to, length, _) = edges[i];
                if (distance[to] + length < distance[from])
                {
                    distance[from] = distance[to] + length;
                    by[from] = i;
                    last = from;
                }
            }

            if (last < 0)
            {
                return [];
            }
        }

        for (var step = 0; step < distance.Length; step++)
        {
            last = edges[by[last]].To;
        }

        var tags = new List<int>();
        var at = last;
        do
        {
            tags.Add(edges[by[at]].Tag);
            at = edges[by[at]].To;
        }
        while (at != last);

        return [.. tags.Where(tag => tag >= 0).Distinct()];
    }

    private int IndexOf(Quantity quantity)
    {
        if (!_index.TryGetValue(quantity, out var index))
        {
            _index[quantity] = index = _quantities.Count;
            _quantities.Add(quantity);
            _least.Add(BigInteger.Zero);
            _most.Add(BigInteger.Zero);
            _ownTags.Add(-1);
        }

        return index;
    }

    private static BigInteger Floor(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
