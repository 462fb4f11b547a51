using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Proof;

/// <summary>Evaluates single records exactly. What a proof says of a record is asked here before it is told.</summary>
internal interface IRecordEvaluator
{
    /// <summary>Takes a record; facts that it does not have are missing.</summary>
    void Evaluate(Assignment record);

    Truth NodeOf(int node);

    Outcome OutcomeOf(int norm);

    /// <summary>The facts that a norm's outcome still hangs on.</summary>
    IEnumerable<int> MissingOf(int norm);
}

/// <summary>Records by the compiled ruleset, which is compiled when first asked.</summary>
/// <param name="ruleset">Of the module that is proved.</param>
internal sealed class CompiledRecords(Lazy<Ruleset> ruleset) : IRecordEvaluator
{
    private readonly Lazy<Evaluator> _evaluator = new(() => new Evaluator(ruleset.Value));

    public void Evaluate(Assignment record)
    {
        var texts = new TextDictionary();
        _evaluator.Value.Evaluate(Encode(record, ruleset.Value.Manifest.Facts.Length, texts), texts);
    }

    public Truth NodeOf(int node) => _evaluator.Value.NodeOf(node);

    public Outcome OutcomeOf(int norm) => _evaluator.Value[norm];

    public IEnumerable<int> MissingOf(int norm)
    {
        var missing = new FactSet(ruleset.Value.Manifest.Facts.Length);
        _evaluator.Value.Missing(norm, missing);
        foreach (var fact in missing)
        {
            yield return fact;
        }
    }

    private static long[] Encode(Assignment record, int count, TextDictionary texts)
    {
        var facts = new long[count];
        Array.Fill(facts, Fact.Missing);
        foreach (var (fact, number) in record.Numbers)
        {
            facts[fact] = number;
        }

        foreach (var (fact, text) in record.Texts)
        {
            facts[fact] = texts.Intern(text);
        }

        return facts;
    }
}
