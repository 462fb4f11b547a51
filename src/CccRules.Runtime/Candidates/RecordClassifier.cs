using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Candidates;

/// <summary>
/// Outcomes of single records without reasons: the class of the record's key picks the norms, and only the columns that these look
/// at are mapped. Norms that no key picks are computed by emitted code.
/// </summary>
internal sealed class RecordClassifier
{
    private readonly Ruleset _ruleset;
    private readonly CandidateScan? _scan;
    private readonly ImmutableArray<int> _rest;
    private readonly SparseOutcomes _outcomes = new();
    private readonly long[] _values;
    private readonly Int128[] _wideValues;
    private readonly Truth[] _nodes;
    private readonly byte[] _restOutcomes;
    private bool _isRestKnown;

    public RecordClassifier(Ruleset ruleset, CandidatePlan? plan, KernelSet kernels)
    {
        var manifest = ruleset.Manifest;
        _ruleset = ruleset;
        _scan = plan is null ? null : BatchFrame.CreateScan(plan, manifest, ruleset.Tables, kernels);
        _rest = [.. manifest.Norms.Select(norm => norm.Index).Except(plan?.Norms.Select(norm => norm.Norm) ?? [])];
        Facts = new long[manifest.Facts.Length];
        _values = new long[manifest.Graph.Values.Length];
        _wideValues = manifest.Graph.Values.Any(value => value.IsWide) ? new Int128[_values.Length] : [];
        _nodes = new Truth[manifest.Graph.Logic.Length];
        _restOutcomes = new byte[manifest.Norms.Length];
        Texts = new TextDictionary();
    }

    public TextDictionary Texts { get; private set; }

    /// <summary>The record's facts.</summary>
    public long[] Facts { get; }

    /// <summary>The record's outcomes as the only row.</summary>
    public SparseOutcomes Classify(ReadOnlySpan<long> facts, TextDictionary texts)
    {
        facts.CopyTo(Facts);
        Texts = texts;
        _isRestKnown = false;
        _outcomes.Clear(rows: 1);
        _scan?.Append(this, _outcomes);
        if (!_rest.IsEmpty)
        {
            EvaluateRest();
            _outcomes.Reserve(_rest.Length);
            foreach (var norm in _rest)
            {
                if (_restOutcomes[norm] != (byte)Outcome.NotApplicable)
                {
                    _outcomes.Add(norm, _restOutcomes[norm]);
                }
            }
        }

        _outcomes.EndRow();
        return _outcomes;
    }

    /// <summary>A derived value.</summary>
    public long ValueOf(int value)
    {
        EvaluateRest();
        return _values[value];
    }

    /// <summary>The truth of a logic node.</summary>
    public Truth TruthOf(int node)
    {
        EvaluateRest();
        return _nodes[node];
    }

    /// <summary>Derived values and what else is not looked up, once a record and only where it is needed.</summary>
    private void EvaluateRest()
    {
        if (_isRestKnown)
        {
            return;
        }

        _isRestKnown = true;
        _ruleset.Program.EvaluateRest(new EvaluationFrame
        {
            Facts = Facts,
            Texts = Texts,
            Tables = _ruleset.Tables,
            Nodes = _nodes,
            Values = _values,
            WideValues = _wideValues,
            Outcomes = _restOutcomes,
        });
    }
}
