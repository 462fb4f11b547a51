using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// Which norms the key's class can pick, and as which alternatives of which conditions. A norm can be picked where it applies only under
/// some condition on the key, whatever else holds.
/// </summary>
internal sealed class CandidatePlanner
{
    /// <summary>Outcomes name norms by 16 bits.</summary>
    private const int MostNorms = 1 << 16;

    private readonly IrModule _module;
    private readonly NormalForm _forms;
    private readonly Dictionary<int, ImmutableArray<Term>[]> _parts = [];

    private CandidatePlanner(IrModule module)
    {
        _module = module;
        Columns = new CandidateColumns(module);
        _forms = new NormalForm(module, Columns);
        if (module.Norms.Length > MostNorms)
        {
            return;
        }

        // Deadlines have parts of their own, and days due besides: they stay in planes.
        foreach (var norm in module.Norms.Where(norm => norm.Deadline is null))
        {
            _parts.Add(norm.Index, [.. EmitSchedule.OfNormNodes(norm).Select(_forms.Of)]);
        }

        Key = FindKey();
        Picked = [.. _parts.Keys.Where(IsPicked).Order()];
        UsedColumns = [.. Picked.SelectMany(norm => _parts[norm]).SelectMany(terms => terms).SelectMany(term => term.Conditions).Select(condition => condition.Column).Distinct().Order()];
    }

    public CandidateColumns Columns { get; }

    /// <summary>The column whose class picks norms; -1: there is none.</summary>
    public int Key { get; } = -1;

    /// <summary>Norms that the key picks.</summary>
    public ImmutableArray<int> Picked { get; } = [];

    /// <summary>The columns that their conditions are about.</summary>
    public ImmutableArray<int> UsedColumns { get; } = [];

    public static CandidatePlanner Plan(IrModule module) => new(module);

    /// <summary>The alternatives of a norm's parts.</summary>
    public IReadOnlyList<ImmutableArray<Term>> PartsOf(int norm) => _parts[norm];

    /// <param name="plan">Where batches keep what candidates look at; null where batches do not use candidates.</param>
    public CandidatePlan ToSchema(BatchPlan? plan, TableBuilder tables)
    {
        var positions = UsedColumns.Select((column, position) => (column, position)).ToDictionary(entry => entry.column, entry => entry.position);
        var literals = new Dictionary<LiteralKey, int>();
        var norms = Picked.Select(norm => new CandidateNorm(norm, _module.Norms[norm] is { Kind: NormKind.Option, Fulfilled: >= 0 }, Slots(norm, positions, literals)));
        return new CandidatePlan
        {
            IsForBatches = plan is not null,
            Key = positions[Key],
            Columns = [.. UsedColumns.Select(column => Columns.ToSchema(column, plan, tables))],
            Norms = [.. norms],
            Literals =
            [
                .. literals.OrderBy(entry => entry.Value).Select(entry => new CandidateLiteral(
                    entry.Key.Column, [entry.Key.Applies.Items, entry.Key.Exempted.Items, entry.Key.InForce.Items, entry.Key.Fulfilled.Items])),
            ],
        };
    }

    /// <summary>The column that most norms' applying hangs on; an HS code before others.</summary>
    private int FindKey()
    {
        var best = Enumerable.Range(0, Columns.Count)
            .Select(column => (Column: column, Norms: _parts.Values.Count(parts => IsAbout(parts[0], column))))
            .Where(entry => entry.Norms > 0 && Columns.Values([entry.Column]).Any())
            .OrderByDescending(entry => entry.Norms * (Columns.IsHsCode(entry.Column) ? 2 : 1))
            .ThenBy(entry => entry.Column)
            .FirstOrDefault((Column: -1, Norms: 0));
        return best.Column;
    }

    private bool IsPicked(int norm) => Key >= 0 && IsAbout(_parts[norm][0], Key);

    private static bool IsAbout(ImmutableArray<Term> terms, int column) => !terms.IsEmpty && terms.All(term => term.IsAbout(column));

    /// <summary>The n-th slot holds the n-th alternative of each part.</summary>
    private ImmutableArray<CandidateSlot> Slots(int norm, Dictionary<int, int> positions, Dictionary<LiteralKey, int> literals)
    {
        var parts = _parts[norm];
        var slots = ImmutableArray.CreateBuilder<CandidateSlot>();
        for (var slot = 0; slot < parts.Max(terms => terms.Length); slot++)
        {
            var initial = parts.Length == 3 && slot == 0 ? 1 << 6 : 0;
            var byColumn = new SortedDictionary<int, IrList<int>[]>();
            for (var part = 0; part < parts.Length; part++)
            {
                if (slot >= parts[part].Length)
                {
                    continue;
                }

                initial |= 3 << (2 * part);
                foreach (var condition in parts[part][slot].Conditions)
                {
                    var position = positions[condition.Column];
                    if (!byColumn.TryGetValue(position, out var formulas))
                    {
                        byColumn[position] = formulas = [new([]), new([]), new([]), new([])];
                    }

                    formulas[part] = condition.Formula;
                }
            }

            slots.Add(new CandidateSlot((byte)initial, [.. byColumn.Select(entry => Intern(literals, new LiteralKey(entry.Key, entry.Value[0], entry.Value[1], entry.Value[2], entry.Value[3])))]));
        }

        return slots.ToImmutable();
    }

    private static int Intern(Dictionary<LiteralKey, int> literals, LiteralKey key)
    {
        if (!literals.TryGetValue(key, out var position))
        {
            literals.Add(key, position = literals.Count);
        }

        return position;
    }

    private sealed record LiteralKey(int Column, IrList<int> Applies, IrList<int> Exempted, IrList<int> InForce, IrList<int> Fulfilled);
}
