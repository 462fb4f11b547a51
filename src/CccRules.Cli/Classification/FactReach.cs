using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Classification;

/// <summary>Which norms can hang on a fact, whatever else is known.</summary>
internal sealed class FactReach
{
    private readonly RulesetManifest _manifest;
    private readonly bool[] _values;
    private readonly bool[] _nodes;

    public FactReach(RulesetManifest manifest, int fact)
    {
        _manifest = manifest;
        var graph = manifest.Graph;
        _values = new bool[graph.Values.Length];
        _nodes = new bool[graph.Logic.Length];

        // Values stand after all that they use, but for a guard; going over both lists until nothing is new is enough for that.
        for (var before = -1; before != Count();)
        {
            before = Count();
            for (var i = 0; i < _values.Length; i++)
            {
                var value = graph.Values[i];
                _values[i] = value.Fact == fact || value.Values.Any(operand => _values[operand]) || (value.Guard >= 0 && _nodes[value.Guard]);
            }

            for (var i = 0; i < _nodes.Length; i++)
            {
                var node = graph.Logic[i];
                _nodes[i] = node.Nodes.Any(operand => _nodes[operand]) || node.Values.Any(operand => _values[operand]) || (node.Norm >= 0 && Reaches(manifest.Norms[node.Norm]));
            }
        }
    }

    /// <summary>The norms that can hang on the evaluation date.</summary>
    public static FactReach OfEvaluationDate(RulesetManifest manifest) =>
        new(manifest, manifest.Facts.FirstOrDefault(fact => fact.Role == FactRole.EvaluationDate)?.Index ?? -2);

    public bool Reaches(NormSchema norm) =>
        _nodes[norm.Applies] || _nodes[norm.Exempted] || _nodes[norm.InForce] || (norm.Fulfilled >= 0 && _nodes[norm.Fulfilled]);

    private int Count() => _values.Count(reached => reached) + _nodes.Count(reached => reached);
}
