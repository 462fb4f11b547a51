using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Explanations;

/// <summary>Puts an evaluated record's truths beside the reasons of a norm.</summary>
internal static class Explainer
{
    private const int MostDefinitions = 200;

    /// <summary>Reasons with what the named conditions consist of; each of those is told once.</summary>
    public static ImmutableArray<Reason> Reasons(ImmutableArray<ReasonSchema> reasons, ImmutableArray<DefinitionSchema> definitions, ReadOnlySpan<Truth> nodes) =>
        Reasons(reasons, definitions, nodes, []);

    private static ImmutableArray<Reason> Reasons(
        ImmutableArray<ReasonSchema> reasons,
        ImmutableArray<DefinitionSchema> definitions,
        ReadOnlySpan<Truth> nodes,
        HashSet<int> told)
    {
        var result = ImmutableArray.CreateBuilder<Reason>(reasons.Length);
        foreach (var reason in reasons)
        {
            var definition = reason.Definition >= 0 ? definitions[reason.Definition] : null;
            // A chain of definitions as long as a ruleset must not take the stack; nobody reads that deep either.
            var parts = definition is null ? reason.Parts
                : told.Count < MostDefinitions && told.Add(reason.Definition) ? definition.Reasons
                : [];
            result.Add(new Reason(reason.Text, nodes[reason.Node], definition?.Citations ?? reason.Citations, Reasons(parts, definitions, nodes, told))
            {
                Definition = definition?.Name,
            });
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
