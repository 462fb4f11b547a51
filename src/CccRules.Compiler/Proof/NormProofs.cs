using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Proof;

/// <summary>Norms that change nothing: never apply, are never in force, cannot be fulfilled; their windows and exemptions.</summary>
internal sealed class NormProofs(ProofContext context)
{
    private const string Norms = "norms that never matter";
    private const string Fulfilment = "fulfilment that is fixed";
    private const string Windows = "windows that never matter";
    private const string Periods = "gaps and overlaps between windows";
    private const string Exemptions = "exemptions that never or always lift";
    private const string Parameters = "parameters before their first value";

    public void Check(BoundNorm norm)
    {
        var schema = context.Module.Norms[context.IndexOf(norm.Norm)];
        try
        {
            var windows = norm.Windows.Select(window => context.Rules.Windows[(window, schema.Date)]).ToList();
            var exemptions = schema.Exemptions.Select(exemption => exemption.Node);
            var wheres = norm.Windows.Select(window => window.Where).OfType<BoundExpression>().Select(where => context.Rules.Nodes[where]);
            var space = ProofSpace.OfNorms(context.Module, [schema.Index], [.. windows, .. exemptions, .. wheres]);
            if (CheckMatters(norm.Norm, schema, space))
            {
                CheckFulfilment(norm, schema, space);
                CheckWindows(norm, schema, space, windows);
                CheckExemptions(norm, schema, space);
                CheckParameters(norm, schema, space);
            }
        }
        catch (ProofLimitException)
        {
            context.Count(Norms, 0, 1);
            context.NotProved.Add($"{norm.Norm.Noun} `{norm.Norm.Name}`: {ModelFinder.Limit}");
        }
    }

    /// <summary>A deadline that applies to nothing, or whose being met is fixed.</summary>
    public void Check(BoundDeadline deadline)
    {
        var schema = context.Module.Norms[context.IndexOf(deadline.Norm)];
        try
        {
            var space = ProofSpace.OfNorms(context.Module, [schema.Index]);
            if (context.IsNothing(Norms, space.Find(space.Must(schema.Applies), _ => true), Name(deadline.Norm)))
            {
                context.Report(Norms, ProofDiagnostics.NeverMatters(deadline.Norm.Location, Name(deadline.Norm), "it applies to no record", []), deadline.Norm);
            }
            else if (deadline.Met is { } met)
            {
                CheckFulfilment(deadline.Norm, met, schema, space, space.Must(schema.Applies));
            }
        }
        catch (ProofLimitException)
        {
            context.Count(Norms, 0, 1);
            context.NotProved.Add($"{deadline.Norm.Noun} `{deadline.Norm.Name}`: {ModelFinder.Limit}");
        }
    }

    private static string Name(Symbol norm) => $"the {norm.Noun} `{norm.Name}`";

    private bool CheckMatters(NormSymbol norm, NormSchema schema, ProofSpace space)
    {
        if (context.IsNothing(Norms, space.Find(space.Must(schema.Applies), _ => true), Name(norm)))
        {
            context.Report(Norms, ProofDiagnostics.NeverMatters(norm.Location, Name(norm), "it applies to no record", []), norm);
            return false;
        }

        var isInForce = space.Diagrams.And(space.Must(schema.Applies), space.Must(schema.InForce));
        if (context.IsNothing(Norms, space.Find(isInForce, _ => true), Name(norm)))
        {
            var question = space.Must(schema.Applies);
            context.Report(Norms, ProofDiagnostics.NeverMatters(norm.Location, Name(norm), "it is in force for no record that it applies to", []), norm, Shown(norm, schema, space, question));
            return false;
        }

        return true;
    }

    /// <summary>A record that meets a question about a norm, with what the norm comes to.</summary>
    private Witness? Shown(NormSymbol norm, NormSchema schema, ProofSpace space, int question, string? name = null)
    {
        // An exemption would hide what is to be shown.
        var plain = space.Diagrams.And(question, space.Diagrams.Not(space.Can(schema.Exempted)));
        question = space.Find(plain, _ => true).Kind == AnswerKind.Found ? plain : question;
        var complete = context.Witnesses.Find(space, question, _ => true, keepsFacts: true);
        if (complete.Kind != AnswerKind.Found)
        {
            return null;
        }

        context.Evaluator.Evaluate(complete.Record);
        var outcome = context.Evaluator.OutcomeOf(schema.Index);
        var smallest = context.Witnesses.Find(space, question, evaluator => evaluator.OutcomeOf(schema.Index) == outcome);
        return context.Witness(name ?? norm.Name, smallest.Kind == AnswerKind.Found ? smallest.Record : complete.Record, [norm]);
    }

    private void CheckFulfilment(BoundNorm norm, NormSchema schema, ProofSpace space)
    {
        if (norm.Fulfilled is not { } fulfilled || norm.Norm.IsOption)
        {
            return;
        }

        var diagrams = space.Diagrams;
        var binds = diagrams.And(space.Must(schema.Applies), space.Must(schema.InForce), diagrams.Not(space.Can(schema.Exempted)));
        CheckFulfilment(norm.Norm, fulfilled, schema, space, binds);
    }

    private void CheckFulfilment(NormSymbol norm, BoundExpression fulfilled, NormSchema schema, ProofSpace space, int binds)
    {
        var diagrams = space.Diagrams;
        if (space.Find(binds, _ => true).Kind != AnswerKind.Found)
        {
            return;
        }

        foreach (var isAlways in new[] { false, true })
        {
            var other = isAlways ? diagrams.Not(space.Can(schema.Fulfilled)) : space.Must(schema.Fulfilled);
            if (context.IsNothing(Fulfilment, space.Find(diagrams.And(binds, other), _ => true), Name(norm)))
            {
                context.Report(
                    Fulfilment,
                    ProofDiagnostics.FulfilmentFixed(ProofContext.At(norm, fulfilled.Syntax), norm.Name, isAlways),
                    norm,
                    Shown(norm, schema, space, binds));
            }
        }
    }

    private void CheckWindows(BoundNorm norm, NormSchema schema, ProofSpace space, List<int> windows)
    {
        var diagrams = space.Diagrams;
        for (var i = 0; i < windows.Count; i++)
        {
            var own = diagrams.And(space.Must(schema.Applies), space.Must(windows[i]));
            var others = windows.Where((_, position) => position != i).Aggregate(Diagrams.False, (any, window) => diagrams.Or(any, space.Can(window)));
            var at = ProofContext.At(norm.Norm, (norm.Windows[i].From ?? norm.Windows[i].Until)?.Syntax);
            if (context.IsNothing(Windows, space.Find(own, _ => true), Name(norm.Norm)))
            {
                context.Report(Windows, ProofDiagnostics.NeverMatters(at, $"a window of `{norm.Norm.Name}`", "no record that the norm applies to lies in it", []), norm.Norm);
            }
            else if (windows.Count > 1 && context.IsNothing(Windows, space.Find(diagrams.And(own, diagrams.Not(others)), _ => true), Name(norm.Norm)))
            {
                context.Report(
                    Windows,
                    ProofDiagnostics.NeverMatters(at, $"a window of `{norm.Norm.Name}`", "the other windows hold wherever it does", []),
                    norm.Norm,
                    Shown(norm.Norm, schema, space, own));
            }
        }

        CheckPeriods(norm, schema, space, windows);
    }

    /// <summary>Windows that end, and windows that begin after that or before it.</summary>
    private void CheckPeriods(BoundNorm norm, NormSchema schema, ProofSpace space, List<int> windows)
    {
        var diagrams = space.Diagrams;
        for (var i = 0; i < windows.Count; i++)
        {
            if (Day(norm.Windows[i].Until) is not { } last)
            {
                continue;
            }

            for (var j = 0; j < windows.Count; j++)
            {
                if (j == i || Day(norm.Windows[j].From) is not { } first)
                {
                    continue;
                }

                var at = ProofContext.At(norm.Norm, norm.Windows[i].Until?.Syntax);
                var next = ProofContext.At(norm.Norm, norm.Windows[j].From?.Syntax);
                if (first <= last && (Day(norm.Windows[i].From) is not { } begin || begin <= first))
                {
                    var both = diagrams.And(space.Must(schema.Applies), space.Must(windows[i]), space.Must(windows[j]));
                    if (!context.IsNothing(Periods, space.Find(both, _ => true), Name(norm.Norm)))
                    {
                        context.Report(Periods, ProofDiagnostics.Overlap(at, norm.Norm.Name, next), norm.Norm, Shown(norm.Norm, schema, space, both, "two periods at once"));
                    }
                }
                else if (first > last + 1)
                {
                    CheckGap(norm, schema, space, i, j, last + 1, first - 1);
                }
            }
        }
    }

    private void CheckGap(BoundNorm norm, NormSchema schema, ProofSpace space, int ending, int beginning, long from, long until)
    {
        var diagrams = space.Diagrams;
        var between = diagrams.And(
            space.Must(schema.Applies),
            space.IsDayIn(schema.Date, from, until),
            Where(space, norm.Windows[ending]),
            Where(space, norm.Windows[beginning]),
            diagrams.Not(space.Can(schema.InForce)));
        if (!context.IsNothing(Periods, space.Find(between, _ => true), Name(norm.Norm)))
        {
            context.Report(
                Periods,
                ProofDiagnostics.Gap(
                    ProofContext.At(norm.Norm, norm.Windows[ending].Until?.Syntax),
                    norm.Norm.Name,
                    CivilDate.Format(from),
                    CivilDate.Format(until),
                    ProofContext.At(norm.Norm, norm.Windows[beginning].From?.Syntax)),
                norm.Norm,
                Shown(norm.Norm, schema, space, between, "in the gap"));
        }
    }

    private int Where(ProofSpace space, BoundWindow window) =>
        window.Where is { } where ? space.Must(context.Rules.Nodes[where]) : Diagrams.True;

    private static long? Day(BoundExpression? date) => date switch
    {
        BoundConstant { Value: DateConstant constant } => constant.Day,
        BoundParameter { At: null, Entries: [{ Value: DateConstant constant }] } => constant.Day,
        _ => null,
    };

    private void CheckExemptions(BoundNorm norm, NormSchema schema, ProofSpace space)
    {
        var diagrams = space.Diagrams;
        var applies = space.Must(schema.Applies);
        var inForce = diagrams.And(applies, space.Must(schema.InForce));
        for (var i = 0; i < schema.Exemptions.Length; i++)
        {
            var exemption = norm.Exemptions[i];
            var holds = space.Must(schema.Exemptions[i].Node);
            var at = exemption.Location;
            if (space.Find(holds, _ => true).Kind == AnswerKind.Nothing)
            {
                context.Count(Exemptions, 0, 0);
                context.Report(Exemptions, ProofDiagnostics.ExemptionNeverMeets(at, exemption.Name, norm.Norm.Name, "it holds for no record", norm.Norm.Location), exemption);
            }
            else if (context.IsNothing(Exemptions, space.Find(diagrams.And(applies, holds), _ => true), Name(exemption)))
            {
                context.Report(
                    Exemptions,
                    ProofDiagnostics.ExemptionNeverMeets(at, exemption.Name, norm.Norm.Name, "no record has both", norm.Norm.Location),
                    exemption,
                    Shown(norm.Norm, schema, space, holds, $"{exemption.Name} does not meet {norm.Norm.Name}"));
            }
            else if (context.IsNothing(Exemptions, space.Find(diagrams.And(inForce, holds), _ => true), Name(exemption)))
            {
                context.Report(
                    Exemptions,
                    ProofDiagnostics.ExemptionNeverMeets(at, exemption.Name, norm.Norm.Name, "it holds only where the obligation is not in force", norm.Norm.Location),
                    exemption,
                    Shown(norm.Norm, schema, space, diagrams.And(applies, holds), $"{exemption.Name} meets {norm.Norm.Name} out of force"));
            }
            else if (context.IsNothing(Exemptions, space.Find(diagrams.And(inForce, diagrams.Not(space.Can(schema.Exemptions[i].Node))), _ => true), Name(exemption)))
            {
                context.Report(
                    Exemptions,
                    ProofDiagnostics.ExemptionAlwaysLifts(at, exemption.Name, norm.Norm.Name, norm.Norm.Location),
                    exemption,
                    Shown(norm.Norm, schema, space, inForce));
            }
        }
    }

    /// <summary>A dated parameter on a day before its first: it has no value, and what compares with it does not hold.</summary>
    private void CheckParameters(BoundNorm norm, NormSchema schema, ProofSpace space)
    {
        foreach (var part in Parts(norm).OfType<BoundParameter>().Where(part => part.Entries[0].FromDay is not null).DistinctBy(part => (part.Parameter, part.At?.Syntax)))
        {
            var step = FindStep(space, part);
            if (step < 0)
            {
                continue;
            }

            var question = space.Diagrams.And(space.Must(schema.Applies), space.IsBeforeFirst(step), space.Must(schema.InForce));
            if (!context.IsNothing(Parameters, space.Find(question, _ => true), $"parameter `{part.Parameter.Name}`"))
            {
                context.Report(
                    Parameters,
                    ProofDiagnostics.ParameterGap(
                        ProofContext.At(norm.Norm, part.Syntax),
                        norm.Norm.Name,
                        part.Parameter.Name,
                        CivilDate.Format(part.Entries[0].FromDay!.Value),
                        part.Parameter.Location),
                    norm.Norm,
                    Shown(norm.Norm, schema, space, question, $"{part.Parameter.Name} before its first value"));
            }
        }
    }

    private int FindStep(ProofSpace space, BoundParameter part)
    {
        for (var i = 0; i < context.Module.Values.Length; i++)
        {
            if (context.Module.Values[i] is IrStep step
                && space.HasValue(i)
                && (part.At is null) == IsEvaluationDate(step.Day)
                && context.Module.StepTables[step.Table].Entries is [var first, ..] entries
                && first.FromDay == part.Entries[0].FromDay && entries.Length == part.Entries.Length)
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsEvaluationDate(int value) =>
        context.Module.Values[value] is IrFact fact && context.Module.Facts[fact.Fact].Role == FactRole.EvaluationDate;

    private static IEnumerable<BoundExpression> Parts(BoundNorm norm)
    {
        var clauses = norm.Windows.SelectMany(window => new[] { window.From, window.Until, window.Where }).Append(norm.When).Append(norm.Unless).Append(norm.Fulfilled);
        var stack = new Stack<BoundExpression>(clauses.OfType<BoundExpression>());
        while (stack.TryPop(out var part))
        {
            yield return part;
            foreach (var inner in BoundTree.Parts(part))
            {
                stack.Push(inner);
            }
        }
    }
}
