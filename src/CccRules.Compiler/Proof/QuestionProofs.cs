using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Proof;

/// <summary>Questions whose answer changes no outcome and no category.</summary>
internal sealed class QuestionProofs(ProofContext context)
{
    private const string What = "questions that change nothing";

    public void Check()
    {
        foreach (var question in context.Rules.Ruleset.Questions)
        {
            context.CheckCancellation();
            var fact = context.Module.Facts.First(schema => schema.Role == FactRole.Question && schema.Name == question.Name).Index;
            Check(question, fact);
        }
    }

    private void Check(QuestionSymbol question, int fact)
    {
        // What is asked of a list's entries is not looked into, nor what hangs on no outcome but a date.
        var isDoubtful = context.Module.Facts.Any(schema => schema.Origins.Contains(fact)) || IsInDueDate(fact);
        foreach (var norm in context.Module.Norms)
        {
            switch (Matters(Cone.NodesOf(context.Module, norm.Index), fact, norm.Index))
            {
                case true:
                    context.Count(What, 0, 0);
                    return;
                case null:
                    isDoubtful = true;
                    break;
            }
        }

        foreach (var category in context.Module.Categories)
        {
            switch (Matters([category.Node], fact, -1))
            {
                case true:
                    context.Count(What, 0, 0);
                    return;
                case null:
                    isDoubtful = true;
                    break;
            }
        }

        context.Count(What, 0, isDoubtful ? 1 : 0);
        if (!isDoubtful)
        {
            context.Report(What, ProofDiagnostics.QuestionChangesNothing(question.Location, question.Name), question);
        }
    }

    private bool IsInDueDate(int fact) => context.Module.Norms.Any(norm => norm.Deadline is { } deadline && Cone.OfValue(context.Module, deadline.Due).Facts.Contains(fact));

    /// <summary>Whether the answer changes a norm's outcome, or a category; null where that was not shown.</summary>
    private bool? Matters(IEnumerable<int> nodes, int fact, int norm)
    {
        var cone = Cone.Of(context.Module, nodes);
        if (!cone.Facts.Contains(fact))
        {
            return false;
        }

        try
        {
            var space = ProofSpace.Of(context.Module, nodes);
            var diagrams = space.Diagrams;
            var variable = space.Variables.VariableOf(fact);
            var results = norm >= 0 ? ProofSpace.Statuses(context.Module.Norms[norm]).Select(status => space.Exactly(norm, status)) : nodes.Select(space.Must);
            var isDoubtful = false;
            foreach (var result in results)
            {
                var (yes, no) = (diagrams.Restrict(result, variable, 0), diagrams.Restrict(result, variable, 1));
                var answer = space.Find(diagrams.Choose(yes, diagrams.Not(no), no), _ => true);
                if (answer.Kind == AnswerKind.Found)
                {
                    return true;
                }

                isDoubtful |= answer.Kind == AnswerKind.NotProved;
            }

            return isDoubtful ? null : false;
        }
        catch (ProofLimitException)
        {
            return null;
        }
    }
}
