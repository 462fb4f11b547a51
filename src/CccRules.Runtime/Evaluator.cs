using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CccRules.Runtime.Candidates;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime;

/// <summary>
/// Runs a ruleset: over one record (<see cref="Evaluate"/>), then asked for outcomes, missing facts and reasons; or over a
/// batch (<see cref="Classify"/>). Owns its buffers, so it allocates nothing once warm; belongs to one thread.
/// </summary>
public sealed class Evaluator
{
    private readonly KernelSet _kernels;
    private readonly NormGate? _gate;
    private readonly SupportFinder _support;
    private readonly long[] _facts;
    private readonly Truth[] _nodes;
    private readonly long[] _values;
    private readonly Int128[] _wideValues;
    private readonly byte[] _outcomes;

    /// <summary>Where the outcomes of the record last evaluated are: those of its evaluation, or those that its code settled, which are shared.</summary>
    private byte[] _answered;
    private TextDictionary _texts = new();
    private BatchFrame? _frame;
    private RecordClassifier? _classifier;
    private long[]? _deferred;

    public Evaluator(Ruleset ruleset)
        : this(ruleset, KernelCatalog.Best)
    {
    }

    internal Evaluator(Ruleset ruleset, KernelSet kernels)
    {
        Ruleset = ruleset;
        _kernels = kernels;
        _gate = ruleset.Gate;
        var manifest = ruleset.Manifest;
        _support = new SupportFinder(manifest, ruleset.Tables);
        _facts = new long[manifest.Facts.Length];
        _nodes = new Truth[manifest.Graph.Logic.Length];
        _values = new long[manifest.Graph.Values.Length];
        _wideValues = manifest.Graph.Values.Any(value => value.IsWide) ? new Int128[_values.Length] : [];
        _outcomes = new byte[manifest.Norms.Length];
        _answered = _outcomes;
    }

    public Ruleset Ruleset { get; }

    /// <summary>Outcome of a norm for the record last evaluated.</summary>
    public Outcome this[int norm] => (Outcome)_answered[norm];

    /// <summary>All of them, until the next record.</summary>
    internal byte[] Answered => _answered;

    /// <summary>Computes everything about one record.</summary>
    /// <param name="facts">One number a fact of <see cref="RulesetManifest.Facts"/>, as <see cref="Fact"/> says; not kept.</param>
    /// <param name="texts">Texts of the text facts.</param>
    /// <exception cref="ArgumentException">The number of facts is not the ruleset's.</exception>
    public void Evaluate(ReadOnlySpan<long> facts, TextDictionary texts)
    {
        if (facts.Length != _facts.Length)
        {
            throw new ArgumentException($"The ruleset has {_facts.Length} facts, the record {facts.Length}.", nameof(facts));
        }

        // Kept for what is asked afterwards; a row of a batch, or a record that was deferred, is there already.
        if (facts != _facts)
        {
            facts.CopyTo(_facts);
        }

        _deferred = null;
        _answered = _outcomes;
        _texts = texts;
        Ruleset.Program.Evaluate(Frame(facts, texts));
    }

    /// <summary>
    /// Computes the outcomes of one record, and leaves the rest until it is asked for: what is missing, categories, reasons.
    /// </summary>
    /// <param name="facts">As for <see cref="Evaluate"/>; must stay as it is until the next record.</param>
    internal void EvaluateOutcomes(long[] facts, TextDictionary texts)
    {
        if (!TrySettle(_gate is null ? 0 : facts[_gate.Fact], out var answer))
        {
            EvaluateOpen(facts, texts, answer);
            return;
        }

        _answered = answer.Outcomes;
        Defer(facts, texts);
    }

    /// <summary>Whether a record's code alone settles every outcome. Changes nothing: the evaluator does not know the record.</summary>
    /// <param name="code">The fact of the ruleset's gate.</param>
    /// <param name="answer">What the code settles; null for nothing.</param>
    internal bool TrySettle(long code, [NotNullWhen(true)] out GateAnswer? answer)
    {
        answer = null;
        var gate = _gate;
        if (gate is null)
        {
            return false;
        }

        var @class = gate.ClassOf(code);
        if (@class >= 0)
        {
            if (gate.IsSettled(@class))
            {
                answer = gate[@class]!;
                return true;
            }

            answer = gate[@class] ?? Settle(gate, @class, code);
        }

        return answer is { Open.Length: 0 };
    }

    /// <summary>Computes the outcomes that a record's code leaves open.</summary>
    /// <param name="answer">What <see cref="TrySettle"/> said.</param>
    /// <returns>The outcomes, until the next record.</returns>
    internal byte[] EvaluateOpen(long[] facts, TextDictionary texts, GateAnswer? answer)
    {
        // Norms one by one compute again what they share.
        if (answer is null || 2 * answer.Open.Length > _outcomes.Length)
        {
            Evaluate(facts, texts);
            return _outcomes;
        }

        answer.Outcomes.AsSpan().CopyTo(_outcomes);
        _answered = _outcomes;
        var frame = Frame(facts, texts);
        foreach (var norm in answer.Open)
        {
            Ruleset.Program.EvaluateNorm(in frame, norm);
        }

        Defer(facts, texts);
        return _outcomes;
    }

    private void Defer(long[] facts, TextDictionary texts)
    {
        // A record after the other comes in the same array: telling the collector of it again would cost more than to look.
        if (_deferred != facts || _texts != texts)
        {
            _deferred = facts;
            _texts = texts;
        }
    }

    /// <summary>
    /// Computes the outcomes of one record and nothing else: much faster than <see cref="Evaluate"/>, which also keeps why. Afterwards
    /// the evaluator still answers for the record last evaluated.
    /// </summary>
    /// <returns>The outcomes as the only row, without those that are simply not applicable; overwritten by the next record.</returns>
    /// <exception cref="ArgumentException">The number of facts is not the ruleset's.</exception>
    public SparseOutcomes ClassifyRecord(ReadOnlySpan<long> facts, TextDictionary texts)
    {
        if (facts.Length != _facts.Length)
        {
            throw new ArgumentException($"The ruleset has {_facts.Length} facts, the record {facts.Length}.", nameof(facts));
        }

        _classifier ??= new RecordClassifier(Ruleset, Ruleset.Manifest.Tables.Candidates, _kernels);
        return _classifier.Classify(facts, texts);
    }

    /// <summary>Computes everything about one row of a batch.</summary>
    public void EvaluateRow(ColumnBatch batch, int row)
    {
        batch.CopyRow(row, _facts);
        Evaluate(_facts, batch.Texts);
    }

    /// <summary>Truth of a category for the record last evaluated.</summary>
    public Truth CategoryOf(int category) => NodeOf(Ruleset.Manifest.Categories[category].Node);

    /// <summary>Truth of a logic node for the record last evaluated.</summary>
    public Truth NodeOf(int node)
    {
        Complete();
        return _nodes[node];
    }

    /// <summary>A derived value of the record last evaluated that is not wide, as <see cref="Fact"/> says.</summary>
    public long ValueOf(int value)
    {
        Complete();
        return _values[value];
    }

    /// <summary>Adds the facts that a norm's outcome still hangs on; none where it is settled.</summary>
    public void Missing(int norm, FactSet into)
    {
        if (!this[norm].IsSettled())
        {
            Complete();
            _support.OfNorm(norm, State, into);
        }
    }

    /// <summary>Adds the facts that a category still hangs on; none where it is certain or excluded.</summary>
    public void MissingOfCategory(int category, FactSet into)
    {
        Complete();
        _support.OfNode(Ruleset.Manifest.Categories[category].Node, State, into);
    }

    /// <summary>
    /// The day from which a norm that is not yet in force on the evaluation date will be, as far as the record is known;
    /// <see cref="Fact.Missing"/> where there is none or the norm is judged by another date.
    /// </summary>
    public long AppliesFrom(int norm)
    {
        Complete();
        var schema = Ruleset.Manifest.Norms[norm];
        var today = _values[schema.Date];
        if (!schema.IsJudgedByEvaluationDate
            || !Fact.IsKnown(today)
            || _nodes[schema.Applies] == Truth.False
            || _nodes[schema.InForce] == Truth.True)
        {
            return Fact.Missing;
        }

        var earliest = Fact.Missing;
        foreach (var window in schema.Windows)
        {
            var from = window.From < 0 ? Fact.None : _values[window.From];
            var until = window.Until < 0 ? Fact.Missing : _values[window.Until];
            var isPossible = window.Where < 0 || Kleene.IsPossible(_nodes[window.Where]);
            var isOver = until != Fact.Missing && until < from;
            if (isPossible && !isOver && from > today && (earliest == Fact.Missing || from < earliest))
            {
                earliest = from;
            }
        }

        return earliest;
    }

    /// <summary>When a deadline of the record last evaluated is due; missing throughout for other norms.</summary>
    public DueDates DueOf(int norm)
    {
        if (Ruleset.Manifest.Norms[norm].Deadline is not { } deadline)
        {
            return new DueDates(Fact.Missing, Fact.Missing, Fact.Missing);
        }

        Complete();
        return new DueDates(_values[deadline.Due], _values[deadline.Earliest], _values[deadline.Latest]);
    }

    /// <summary>When a deadline is due in a row of the batch last classified; missing throughout for other norms.</summary>
    /// <exception cref="InvalidOperationException">No batch was classified.</exception>
    public DueDates DueOf(int norm, int row) => Ruleset.Manifest.Norms[norm].Deadline is { } deadline
        ? new DueDates(Batch.Dues(deadline.Due)[row], Batch.Dues(deadline.Earliest)[row], Batch.Dues(deadline.Latest)[row])
        : new DueDates(Fact.Missing, Fact.Missing, Fact.Missing);

    /// <summary>Why a norm has its outcome for the record last evaluated.</summary>
    public Explanation Explain(int norm)
    {
        Complete();
        var schema = Ruleset.Manifest.Norms[norm];
        var missing = new FactSet(_facts.Length);
        Missing(norm, missing);
        return new Explanation(
            schema,
            this[norm],
            Explainer.Reasons(schema.Reasons, Ruleset.Manifest.Definitions, _nodes),
            Explainer.Exemptions(schema, _nodes),
            Explainer.Facts(missing, Ruleset.Manifest.Facts),
            AppliesFrom(norm));
    }

    /// <summary>Computes every norm's outcome for each row of a batch; read them with <see cref="Outcomes(int)"/>.</summary>
    public void Classify(ColumnBatch batch)
    {
        _frame ??= new BatchFrame(Ruleset.Manifest, Ruleset.Tables, _kernels, batch);
        _frame.Classify(Ruleset.Program, batch);
    }

    /// <summary>
    /// Computes for each row of a batch the norms whose outcome is not simply <see cref="Outcome.NotApplicable"/>. Of thousands of
    /// norms few concern a record: this costs by their number, while a column for every norm costs by the number of all.
    /// </summary>
    /// <returns>The outcomes by row; overwritten by the next batch.</returns>
    public SparseOutcomes ClassifySparse(ColumnBatch batch)
    {
        _frame ??= new BatchFrame(Ruleset.Manifest, Ruleset.Tables, _kernels, batch);
        _frame.ClassifySparse(Ruleset.Program, batch);
        return _frame.Sparse;
    }

    /// <summary>
    /// Outcome of a norm (a set of statuses, <see cref="Outcome"/>) in each row of the batch last classified. Overwritten by the next batch.
    /// </summary>
    /// <exception cref="InvalidOperationException">No batch was classified.</exception>
    public Span<byte> Outcomes(int norm) => Batch.Outcomes(norm);

    /// <summary>Outcome of a norm in each row of the batch last classified. Overwritten by the next batch.</summary>
    /// <exception cref="InvalidOperationException">No batch was classified.</exception>
    public ReadOnlySpan<Outcome> Outcomes(NormSchema norm) => MemoryMarshal.Cast<byte, Outcome>(Batch.Outcomes(norm.Index));

    /// <summary>Truth of a category in a row of the batch last classified.</summary>
    /// <exception cref="InvalidOperationException">No batch was classified.</exception>
    public Truth CategoryOf(int category, int row) => Batch.CategoryOf(category, row);

    private BatchFrame Batch => _frame ?? throw new InvalidOperationException("No batch was classified.");

    private EvaluationFrame Frame(ReadOnlySpan<long> facts, TextDictionary texts) => new()
    {
        Facts = facts,
        Texts = texts,
        Tables = Ruleset.Tables,
        Nodes = _nodes,
        Values = _values,
        WideValues = _wideValues,
        Outcomes = _outcomes,
    };

    /// <summary>The answer of a record of which nothing is known but the HS code.</summary>
    private GateAnswer Settle(NormGate gate, int code, long value)
    {
        var facts = new long[_facts.Length];
        Array.Fill(facts, Fact.Missing);
        facts[gate.Fact] = value;
        Evaluate(facts, new TextDictionary());
        return gate.Keep(code, _outcomes);
    }

    /// <summary>Computes what <see cref="EvaluateOutcomes"/> left.</summary>
    private void Complete()
    {
        if (_deferred is { } facts)
        {
            Evaluate(facts, _texts);
        }
    }

    private RecordState State => new(Ruleset.Manifest, _nodes, _values, _wideValues, _facts, _texts);
}
