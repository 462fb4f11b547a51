using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Records that show what a proof found: first from the diagram, then with every fact known, then with as few facts as it
/// takes, and each time asked of the evaluator.
/// </summary>
internal sealed class WitnessFinder(IRecordEvaluator evaluator)
{
    /// <summary>A record that meets a question.</summary>
    /// <param name="question">A diagram of the space.</param>
    /// <param name="shows">Whether the record last evaluated shows it.</param>
    /// <param name="keepsFacts">The record's facts count as they are; else as few as show it.</param>
    public ProofAnswer Find(ProofSpace space, int question, Func<IRecordEvaluator, bool> shows, bool keepsFacts = false)
    {
        var answer = space.Find(question, record => Shows(space.IsPartial ? record : Complete(space, record), shows));
        if (answer.Kind != AnswerKind.Found)
        {
            return answer;
        }

        var record = space.IsPartial ? WithoutMissing(answer.Record) : Complete(space, answer.Record);
        record = keepsFacts ? record : Shrink(record, answer.Record, shows);
        return ModelFinder.ReadsLists(space.Module, record) ? ProofAnswer.NotProved(ModelFinder.Lists) : ProofAnswer.Found(record);
    }

    /// <summary>The record with a value for every fact that the space reads.</summary>
    public static Assignment Complete(ProofSpace space, Assignment record)
    {
        foreach (var fact in space.Facts)
        {
            if (record.Numbers.ContainsKey(fact) || record.Texts.ContainsKey(fact))
            {
                continue;
            }

            record = space.Variables[space.Variables.VariableOf(fact)] switch
            {
                SetVariable => record.With(fact, 0),
                FactVariable variable when variable.Cells.FirstOrDefault(cell => cell.Kind == ProofCellKind.None) is { } none => record.With(fact, none.Value),
                FactVariable { Cells: [.., { Text: { } text }] } => record.With(fact, text),
                FactVariable variable => record.With(fact, variable.Cells[^1].Value),
                _ => record,
            };
        }

        return record;
    }

    private static Assignment WithoutMissing(Assignment record) =>
        record with { Numbers = record.Numbers.RemoveRange(record.Numbers.Where(entry => entry.Value == Fact.Missing).Select(entry => entry.Key)) };

    private bool Shows(Assignment record, Func<IRecordEvaluator, bool> shows)
    {
        evaluator.Evaluate(record);
        return shows(evaluator);
    }

    /// <summary>Drops every fact without which the record still shows it, those first of which the diagram said nothing.</summary>
    private Assignment Shrink(Assignment record, Assignment needed, Func<IRecordEvaluator, bool> shows)
    {
        foreach (var fact in record.Facts.OrderBy(fact => needed.Facts.Contains(fact)).ToList())
        {
            var smaller = record.Without(fact);
            if (Shows(smaller, shows))
            {
                record = smaller;
            }
        }

        evaluator.Evaluate(record);
        return record;
    }
}
