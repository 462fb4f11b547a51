using System.Collections.Immutable;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>
/// What the rules say of one record: a view into its evaluator and the record, that costs nothing and holds until the evaluator takes another record or
/// the record changes. <see cref="ToResult"/> makes a copy that lasts.
/// </summary>
public readonly ref struct Classification
{
    private readonly RecordRun _run;
    private readonly int _number;

    private readonly byte[] _outcomes;

    /// <summary>The record, where it was not read to its end.</summary>
    private readonly ref readonly byte _record;

    internal Classification(RecordRun run, int number, byte[] outcomes, ref readonly byte record)
    {
        _run = run;
        _number = number;
        _outcomes = outcomes;
        _record = ref record;
    }

    public Ruleset Ruleset => Run.Ruleset;

    /// <summary>Every norm has one possible status only.</summary>
    public bool IsSettled
    {
        get
        {
            foreach (var outcome in Outcomes)
            {
                if (!((Outcome)outcome).IsSettled())
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Whether some value of the record could not be read; see <see cref="Faults"/>.</summary>
    public bool HasFaults => Whole.HasFaults;

    /// <summary>Values of the record that could not be read; their facts count as not known.</summary>
    public ImmutableArray<RecordFault> Faults => Whole.Faults();

    /// <summary>The outcomes of all norms, in the order of <see cref="RulesetManifest.Norms"/>.</summary>
    public NormAnswers Norms => new(Run, _outcomes, in _record);

    /// <summary>Outcome of a norm: the set of its possible statuses.</summary>
    /// <param name="norm">The norm's name, short (<c>qr_mark</c>) or with its module.</param>
    /// <exception cref="KeyNotFoundException">The rules have no such norm, or several.</exception>
    public Outcome this[string norm] => this[Run.Ruleset.Norm(norm)];

    /// <summary>Outcome of a norm that was looked up before with <see cref="Runtime.Ruleset.Norm"/>: the fast way.</summary>
    public Outcome this[NormSchema norm] => (Outcome)Outcomes[norm.Index];

    /// <summary>When a deadline is due.</summary>
    /// <param name="norm">The deadline's name, short or with its module.</param>
    /// <exception cref="KeyNotFoundException">The rules have no such norm, or several.</exception>
    public DueDate DueOf(string norm) => Of(norm).Due;

    /// <inheritdoc cref="DueOf(string)"/>
    public DueDate DueOf(NormSchema norm) => Of(norm).Due;

    /// <summary>All about one norm.</summary>
    /// <exception cref="KeyNotFoundException">The rules have no such norm, or several.</exception>
    public NormAnswer Of(string norm) => Of(Run.Ruleset.Norm(norm));

    /// <inheritdoc cref="Of(string)"/>
    public NormAnswer Of(NormSchema norm) => new(Run, norm, _outcomes, in _record);

    /// <summary>Truth of a category.</summary>
    /// <param name="category">The category's name with its module, or the last part of it.</param>
    /// <exception cref="KeyNotFoundException">The rules have no such category, or several.</exception>
    public Truth CategoryOf(string category) => Whole.Engine.CategoryOf(Run.Ruleset.CategoryIndex(category));

    /// <summary>Why every norm has its outcome. Built when asked for, and only then.</summary>
    public ImmutableArray<Explanation> Explain()
    {
        var engine = Whole.Engine;
        return [.. Enumerable.Range(0, engine.Ruleset.Manifest.Norms.Length).Select(engine.Explain)];
    }

    /// <summary>A copy that outlives the evaluator.</summary>
    public ClassificationResult ToResult()
    {
        var norms = ImmutableArray.CreateBuilder<NormResult>();
        foreach (var answer in Norms)
        {
            norms.Add(answer.ToResult());
        }

        return new ClassificationResult(norms.ToImmutable(), Faults);
    }

    /// <summary>The run, with the whole record read.</summary>
    private RecordRun Whole
    {
        get
        {
            var run = Run;
            run.ReadRest(in _record, _outcomes);
            return run;
        }
    }

    private byte[] Outcomes
    {
        get
        {
            _ = Run;
            return _outcomes;
        }
    }

    private RecordRun Run => _run is null ? throw new InvalidOperationException("Nothing was evaluated.")
        : _run.Number == _number ? _run
        : throw new InvalidOperationException("The evaluator has taken another record since; use ToResult for a copy that lasts.");
}

/// <summary>The norms of a classification, one after another.</summary>
public readonly ref struct NormAnswers
{
    private readonly RecordRun _run;
    private readonly byte[] _outcomes;
    private readonly ref readonly byte _record;

    internal NormAnswers(RecordRun run, byte[] outcomes, ref readonly byte record)
    {
        _run = run;
        _outcomes = outcomes;
        _record = ref record;
    }

    public int Count => _run.Ruleset.Manifest.Norms.Length;

    public Enumerator GetEnumerator() => new(_run, _outcomes, in _record);

    /// <summary>Walks the norms.</summary>
    public ref struct Enumerator
    {
        private readonly RecordRun _run;
        private readonly byte[] _outcomes;
        private readonly ref readonly byte _record;
        private int _norm;

        internal Enumerator(RecordRun run, byte[] outcomes, ref readonly byte record)
        {
            _run = run;
            _outcomes = outcomes;
            _record = ref record;
            _norm = -1;
        }

        public readonly NormAnswer Current => new(_run, _run.Ruleset.Manifest.Norms[_norm], _outcomes, in _record);

        public bool MoveNext() => ++_norm < _run.Ruleset.Manifest.Norms.Length;
    }
}
