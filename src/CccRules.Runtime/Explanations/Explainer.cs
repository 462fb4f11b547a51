using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Explanations;

/// <summary>Puts an evaluated record's truths beside the reasons of a norm.</summary>
internal static class Explainer
{
    public static ImmutableArray<Reason> Reasons(ImmutableArray<ReasonSchema> reasons, ReadOnlySpan<Truth> nodes)
    {
        var result = ImmutableArray.CreateBuilder<Reason>(reasons.Length);
        foreach (var reason in reasons)
        {
            result.Add(new Reason(reason.Text, nodes[reason.Node], reason.Citations, Reasons(reason.Parts, nodes)));
        }

        return result.MoveToImmutable();
    }

    public static ImmutableArray<PossibleExemption> Exemptions(NormSchema norm, ReadOnlySpan<Truth> nodes)
    {
        var result = ImmutableArray.CreateBuilder<PossibleExemption>();
        foreach (var exemption in norm.Exemptions)
        {
            if (nodes[exemption.Node] != Truth.False)
            {
                result.Add(new PossibleExemption(exemption, nodes[exemption.Node]));
            }
        }

        return result.ToImmutable();
    }

    public static ImmutableArray<FactSchema> Facts(FactSet facts, ImmutableArray<FactSchema> schema)
    {
        var result = ImmutableArray.CreateBuilder<FactSchema>();
        foreach (var fact in facts)
        {
            result.Add(schema[fact]);
        }

        return result.ToImmutable();
    }
}
