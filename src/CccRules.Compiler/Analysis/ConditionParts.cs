using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Analysis;

/// <summary>Parts of conditions that all hold together, brought together by their facts.</summary>
internal sealed class ConditionParts
{
    private readonly Dictionary<AnalyzedFact, (ValueSet Values, ImmutableArray<TextLocation> Places)> _facts;

    public ConditionParts(params IEnumerable<ConditionPart> parts)
    {
        _facts = parts.GroupBy(part => part.Fact).ToDictionary(
            group => group.Key,
            group => (ValueSet.AtLeast(group.Count(), group.Select(part => part.Values)), group.Select(part => part.Location).ToImmutableArray()));
    }

    private ConditionParts(Dictionary<AnalyzedFact, (ValueSet Values, ImmutableArray<TextLocation> Places)> facts)
    {
        _facts = facts;
    }

    /// <summary>These and others.</summary>
    public ConditionParts And(ConditionParts others)
    {
        var all = new Dictionary<AnalyzedFact, (ValueSet Values, ImmutableArray<TextLocation> Places)>(_facts);
        foreach (var (fact, other) in others._facts)
        {
            all[fact] = all.TryGetValue(fact, out var own) ? (own.Values.Intersect(other.Values), [.. own.Places, .. other.Places]) : other;
        }

        return new ConditionParts(all);
    }

    /// <summary>A fact that these and others leave no value, and the places that speak of it; null where there is none.</summary>
    public (AnalyzedFact Fact, ImmutableArray<TextLocation> Own, ImmutableArray<TextLocation> Others)? ConflictWith(ConditionParts others)
    {
        foreach (var (fact, own) in _facts)
        {
            if (others._facts.TryGetValue(fact, out var other) && own.Values.Intersect(other.Values).IsEmpty)
            {
                return (fact, own.Places, other.Places);
            }
        }

        return null;
    }
}
