using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Ir.Partition;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>A fact that changes, and the values that it may take.</summary>
/// <param name="From">Its value now, in words; null: it is not known.</param>
/// <param name="To">Values in words; any of them will do.</param>
internal sealed record FactChange(FactSchema Fact, string? From, string To);

/// <summary>The fewest facts that bring a norm to a status, as long as the others stay as they are.</summary>
/// <param name="Exemption">The exemption that lifts the norm then; null: none.</param>
internal sealed record WayOut(Outcome Outcome, ImmutableArray<FactChange> Changes, ExemptionSchema? Exemption);

/// <summary>
/// What would settle, or change, what a norm comes to for one record: the fewest facts, found on the diagrams and asked of the
/// evaluator.
/// </summary>
internal sealed class RecordAdvice(IrModule module, IRecordEvaluator evaluator, Assignment record)
{
    /// <summary>Ways that are told for one norm and status; others are like them.</summary>
    private const int MostWays = 6;

    /// <summary>Facts that a reader can act on; every field where the rules mark none.</summary>
    private readonly ImmutableHashSet<int> _actionable =
    [
        .. module.Facts.Any(fact => fact.IsActionable)
            ? module.Facts.Where(fact => fact.IsActionable).Select(fact => fact.Index)
            : module.Facts.Where(fact => fact is { Role: FactRole.Field, IsKey: false }).Select(fact => fact.Index),
    ];

    /// <summary>For each status that is still possible: the fewest missing facts, with their values, that settle it.</summary>
    public ImmutableArray<WayOut> Settling(NormSchema norm)
    {
        var missing = module.Facts.Select(fact => fact.Index).Where(fact => !IsKnown(fact)).ToImmutableHashSet();
        return Ways(norm, missing, ProofSpace.Statuses(norm).Where(status => (OutcomeNow(norm) & status) != Outcome.Nothing), mostPerStatus: 2, withExemptions: false);
    }

    /// <summary>What the reader could do to bring about another outcome.</summary>
    public ImmutableArray<WayOut> Flips(NormSchema norm) =>
        Ways(norm, _actionable, ProofSpace.Statuses(norm).Where(status => status != OutcomeNow(norm)), mostPerStatus: 2, withExemptions: false);

    /// <summary>Every smallest way to comply with a breached obligation; where an exemption would lift it, what that takes.</summary>
    public ImmutableArray<WayOut> Compliance(NormSchema norm) => Ways(norm, _actionable, [Outcome.Fulfilled], MostWays, withExemptions: true);

    private Outcome OutcomeNow(NormSchema norm)
    {
        evaluator.Evaluate(record);
        return evaluator.OutcomeOf(norm.Index);
    }

    private bool IsKnown(int fact) => record.Texts.ContainsKey(fact) || (record.Numbers.TryGetValue(fact, out var number) && number != Fact.Missing);

    private ImmutableArray<WayOut> Ways(NormSchema norm, ImmutableHashSet<int> free, IEnumerable<Outcome> statuses, int mostPerStatus, bool withExemptions)
    {
        try
        {
            var space = ProofSpace.Around(module, Cone.NodesOf(module, norm.Index).Concat(norm.Exemptions.Select(exemption => exemption.Node)), record);
            var ways = ImmutableArray.CreateBuilder<WayOut>();
            foreach (var status in statuses.ToList())
            {
                AddWays(ways, space, norm, status, space.Exactly(norm.Index, status), free, mostPerStatus, null);
            }

            foreach (var exemption in withExemptions ? norm.Exemptions : [])
            {
                var own = free.Union(Cone.Of(module, [exemption.Node]).Facts.Where(fact => module.Facts[fact].Role == FactRole.Field));
                AddWays(ways, space, norm, Outcome.Exempt, space.Diagrams.And(space.Exactly(norm.Index, Outcome.Exempt), space.Must(exemption.Node)), own, mostPerStatus, exemption);
            }

            return ways.ToImmutable();
        }
        catch (ProofLimitException)
        {
            return [];
        }
    }

    private void AddWays(
        ImmutableArray<WayOut>.Builder ways, ProofSpace space, NormSchema norm, Outcome status, int question, ImmutableHashSet<int> free, int most, ExemptionSchema? exemption)
    {
        // What the entries of a list come to would change with a fact that they are judged by: such a fact stays as it is.
        free = free.Except(space.Facts.SelectMany(fact => module.Facts[fact].Origins));
        foreach (var fact in space.Facts.Where(fact => !free.Contains(fact)))
        {
            question = space.Diagrams.And(question, Unchanged(space, fact));
        }

        for (var way = 0; way < most; way++)
        {
            var answer = space.Find(
                question,
                candidate =>
                {
                    evaluator.Evaluate(candidate);
                    return evaluator.OutcomeOf(norm.Index) == status;
                },
                (variable, value) => IsCurrent(space, variable, value) ? 0 : 1);
            if (answer.Kind != AnswerKind.Found)
            {
                return;
            }

            var changed = answer.Record.Facts.Where(fact => free.Contains(fact) && !IsSame(answer.Record, fact)).ToList();
            if (changed.Count == 0)
            {
                return;
            }

            ways.Add(new WayOut(status, [.. changed.Select(fact => new FactChange(module.Facts[fact], IsKnown(fact) ? Written(record, fact) : null, Values(space, answer.Record, fact)))], exemption));

            // The next way leaves at least one of these facts as it is.
            var kept = changed.Aggregate(Diagrams.False, (any, fact) => space.Diagrams.Or(any, Unchanged(space, fact)));
            question = space.Diagrams.And(question, kept);
        }
    }

    private bool IsSame(Assignment other, int fact) =>
        other.Texts.TryGetValue(fact, out var text) ? record.Texts.TryGetValue(fact, out var own) && own == text
        : other.Numbers.TryGetValue(fact, out var number) && (record.Numbers.TryGetValue(fact, out var now) ? now == number || IsSameCode(fact, now, number) : number == Fact.Missing && !record.Texts.ContainsKey(fact));

    private bool IsSameCode(int fact, long now, long number) => module.Facts[fact].Kind == FactKind.HsCode && Fact.IsKnown(now) && Fact.IsKnown(number) && CellOf(now, number);

    /// <summary>A cell is told by a code of its own; a code of the record that lies in it is that cell.</summary>
    private static bool CellOf(long now, long number) => Runtime.Trade.HsCode.FromEncoded(now).IsUnder(Runtime.Trade.HsCode.FromEncoded(number)) || Runtime.Trade.HsCode.FromEncoded(number).IsUnder(Runtime.Trade.HsCode.FromEncoded(now));

    /// <summary>The fact is as it is in the record.</summary>
    private int Unchanged(ProofSpace space, int fact)
    {
        var variable = space.Variables.VariableOf(fact);
        return variable < 0 ? Diagrams.True : space.Variables[variable] switch
        {
            FactVariable => space.Diagrams.Test(variable, value => IsCurrent(space, variable, value)),
            SetVariable => Enumerable.Range(0, space.Diagrams.VariableCount)
                .Where(other => other == variable || space.Variables[other] is MembersVariable members && members.Fact == fact)
                .Aggregate(Diagrams.True, (all, other) => space.Diagrams.And(all, space.Diagrams.Test(other, value => IsCurrent(space, other, value)))),
            _ => Diagrams.True,
        };
    }

    private bool IsCurrent(ProofSpace space, int variable, int value)
    {
        switch (space.Variables[variable])
        {
            case FactVariable fact:
                var cell = fact.Cells[value];
                if (record.Texts.TryGetValue(fact.Fact, out var text))
                {
                    return cell.Kind == ProofCellKind.Value && cell.Text == text;
                }

                var number = record.Numbers.GetValueOrDefault(fact.Fact, Fact.Missing);
                return number switch
                {
                    Fact.Missing => cell.Kind == ProofCellKind.Missing,
                    Fact.None => cell.Kind == ProofCellKind.None,
                    _ => IsIn(cell, fact.Fact, number),
                };
            case SetVariable set:
                var mask = record.Numbers.GetValueOrDefault(set.Fact, Fact.Missing);
                return value == (mask == Fact.Missing ? 0 : mask == Fact.None ? 1 : 2);
            case MembersVariable members:
                var own = record.Numbers.GetValueOrDefault(members.Fact, Fact.Missing);
                return (value == 1) == (Fact.IsKnown(own) && (own & members.Mask) != 0);
            default:
                return true;
        }
    }

    private bool IsIn(ProofCell cell, int fact, long number)
    {
        if (module.Facts[fact].Kind != FactKind.HsCode)
        {
            return cell.Kind == ProofCellKind.Value && (cell.Bounds.IsEmpty ? cell.Value == number : cell.Bounds[0] <= number && number <= cell.Bounds[1]);
        }

        var code = Runtime.Trade.HsCode.FromEncoded(number);
        return cell.Kind switch
        {
            ProofCellKind.Value => cell.Bounds[0] <= code.Lower && code.Upper <= cell.Bounds[1],
            ProofCellKind.CoarseCode => cell.Bounds[0] == code.Lower && cell.Bounds[1] == code.Upper,
            _ => false,
        };
    }

    private string Written(Assignment of, int fact) => ScenarioText.Value(module, of, fact);

    /// <summary>All values of the cell that was found; of one whose values also hang on another fact, the value that was found.</summary>
    private string Values(ProofSpace space, Assignment found, int fact)
    {
        var variable = space.Variables.VariableOf(fact);
        if (space.Variables.IsCompared(fact) && found.Numbers.TryGetValue(fact, out var one) && Fact.IsKnown(one))
        {
            return $"such as {Written(found, fact)}";
        }

        if (space.Variables[variable] is FactVariable known && found.Numbers.TryGetValue(fact, out var number)
            && module.Facts[fact].Kind is FactKind.Date or FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months
            && known.Cells.FirstOrDefault(cell => IsIn(cell, fact, number)) is { Bounds: [var low, var high] })
        {
            return IntervalText.Of(module.Facts[fact], BigInteger.Max(low, IntervalText.Domain(module.Facts[fact].Kind).Least), high);
        }

        return found.Numbers.TryGetValue(fact, out var missing) && missing == Fact.Missing ? "not known" : Written(found, fact);
    }
}
