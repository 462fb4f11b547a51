using CccRules.Compiler.Binding;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>Obligations of one actor that bind some record together and that no such record can fulfil together.</summary>
internal sealed class ConflictProofs(ProofContext context)
{
    private const string What = "obligations of one actor that cannot be fulfilled together";
    private const int MostPairs = 5_000;

    /// <summary>By two fulfilments: whether some record fulfils both.</summary>
    private readonly Dictionary<(int, int), bool> _both = [];

    public void Check()
    {
        var obligations = context.Rules.Norms.Where(norm => norm is { Fulfilled: not null, Norm.IsOption: false })
            .GroupBy(norm => norm.Norm.Actor?.QualifiedName ?? "", StringComparer.Ordinal);
        var pairs = 0;
        foreach (var group in obligations)
        {
            var norms = group.Select(norm => (Norm: norm, Facts: FactsOf(Schema(norm).Fulfilled), Binding: FactsOf(Schema(norm).Applies, Schema(norm).InForce, Schema(norm).Exempted))).ToList();
            for (var i = 0; i < norms.Count; i++)
            {
                for (var j = i + 1; j < norms.Count; j++)
                {
                    // Without a fact in common the two fulfilments cannot stand against each other.
                    if (!norms[i].Facts.Overlaps(norms[j].Facts))
                    {
                        continue;
                    }

                    context.CheckCancellation();
                    if (IsFree(norms[i].Facts, norms[i].Binding, norms[j].Binding) && IsFree(norms[j].Facts, norms[i].Binding, norms[j].Binding)
                        && CanBoth(Schema(norms[i].Norm).Fulfilled, Schema(norms[j].Norm).Fulfilled))
                    {
                        context.Count(What, 0, 0);
                    }
                    else if (pairs++ < MostPairs)
                    {
                        CheckPair(norms[i].Norm, norms[j].Norm);
                    }
                    else
                    {
                        context.Count(What, 0, 1);
                    }
                }
            }
        }

        if (pairs > MostPairs)
        {
            context.NotProved.Add($"{pairs - MostPairs} pairs of obligations: {ModelFinder.Limit}");
        }
    }

    private HashSet<int> FactsOf(params int[] nodes) => [.. Cone.Of(context.Module, nodes).Facts];

    /// <summary>What fulfils does not bear on what binds: whoever is bound can fulfil as if it were not.</summary>
    private static bool IsFree(HashSet<int> fulfils, HashSet<int> binds, HashSet<int> bindsOther) => !fulfils.Overlaps(binds) && !fulfils.Overlaps(bindsOther);

    /// <summary>Some record fulfils both.</summary>
    private bool CanBoth(int left, int right)
    {
        if (!_both.TryGetValue((left, right), out var canBoth))
        {
            try
            {
                var space = ProofSpace.Of(context.Module, [left, right]);
                canBoth = space.Find(space.Diagrams.And(space.Must(left), space.Must(right)), _ => true).Kind == AnswerKind.Found;
            }
            catch (ProofLimitException)
            {
                // Then the pair is asked about in full, and that tells of the limit.
                canBoth = false;
            }

            _both[(left, right)] = canBoth;
        }

        return canBoth;
    }

    private NormSchema Schema(BoundNorm norm) => context.Module.Norms[context.IndexOf(norm.Norm)];

    private void CheckPair(BoundNorm left, BoundNorm right)
    {
        try
        {
            var (a, b) = (Schema(left), Schema(right));
            var fulfilments = ProofSpace.Of(context.Module, [a.Fulfilled, b.Fulfilled]);
            var both = fulfilments.Diagrams.And(fulfilments.Must(a.Fulfilled), fulfilments.Must(b.Fulfilled));
            var space = ProofSpace.OfNorms(context.Module, [a.Index, b.Index]);
            var binds = space.Diagrams.And(Binds(space, a), Binds(space, b));
            var answer = space.Find(space.Diagrams.And(binds, space.Must(a.Fulfilled), space.Must(b.Fulfilled)), _ => true);
            if (!context.IsNothing(What, answer, $"`{left.Norm.Name}` and `{right.Norm.Name}`")
                || (both != Diagrams.False && fulfilments.Find(both, _ => true).Kind == AnswerKind.Found && !CanEach(space, binds, a, b))
                || space.Find(binds, _ => true).Kind != AnswerKind.Found)
            {
                return;
            }

            // Where what fulfils the one ends the other, whoever does that is in breach of neither.
            binds = space.Diagrams.And(binds, space.Diagrams.Not(CanComply(space, a, b)));
            if (context.IsNothing(What, space.Find(binds, _ => true), $"`{left.Norm.Name}` and `{right.Norm.Name}`"))
            {
                return;
            }

            var witness = context.Witnesses.Find(space, binds, evaluator => evaluator.OutcomeOf(a.Index) is Outcome.Fulfilled or Outcome.Breached
                && evaluator.OutcomeOf(b.Index) is Outcome.Fulfilled or Outcome.Breached);
            context.Report(
                What,
                ProofDiagnostics.Conflict(left.Norm.Location, left.Norm.Name, right.Norm.Name, left.Norm.Actor is { } actor ? $"`{actor.Name}`" : "the same", right.Norm.Location),
                left.Norm,
                witness.Kind == AnswerKind.Found ? context.Witness($"{left.Norm.Name} and {right.Norm.Name} cannot both be fulfilled", witness.Record, [left.Norm, right.Norm]) : null);
        }
        catch (ProofLimitException)
        {
            context.Count(What, 0, 1);
        }
    }

    /// <summary>Each of the two can be fulfilled by some record that both bind; one that never can is told of by itself.</summary>
    private static bool CanEach(ProofSpace space, int binds, NormSchema a, NormSchema b) =>
        space.Find(space.Diagrams.And(binds, space.Must(a.Fulfilled)), _ => true).Kind == AnswerKind.Found
        && space.Find(space.Diagrams.And(binds, space.Must(b.Fulfilled)), _ => true).Kind == AnswerKind.Found;

    /// <summary>With other values of the facts that fulfil, one of the two is fulfilled and the other binds no more.</summary>
    private int CanComply(ProofSpace space, NormSchema a, NormSchema b)
    {
        var diagrams = space.Diagrams;
        int IsFree(NormSchema norm) => diagrams.Not(space.StatusOf(norm.Index, Outcome.Fulfilled | Outcome.Breached).Can);
        var way = diagrams.Or(
            diagrams.And(space.Exactly(a.Index, Outcome.Fulfilled), IsFree(b)),
            diagrams.And(space.Exactly(b.Index, Outcome.Fulfilled), IsFree(a)));
        var acts = FactsOf(a.Fulfilled, b.Fulfilled);
        for (var variable = 0; variable < diagrams.VariableCount; variable++)
        {
            if (IsAbout(space.Variables[variable], acts))
            {
                way = Enumerable.Range(0, diagrams.ArityOf(variable)).Aggregate(Diagrams.False, (any, value) => diagrams.Or(any, diagrams.Restrict(way, variable, value)));
            }
        }

        return way;
    }

    private static bool IsAbout(ProofVariable variable, HashSet<int> facts) => variable switch
    {
        FactVariable fact => facts.Contains(fact.Fact),
        SetVariable set => facts.Contains(set.Fact),
        MembersVariable members => facts.Contains(members.Fact),
        SumVariable sum => sum.Bound.Terms.Any(term => facts.Contains(term.Quantity.Fact)),
        SameVariable same => facts.Contains(same.Left) || facts.Contains(same.Right),
        _ => true,
    };

    private static int Binds(ProofSpace space, NormSchema norm) => space.Diagrams.And(
        space.Must(norm.Applies),
        space.Must(norm.InForce),
        space.Diagrams.Not(space.Can(norm.Exempted)));
}
