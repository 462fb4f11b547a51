using System.Collections.Immutable;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>What the rules say of one norm for one record. Only <see cref="Outcome"/> is computed beforehand.</summary>
public readonly ref struct NormAnswer
{
    private readonly RecordRun _run;
    private readonly byte[] _outcomes;
    private readonly ref readonly byte _record;

    internal NormAnswer(RecordRun run, NormSchema norm, byte[] outcomes, ref readonly byte record)
    {
        _run = run;
        _outcomes = outcomes;
        _record = ref record;
        Norm = norm;
    }

    /// <summary>Name, title, actor, authority, citations.</summary>
    public NormSchema Norm { get; }

    /// <summary>The possible statuses.</summary>
    public Outcome Outcome => (Outcome)_outcomes[Norm.Index];

    /// <summary>One status is possible only.</summary>
    public bool IsSettled => Outcome.IsSettled();

    /// <summary>Where the law says so.</summary>
    public ImmutableArray<CitationSchema> Citations => Norm.Citations;

    /// <summary>The day from which a norm that is not yet in force on the evaluation date will be; null where there is none.</summary>
    public DateOnly? AppliesFrom => RecordRun.DateOf(Engine.AppliesFrom(Norm.Index));

    /// <summary>When a deadline is due; empty for other norms, and where nothing can be due, as it does not concern the record.</summary>
    public DueDate Due => Outcome.CanBeDue() ? DueDate.Of(Engine.DueOf(Norm.Index), Norm.Deadline is not null) : default;

    /// <summary>The facts, and open questions, that an open outcome still hangs on; empty for a settled one.</summary>
    public ImmutableArray<FactSchema> Missing
    {
        get
        {
            if (IsSettled)
            {
                return [];
            }

            _run.Missing.Clear();
            Engine.Missing(Norm.Index, _run.Missing);
            return Explainer.Facts(_run.Missing, _run.Ruleset.Manifest.Facts);
        }
    }

    /// <summary>Why, in the law's words. Built when asked for, and only then.</summary>
    public Explanation Explain() => Engine.Explain(Norm.Index);

    /// <summary>A copy that outlives the evaluator.</summary>
    public NormResult ToResult() => new(Norm, Outcome, Missing, AppliesFrom, Due);

    /// <summary>Such as <c>qr_mark: not_in_force or breached</c>.</summary>
    public override string ToString() => $"{Norm.Name}: {Outcome.Name(Norm.Kind)}";

    /// <summary>The engine, that knows the whole record.</summary>
    private Evaluator Engine
    {
        get
        {
            _run.ReadRest(in _record, _outcomes);
            return _run.Engine;
        }
    }
}

/// <summary>A classification that outlives its evaluator.</summary>
/// <param name="Norms">In the order of <see cref="RulesetManifest.Norms"/>.</param>
/// <param name="Faults">Values that could not be read.</param>
public sealed record ClassificationResult(ImmutableArray<NormResult> Norms, ImmutableArray<RecordFault> Faults)
{
    /// <summary>Every norm has one possible status only.</summary>
    public bool IsSettled => Norms.All(norm => norm.Outcome.IsSettled());
}

/// <summary>What the rules say of one norm.</summary>
/// <param name="Missing">Facts that an open outcome still hangs on.</param>
/// <param name="AppliesFrom">The day from which the norm will be in force; null where there is none.</param>
/// <param name="Due">When a deadline is due; empty for other norms.</param>
public sealed record NormResult(NormSchema Norm, Outcome Outcome, ImmutableArray<FactSchema> Missing, DateOnly? AppliesFrom, DueDate Due)
{
    /// <summary>Such as <c>qr_mark: not_in_force or breached</c>.</summary>
    public override string ToString() => $"{Norm.Name}: {Outcome.Name(Norm.Kind)}";
}
