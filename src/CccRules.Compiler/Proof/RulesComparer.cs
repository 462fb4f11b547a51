using System.Collections.Immutable;
using System.Globalization;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Which outcomes change between two rulesets: for each norm and each pair of statuses, is there a record that has the one
/// by the old rules and the other by the new? Where there is none for any pair, the two are proved equal.
/// </summary>
internal sealed class RulesComparer
{
    private readonly MergedModules _merged;
    private readonly IRecordEvaluator _evaluator;
    private readonly WitnessFinder _witnesses;
    private readonly DeclarationComparer _declarations;
    private readonly CancellationToken _cancellation;

    private RulesComparer(ProofRules old, ProofRules @new, MergedModules merged, IRecordEvaluator evaluator, CancellationToken cancellation)
    {
        _merged = merged;
        _evaluator = evaluator;
        _witnesses = new WitnessFinder(evaluator);
        _declarations = new DeclarationComparer(old.Ruleset, @new.Ruleset);
        _cancellation = cancellation;
    }

    /// <summary>Compares.</summary>
    /// <param name="evaluator">Makes the evaluator of the merged modules.</param>
    /// <exception cref="NotSupportedException">The two have a fact of one name and different types; the message names it.</exception>
    public static RulesDifference Compare(ProofRules old, ProofRules @new, Func<MergedModules, IRecordEvaluator> evaluator, CancellationToken cancellation)
    {
        var merged = ModuleMerge.Merge(old.Module, @new.Module);
        return new RulesComparer(old, @new, merged, evaluator(merged), cancellation).Compare();
    }

    private RulesDifference Compare()
    {
        var (oldNorms, newNorms) = (_merged.Old.Norms.ToDictionary(norm => norm.QualifiedName), _merged.New.Norms.ToDictionary(norm => norm.QualifiedName));
        var norms = oldNorms.Keys.Union(newNorms.Keys).Order(StringComparer.Ordinal)
            .Select(name => CompareNorm(name, oldNorms.GetValueOrDefault(name), newNorms.GetValueOrDefault(name)));
        var (oldCategories, newCategories) = (_merged.Old.Categories.ToDictionary(category => category.Name), _merged.New.Categories.ToDictionary(category => category.Name));
        var categories = oldCategories.Keys.Union(newCategories.Keys).Order(StringComparer.Ordinal)
            .Select(name => CompareCategory(name, oldCategories.GetValueOrDefault(name), newCategories.GetValueOrDefault(name)));
        return new RulesDifference([.. norms, .. categories]);
    }

    private NormChanges CompareNorm(string name, NormSchema? old, NormSchema? @new)
    {
        _cancellation.ThrowIfCancellationRequested();
        var known = (@new ?? old)!;
        var changes = new NormChanges(name, known.Title, IsCategory: false, NormDifference.Same, [], []);
        try
        {
            int[] norms = [.. old is null ? [] : new[] { old.Index }, .. @new is null ? [] : new[] { @new.Index + _merged.Old.Norms.Length }];
            var space = ProofSpace.OfNorms(_merged.Module, norms);
            var (before, after) = (StatusesOf(space, old, 0), StatusesOf(space, @new, _merged.Old.Norms.Length));
            ImmutableArray<OutcomeChange> classes =
            [
                .. before.SelectMany(status => after, (status, other) => (From: status, To: other))
                    .Where(pair => pair.From.Status != pair.To.Status)
                    .Select(pair => FindChange(space, known, old, @new, pair.From, pair.To))
                    .OfType<OutcomeChange>(),
            ];
            var difference = classes.Any(change => change.Reason is null) ? old is null ? NormDifference.Added : @new is null ? NormDifference.Removed : NormDifference.Changed
                : !classes.IsEmpty ? NormDifference.NotProved
                : IsSameWhereMissing(norms) ? NormDifference.Same : NormDifference.SameForKnownFacts;
            return changes with { Difference = difference, Classes = classes, Because = classes.IsEmpty ? [] : _declarations.Behind(name) };
        }
        catch (ProofLimitException)
        {
            return changes with { Difference = NormDifference.NotProved };
        }
    }

    private static List<(Outcome Status, int Question)> StatusesOf(ProofSpace space, NormSchema? norm, int offset) => norm is null
        ? [(Outcome.NotApplicable, Diagrams.True)]
        : [.. ProofSpace.Statuses(norm).Select(status => (status, space.Exactly(norm.Index + offset, status)))];

    private OutcomeChange? FindChange(ProofSpace space, NormSchema norm, NormSchema? old, NormSchema? @new, (Outcome Status, int Question) from, (Outcome Status, int Question) to)
    {
        var (first, second) = (old?.Index ?? -1, @new is null ? -1 : @new.Index + _merged.Old.Norms.Length);
        var answer = _witnesses.Find(
            space,
            space.Diagrams.And(from.Question, to.Question),
            evaluator => (first < 0 || evaluator.OutcomeOf(first) == from.Status) && (second < 0 || evaluator.OutcomeOf(second) == to.Status));
        if (answer.Kind == AnswerKind.Nothing)
        {
            return null;
        }

        var change = new OutcomeChange(
            norm.QualifiedName, norm.Kind, old is null ? null : from.Status, @new is null ? null : to.Status, Direction(norm.Kind, from.Status, to.Status), null, null, answer.Reason);
        if (answer.Kind == AnswerKind.NotProved)
        {
            return change;
        }

        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{norm.Name}: {(old is null ? "new" : from.Status.Name(norm.Kind))} becomes {(@new is null ? "removed" : to.Status.Name(norm.Kind))}");
        string Scenario(NormSchema? of, Outcome status) => ScenarioText.Write(
            name, _merged.Module, answer.Record, of is null ? [] : [$"{ScenarioText.Name(of.Name)} {status.Name(of.Kind)}"]);
        return change with { Scenario = Scenario(@new ?? old, @new is null ? from.Status : to.Status), OldScenario = Scenario(old ?? @new, old is null ? to.Status : from.Status) };
    }

    /// <summary>What a change means: free of a duty to bound is stricter, a right that opens is more lenient.</summary>
    internal static ChangeDirection Direction(NormKind kind, Outcome from, Outcome to)
    {
        var (before, after) = (Burden(kind, from), Burden(kind, to));
        return after > before ? ChangeDirection.Stricter : after < before ? ChangeDirection.MoreLenient : ChangeDirection.Different;
    }

    private static int Burden(NormKind kind, Outcome status) => (kind, status) switch
    {
        (NormKind.Option, Outcome.Required or Outcome.Fulfilled) => -1,
        (NormKind.Option, _) => 0,
        (_, Outcome.Breached) => 2,
        (_, Outcome.Fulfilled or Outcome.Required or Outcome.Soon) => 1,
        _ => 0,
    };

    private bool IsSameWhereMissing(int[] norms)
    {
        if (norms.Length < 2)
        {
            return true;
        }

        try
        {
            var space = ProofSpace.OfNorms(_merged.Module, norms, isPartial: true);
            var diagrams = space.Diagrams;
            return ProofSpace.Statuses(_merged.Module.Norms[norms[0]]).Union(ProofSpace.Statuses(_merged.Module.Norms[norms[1]])).All(status =>
            {
                var (a, b) = (space.StatusOf(norms[0], status).Can, space.StatusOf(norms[1], status).Can);
                return a == b || space.Find(diagrams.Choose(a, diagrams.Not(b), b), _ => true).Kind == AnswerKind.Nothing;
            });
        }
        catch (ProofLimitException)
        {
            return false;
        }
    }

    private NormChanges CompareCategory(string name, CategorySchema? old, CategorySchema? @new)
    {
        _cancellation.ThrowIfCancellationRequested();
        var changes = new NormChanges(name, (@new ?? old)!.Title, IsCategory: true, NormDifference.Same, [], []);
        try
        {
            var (first, second) = (old?.Node ?? -1, @new is null ? -1 : @new.Node + _merged.Old.Logic.Length);
            var space = ProofSpace.Of(_merged.Module, new[] { first, second }.Where(node => node >= 0));
            var (before, after) = (first < 0 ? Diagrams.False : space.Must(first), second < 0 ? Diagrams.False : space.Must(second));
            ImmutableArray<OutcomeChange> classes =
            [
                .. new[] { FindMove(space, name, first, second, before, after, isIn: true), FindMove(space, name, first, second, before, after, isIn: false) }.OfType<OutcomeChange>(),
            ];
            var difference = classes.IsEmpty ? NormDifference.Same
                : classes.Any(change => change.Reason is null) ? old is null ? NormDifference.Added : @new is null ? NormDifference.Removed : NormDifference.Changed
                : NormDifference.NotProved;
            return changes with { Difference = difference, Classes = classes, Because = classes.IsEmpty ? [] : _declarations.Behind(name) };
        }
        catch (ProofLimitException)
        {
            return changes with { Difference = NormDifference.NotProved };
        }
    }

    private OutcomeChange? FindMove(ProofSpace space, string name, int first, int second, int before, int after, bool isIn)
    {
        var diagrams = space.Diagrams;
        var (from, to) = isIn ? (diagrams.Not(before), after) : (before, diagrams.Not(after));
        var (wanted, other) = isIn ? (Truth.False, Truth.True) : (Truth.True, Truth.False);
        var answer = _witnesses.Find(
            space, diagrams.And(from, to), evaluator => (first < 0 || evaluator.NodeOf(first) == wanted) && (second < 0 || evaluator.NodeOf(second) == other));
        if (answer.Kind == AnswerKind.Nothing)
        {
            return null;
        }

        var title = $"{name}: {(isIn ? "no becomes yes" : "yes becomes no")}";
        string Scenario(bool isYes) => ScenarioText.Write(title, _merged.Module, answer.Record, [$"{ScenarioText.Name(name[(name.LastIndexOf('.') + 1)..])} {(isYes ? "yes" : "no")}"]);
        var change = new OutcomeChange(
            name, NormKind.Obligation, isIn ? Outcome.NotApplicable : Outcome.Required, isIn ? Outcome.Required : Outcome.NotApplicable, ChangeDirection.Different, null, null, answer.Reason);
        return answer.Kind == AnswerKind.NotProved ? change : change with { Scenario = Scenario(isIn), OldScenario = Scenario(!isIn) };
    }
}
