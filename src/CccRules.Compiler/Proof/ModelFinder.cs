using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Ir.Partition;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Looks for the smallest record that meets a question: a shortest way through the diagram whose variables with a meaning
/// hold together. Ways that do not are cut off with all that are like them.
/// </summary>
internal sealed class ModelFinder(IrModule module, Diagrams diagrams, VariableTable variables, bool areListsGiven)
{
    /// <summary>Ways that are looked at before a question is given up.</summary>
    private const int MostWays = 400;

    /// <summary>Ways whose record turned out otherwise than the diagram says, as it may where a condition is not looked into.</summary>
    private const int MostTrials = 64;

    /// <summary>Pairs of cells that are compared beforehand.</summary>
    private const int MostPairs = 10_000;

    /// <summary>What the meanings of variables rule out, found for one question and of use to all.</summary>
    private readonly List<(int[] Variables, int Lemma)> _lemmas = [];

    private Func<int, int, long> _weight = (_, _) => 0;

    /// <summary>Sums whose facts' cells have been compared.</summary>
    private readonly HashSet<int> _bounded = [];

    /// <param name="question">A diagram.</param>
    /// <param name="confirm">Whether a record truly meets it; asked where the diagram alone does not say.</param>
    /// <param name="weight">What a variable's value weighs; the lightest record is looked for. Null: the one with the fewest facts.</param>
    public ProofAnswer Find(int question, Func<Assignment, bool> confirm, Func<int, int, long>? weight = null)
    {
        _weight = weight ?? Weight;
        try
        {
            return FindWithin(question, confirm);
        }
        catch (ProofLimitException)
        {
            return ProofAnswer.NotProved(Limit);
        }
    }

    public const string Lists = "what is asked of the entries of a list is not looked into";

    /// <summary>The record says what the entries of a list come to, and nobody has shown that there are such entries.</summary>
    public static bool ReadsLists(IrModule module, Assignment record) =>
        record.Numbers.Any(entry => module.Facts[entry.Key].Role == Runtime.Facts.FactRole.Derived && entry.Value != Runtime.Facts.Fact.Missing);

    public const string Limit = "limit: the conditions are too many to be proved together";

    private ProofAnswer FindWithin(int question, Func<Assignment, bool> confirm)
    {
        var support = diagrams.SupportOf(question);
        foreach (var (about, lemma) in _lemmas)
        {
            if (Array.Exists(about, support.Contains))
            {
                question = diagrams.And(question, lemma);
            }
        }

        foreach (var variable in support.Where(variable => variables[variable] is SumVariable && _bounded.Add(variable)).ToList())
        {
            if (CellsDecide(variable) is { } lemma)
            {
                _lemmas.Add(([variable], lemma));
                question = diagrams.And(question, lemma);
            }
        }

        var trials = 0;
        string? doubt = null;
        for (var way = 0; way < MostWays; way++)
        {
            if (question == Diagrams.False)
            {
                return doubt is null ? ProofAnswer.Nothing : ProofAnswer.NotProved(doubt);
            }

            var path = ShortestWay(question);
            var reasons = path.Select(step => variables[step.Variable]).OfType<OpaqueVariable>().Select(opaque => opaque.Reason).Distinct().ToList();
            switch (Solve(path, out var record, out var conflict))
            {
                case Feasibility.Infeasible:
                    question = diagrams.And(question, Learn(path, conflict));
                    continue;
                case Feasibility.Unknown:
                    doubt ??= "sums of several facts are compared";
                    question = diagrams.And(question, diagrams.Not(Way(path)));
                    continue;
                default:
                    if (!areListsGiven && ReadsLists(module, record))
                    {
                        doubt ??= Lists;
                    }
                    else if (confirm(record))
                    {
                        return ProofAnswer.Found(record);
                    }

                    doubt ??= reasons.Count > 0 ? string.Join("; ", reasons) : "no record that meets the conditions was found";
                    question = diagrams.And(question, diagrams.Not(Way(path)));
                    if (++trials == MostTrials)
                    {
                        return ProofAnswer.NotProved(doubt);
                    }

                    continue;
            }
        }

        return ProofAnswer.NotProved(doubt ?? Limit);
    }

    /// <summary>What two facts' cells say of a difference: below, above, or nothing. Null where the cells are too many.</summary>
    private int? CellsDecide(int variable)
    {
        if (((SumVariable)variables[variable]).Bound is not { Terms: [{ Quantity.Months: 0 } left, { Quantity.Months: 0 } right] } bound
            || variables.VariableOf(left.Quantity.Fact) is not (>= 0 and var of) || variables.VariableOf(right.Quantity.Fact) is not (>= 0 and var other))
        {
            return null;
        }

        var (own, others) = (variables.CellsOf(left.Quantity.Fact), variables.CellsOf(right.Quantity.Fact));
        if (own.Length * others.Length > MostPairs)
        {
            return null;
        }

        var lemma = Diagrams.True;
        var isWithin = diagrams.Test(variable, value => value == 1);
        for (var i = 0; i < own.Length; i++)
        {
            if (own[i].Kind != ProofCellKind.Value)
            {
                continue;
            }

            var always = diagrams.Test(other, value => others[value].Kind == ProofCellKind.Value && Most(left.Factor, own[i]) + Most(right.Factor, others[value]) <= bound.Most);
            var never = diagrams.Test(other, value => others[value].Kind == ProofCellKind.Value && Least(left.Factor, own[i]) + Least(right.Factor, others[value]) > bound.Most);
            var here = i;
            var decided = diagrams.Choose(always, isWithin, diagrams.Choose(never, diagrams.Not(isWithin), Diagrams.True));
            lemma = diagrams.And(lemma, diagrams.Choose(diagrams.Test(of, value => value == here), decided, Diagrams.True));
        }

        return lemma;
    }

    private static BigInteger Most(BigInteger factor, ProofCell cell) => factor * cell.Bounds[factor.Sign > 0 ? 1 : 0];

    private static BigInteger Least(BigInteger factor, ProofCell cell) => factor * cell.Bounds[factor.Sign > 0 ? 0 : 1];

    /// <summary>The way to yes with the fewest facts, and among those the one with the most natural values.</summary>
    private List<(int Variable, int Value)> ShortestWay(int question)
    {
        var costs = new Dictionary<int, long> { [Diagrams.False] = long.MaxValue, [Diagrams.True] = 0 };
        var path = new List<(int, int)>();
        var at = question;
        _ = Cost(at, costs);
        while (at != Diagrams.True)
        {
            var (best, value) = (long.MaxValue, 0);
            var children = diagrams.ChildrenOf(at);
            for (var child = 0; child < children.Length; child++)
            {
                var cost = costs[children[child]];
                if (cost < long.MaxValue && cost + _weight(diagrams.VariableOf(at), child) is var total && total < best)
                {
                    (best, value) = (total, child);
                }
            }

            path.Add((diagrams.VariableOf(at), value));
            at = children[value];
        }

        return path;
    }

    private long Cost(int node, Dictionary<int, long> costs)
    {
        if (costs.TryGetValue(node, out var known))
        {
            return known;
        }

        var best = long.MaxValue;
        for (var value = 0; value < diagrams.ChildrenOf(node).Length; value++)
        {
            var cost = Cost(diagrams.ChildrenOf(node)[value], costs);
            if (cost < long.MaxValue)
            {
                best = Math.Min(best, cost + _weight(diagrams.VariableOf(node), value));
            }
        }

        costs[node] = best;
        return best;
    }

    private long Weight(int variable, int value) => variables[variable] switch
    {
        FactVariable fact => fact.Cells[value].Kind == ProofCellKind.Missing ? 0 : 1_000 + Naturalness(fact.Cells[value]),
        SetVariable set => value == 0 && set.CanBeMissing ? 0 : 1_000 + (value == 2 ? 0 : 1),
        MembersVariable => value,
        OpaqueVariable => 1,
        _ => 0,
    };

    private static long Naturalness(ProofCell cell) => cell.Kind switch
    {
        ProofCellKind.Missing => 0,
        ProofCellKind.CoarseCode => 2,
        ProofCellKind.None => 1,
        _ => 1,
    };

    private int Way(List<(int Variable, int Value)> path) =>
        path.Aggregate(Diagrams.True, (all, step) => diagrams.And(all, diagrams.Test(step.Variable, value => value == step.Value)));

    /// <summary>What cannot hold together never does: the smallest part of a way that shows it.</summary>
    private int Learn(List<(int Variable, int Value)> path, ImmutableArray<int> conflict)
    {
        var part = conflict.Select(position => path[position]).ToList();
        for (var i = part.Count - 1; i >= 0 && part.Count > 1; i--)
        {
            var (kept, removed) = (part.Where((_, position) => position != i).ToList(), part[i]);
            if (variables[removed.Variable] is FactVariable && Solve(kept, out _, out _) == Feasibility.Infeasible)
            {
                part = kept;
            }
        }

        var lemma = diagrams.Not(Way(part));
        _lemmas.Add(([.. part.Select(step => step.Variable)], lemma));
        return lemma;
    }

    /// <summary>Numbers for a way; the values that stand for their cells where no sum says otherwise.</summary>
    private Feasibility Solve(List<(int Variable, int Value)> path, out Assignment record, out ImmutableArray<int> conflict)
    {
        record = Assignment.Empty;
        conflict = [];
        var usual = new Dictionary<int, long>();
        for (var i = 0; i < path.Count; i++)
        {
            record = Take(record, path[i].Variable, path[i].Value, usual);
        }

        conflict = Alike(path);
        if (!conflict.IsEmpty)
        {
            return Feasibility.Infeasible;
        }

        record = MakeAlike(record, path);
        var solver = new LinearSolver();
        for (var i = 0; i < path.Count; i++)
        {
            if (variables[path[i].Variable] is SumVariable sum)
            {
                AddSum(solver, path, path[i].Value == 1 ? sum.Bound : sum.Bound.Opposite(), i);
            }
        }

        var result = solver.Solve(quantity => usual.TryGetValue(quantity.Fact, out var own) ? quantity.Of(own) : Usual(quantity), out var numbers, out conflict);
        if (result == Feasibility.Feasible)
        {
            foreach (var (quantity, number) in numbers.Where(entry => entry.Key.Months == 0))
            {
                // A sum says nothing of a fact that is missing or none.
                if (!record.Numbers.TryGetValue(quantity.Fact, out var own) || Runtime.Facts.Fact.IsKnown(own))
                {
                    record = record.With(quantity.Fact, (long)number);
                }
            }
        }

        return result;
    }

    private BigInteger Usual(Quantity quantity)
    {
        var variable = variables.VariableOf(quantity.Fact);
        return variable >= 0 && variables[variable] is FactVariable fact ? fact.Cells[0].Value : 0;
    }

    private static Assignment TakeCell(Assignment record, int fact, ProofCell cell) =>
        cell is { Text: { } text, Kind: ProofCellKind.Value } ? record.With(fact, text) : record.With(fact, cell.Value);

    private Assignment Take(Assignment record, int variable, int value, Dictionary<int, long> usual)
    {
        switch (variables[variable])
        {
            case FactVariable fact:
                usual[fact.Fact] = fact.Cells[value].Value;
                return TakeCell(record, fact.Fact, fact.Cells[value]);
            case SetVariable set:
                return record.With(set.Fact, value switch { 0 => set.CanBeMissing ? Runtime.Facts.Fact.Missing : 0, 1 => set.CanBeNone ? Runtime.Facts.Fact.None : 0, _ => 0 });
            case MembersVariable members:
                var before = record.Numbers.GetValueOrDefault(members.Fact);
                return value == 0 || (before <= Runtime.Facts.Fact.None && record.Numbers.ContainsKey(members.Fact))
                    ? record.Numbers.ContainsKey(members.Fact) ? record : record.With(members.Fact, 0)
                    : record.With(members.Fact, before | (members.Mask & -members.Mask));
            default:
                return record;
        }
    }

    private void AddSum(LinearSolver solver, List<(int Variable, int Value)> path, LinearBound bound, int tag)
    {
        foreach (var (quantity, _) in bound.Terms)
        {
            Range(solver, path, quantity);
            Range(solver, path, quantity with { Months = 0, Rounding = default });
        }

        solver.Add(bound, tag);
    }

    private void Range(LinearSolver solver, List<(int Variable, int Value)> path, Quantity quantity)
    {
        if (solver.Has(quantity))
        {
            return;
        }

        var position = path.FindIndex(step => variables[step.Variable] is FactVariable fact && fact.Fact == quantity.Fact);
        var (least, most) = position >= 0 && variables[path[position].Variable] is FactVariable known && known.Cells[path[position].Value] is { Kind: ProofCellKind.Value } cell
            ? (cell.Bounds[0], cell.Bounds[1])
            : IntervalText.Domain(module.Facts[quantity.Fact].Kind);
        solver.Range(quantity, quantity.Of(least), quantity.Of(most), position);
    }

    /// <summary>Facts that are alike in pairs are all alike: the steps of a way that say otherwise.</summary>
    private ImmutableArray<int> Alike(List<(int Variable, int Value)> path)
    {
        var same = path.Select((step, i) => (Position: i, Step: step)).Where(entry => variables[entry.Step.Variable] is SameVariable).ToList();
        var groups = Groups(path);
        foreach (var (position, step) in same.Where(entry => entry.Step.Value == 0))
        {
            var pair = (SameVariable)variables[step.Variable];
            if (groups.TryGetValue(pair.Left, out var left) && groups.TryGetValue(pair.Right, out var right) && left == right)
            {
                return [position, .. same.Where(entry => entry.Step.Value == 1).Select(entry => entry.Position)];
            }
        }

        return [];
    }

    private Dictionary<int, int> Groups(List<(int Variable, int Value)> path)
    {
        var groups = new Dictionary<int, int>();
        foreach (var (variable, value) in path)
        {
            if (variables[variable] is SameVariable pair && value == 1)
            {
                var (left, right) = (groups.GetValueOrDefault(pair.Left, pair.Left), groups.GetValueOrDefault(pair.Right, pair.Right));
                groups[pair.Left] = groups[pair.Right] = left;
                foreach (var fact in groups.Where(entry => entry.Value == right).Select(entry => entry.Key).ToList())
                {
                    groups[fact] = left;
                }
            }
        }

        return groups;
    }

    /// <summary>Gives facts that are to be alike one value of the rest, and the others different ones.</summary>
    private Assignment MakeAlike(Assignment record, List<(int Variable, int Value)> path)
    {
        var pairs = path.Select(step => variables[step.Variable]).OfType<SameVariable>().ToList();
        if (pairs.Count == 0)
        {
            return record;
        }

        var groups = Groups(path);
        foreach (var fact in pairs.SelectMany(pair => new[] { pair.Left, pair.Right }).Distinct())
        {
            var group = groups.GetValueOrDefault(fact, fact);
            var cells = variables.CellsOf(fact);
            if (record.Texts.TryGetValue(fact, out var text) && cells.Any(cell => cell.IsRest && cell.Text == text))
            {
                record = record.With(fact, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{text} {group}"));
            }
            else if (record.Numbers.TryGetValue(fact, out var number) && cells.Any(cell => cell.IsRest && cell.Value == number)
                && module.Facts[fact].Kind == Runtime.Facts.FactKind.Country && group != fact)
            {
                record = record.With(fact, number);
            }
        }

        return record;
    }
}
