using System.Collections.Immutable;
using System.Globalization;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Explaining;

/// <summary>The facts that conditions read, with their values in a record.</summary>
internal sealed class FactReading(RulesetManifest manifest, RecordFacts record)
{
    private const int MostFacts = 4;

    /// <summary>Such as <c>hs_code = 8507.60</c>, or <c>sold_on is not known</c>; of many facts the first few.</summary>
    public ImmutableArray<string> Of(int node)
    {
        var facts = new SortedSet<int>();
        var graph = manifest.Graph;
        var nodes = new Stack<int>([node]);
        var values = new Stack<int>();
        var seen = new HashSet<(bool IsNode, int At)>();
        while (nodes.Count + values.Count > 0)
        {
            if (nodes.TryPop(out var at))
            {
                if (seen.Add((true, at)))
                {
                    Push(nodes, graph.Logic[at].Nodes);
                    Push(values, graph.Logic[at].Values);
                }
            }
            else if (values.Pop() is var value && seen.Add((false, value)))
            {
                var (fact, operands, guard, _) = graph.Values[value];
                Push(values, operands);
                Push(nodes, guard >= 0 ? [guard] : []);
                // What is asked of a list is the condition itself; its answer stands before it.
                if (fact >= 0 && manifest.Facts[fact] is not { Role: FactRole.Derived, Kind: FactKind.YesNo })
                {
                    facts.Add(fact);
                }
            }
        }

        var rest = facts.Count - MostFacts;
        return [.. facts.Take(MostFacts).Select(Written), .. rest > 0 ? [string.Create(CultureInfo.InvariantCulture, $"and {rest} more")] : Array.Empty<string>()];
    }

    private static void Push(Stack<int> stack, ImmutableArray<int> items)
    {
        foreach (var item in items)
        {
            stack.Push(item);
        }
    }

    private string Written(int fact)
    {
        var schema = manifest.Facts[fact];
        var value = record.Values[fact];
        return value == Fact.Missing
            ? $"{schema.Name} is not known"
            : $"{schema.Name} = {FactFormatter.Format(schema, value, record.Texts)}{Unit(schema, value)}";
    }

    private static string Unit(FactSchema schema, long value) =>
        schema is { Unit: { } unit, Kind: FactKind.Integer or FactKind.Decimal } && Fact.IsKnown(value) ? $" {unit}" : "";
}
