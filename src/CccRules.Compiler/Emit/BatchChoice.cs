using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>
/// Which form a ruleset's batches take, and why: the estimated cost of a record in each. The weights are nanoseconds as measured on one machine;
/// only their ratios matter.
/// </summary>
internal sealed record BatchChoice(BatchForm Form, BatchRoots Roots, CandidatePlanner Candidates, BatchCosts Costs)
{
    /// <param name="forced">A form to take whatever it costs, where the ruleset can take it.</param>
    public static BatchChoice Of(IrModule module, BatchForm? forced = null)
    {
        var candidates = CandidatePlanner.Plan(module);
        var costs = BatchCosts.Of(module, candidates);
        var form = forced ?? (costs.Candidates < costs.Planes ? BatchForm.Candidates : BatchForm.Planes);
        return form == BatchForm.Candidates && !candidates.Picked.IsEmpty
            ? new BatchChoice(form, BatchRoots.Without(candidates, module, hasCategories: true), candidates, costs)
            : new BatchChoice(BatchForm.Planes, BatchRoots.All(module), candidates, costs);
    }
}

/// <summary>Estimated nanoseconds a record.</summary>
/// <param name="Planes">With every norm in planes.</param>
/// <param name="Candidates">With candidates; without end where the key picks no norm.</param>
/// <param name="CandidatesOfRecord">Norms that a record's class picks, if records lie evenly among the stretches that the rules name.</param>
internal sealed record BatchCosts(double Planes, double Candidates, double CandidatesOfRecord)
{
    private const double Norm = 0.06;
    private const double Operand = 0.006;
    private const double Column = 0.4;
    private const double Test = 0.03;
    private const double Key = 3;
    private const double Row = 6;
    private const double Vector = 8;
    private const double LookUp = 1;
    private const int Lanes = 63;

    public static BatchCosts Of(IrModule module, CandidatePlanner planner)
    {
        if (planner.Picked.IsEmpty)
        {
            return new BatchCosts(PlanesOf(module, module.Norms.Length, 1), double.PositiveInfinity, 0);
        }

        var candidates = CandidatesOf(planner);
        var slots = candidates * planner.Picked.Average(norm => (double)planner.PartsOf(norm).Max(terms => terms.Length));
        var conditions = planner.Picked.Average(norm => (double)planner.PartsOf(norm).Sum(terms => terms.Sum(term => term.Conditions.Length - 1)));
        var vectors = Math.Max(1, slots / Lanes);
        var lookUps = Math.Min(planner.UsedColumns.Length, candidates * conditions / vectors);
        var rest = module.Norms.Length - planner.Picked.Length;
        var nodes = planner.Columns.Nodes(planner.UsedColumns).Count();
        var cost = Row + Key + (Column * planner.UsedColumns.Length) + (vectors * (Vector + (LookUp * lookUps))) + (nodes * (Norm + Column))
            + PlanesOf(module, rest, (double)rest / module.Norms.Length);
        return new BatchCosts(PlanesOf(module, module.Norms.Length, 1), cost, candidates);
    }

    /// <param name="share">The share of the tests and of the logic that these norms need.</param>
    private static double PlanesOf(IrModule module, int norms, double share) =>
        (Norm * norms) + (share * ((Operand * module.Logic.Sum(node => IrOperands.Of(node).Length)) + (Test * module.Atoms.Length) + (Column * module.Facts.Length)));

    /// <summary>The average, over the stretches of the key that some norm names, of the norms that name them.</summary>
    private static double CandidatesOf(CandidatePlanner planner)
    {
        ImmutableArray<IrAtom> atoms = [.. planner.Columns.Atoms(planner.Key)];
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        var changes = new SortedDictionary<BigInteger, int>();
        foreach (var norm in planner.Picked)
        {
            var tests = planner.PartsOf(norm)[0].SelectMany(term => term.Conditions).Where(condition => condition.Column == planner.Key)
                .SelectMany(condition => condition.Formula.Items).Where(step => step >= 0).Distinct();
            foreach (var (first, last) in tests.SelectMany(test => Stretches(atoms[test], texts)))
            {
                changes[first] = changes.GetValueOrDefault(first) + 1;
                changes[last + 1] = changes.GetValueOrDefault(last + 1) - 1;
            }
        }

        var (covering, sum, stretches) = (0, 0L, 0);
        foreach (var change in changes.Values)
        {
            covering += change;
            sum += covering;
            stretches += covering > 0 ? 1 : 0;
        }

        return stretches == 0 ? planner.Picked.Length : (double)sum / stretches;
    }

    private static IEnumerable<(BigInteger First, BigInteger Last)> Stretches(IrAtom atom, Dictionary<string, int> texts) => atom switch
    {
        IrInSet set => set.Bounds.Items.Chunk(2).Select(bounds => (bounds[0], bounds[1])),
        IrHsInSet set => set.Bounds.Items.Chunk(2).Select(bounds => ((BigInteger)bounds[0], (BigInteger)bounds[1])),
        IrTextInSet set => set.Texts.Items.Select(text => NumberOf(text, texts)).Select(number => (number, number)),
        _ => [],
    };

    /// <summary>Texts have no order that matters here: each is a stretch of its own.</summary>
    private static BigInteger NumberOf(string text, Dictionary<string, int> texts)
    {
        texts.TryAdd(text, texts.Count);
        return texts[text];
    }
}
