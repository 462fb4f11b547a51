using System.Collections.Immutable;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Explaining;

/// <summary>Which conditions keep a norm from a status, in the law's words: those that would have to turn, and no others.</summary>
internal sealed class Obstacles(RulesetManifest manifest, Evaluator evaluator, RecordFacts record)
{
    private readonly FactReading _reading = new(manifest, record);

    /// <param name="status">Such as <c>exempt</c>, <c>fulfilled</c>, <c>breached</c>, <c>not_applicable</c>.</param>
    public ImmutableArray<ReasonLine> Of(NormSchema norm, string status)
    {
        var lines = new List<ReasonLine>();
        foreach (var reason in norm.Reasons)
        {
            var wanted = Wanted(reason.Text, status, norm);
            if (wanted is { } isTrue && TruthOf(reason.Node) != (isTrue ? Truth.True : Truth.False))
            {
                var parts = Failing(reason, isTrue, 0).DistinctBy(line => line.Text).ToImmutableArray();
                lines.Add(new ReasonLine(isTrue ? reason.Text : $"{reason.Text} (would have to fail)", TruthOf(reason.Node)) { Citations = reason.Citations, Parts = parts });
            }
        }

        return [.. lines];
    }

    /// <summary>Whether a clause would have to hold (true) or fail (false) for a status; null: it does not matter.</summary>
    private bool? Wanted(string clause, string status, NormSchema norm) => (clause, status) switch
    {
        ("when", "not_applicable" or "not_available") => false,
        ("when", _) => true,
        ("unless", "not_applicable" or "not_available") => true,
        ("unless", _) => false,
        ("fulfilled when", "fulfilled" or "taken") => true,
        ("fulfilled when", "breached" or "available") => false,
        ("fulfilled when", _) => null,
        _ when clause.StartsWith("exemption: ", StringComparison.Ordinal) => status switch { "exempt" => true, "not_applicable" or "not_available" => null, _ => false },
        _ when clause.StartsWith("in force", StringComparison.Ordinal) => status switch
        {
            "not_in_force" => false,
            "fulfilled" or "breached" or "required" or "taken" or "available" => evaluator.NodeOf(norm.InForce) == Truth.True ? null : true,
            _ => null,
        },
        _ => null,
    };

    private Truth TruthOf(int node) => evaluator.NodeOf(node);

    /// <summary>The smallest conditions under a reason that are not as they would have to be.</summary>
    private IEnumerable<ReasonLine> Failing(ReasonSchema reason, bool wanted, int depth)
    {
        if (TruthOf(reason.Node) == (wanted ? Truth.True : Truth.False) || depth > 64)
        {
            return [];
        }

        var parts = reason.Definition >= 0 ? manifest.Definitions[reason.Definition].Reasons : reason.Parts;
        if (reason.Text == "not" && parts.Length == 1)
        {
            return Failing(parts[0], !wanted, depth + 1);
        }

        // Guarded values are not taken apart: which guard holds is itself an answer.
        var isTakenApart = manifest.Graph.Logic[reason.Node].Kind != LogicKind.IfThenElse;
        var inner = isTakenApart ? parts.SelectMany(part => Failing(part, part.Text == "unless" ? !wanted : wanted, depth + 1)).ToList() : [];
        return inner.Count > 0 ? inner : [new ReasonLine(reason.Text, TruthOf(reason.Node)) { Facts = _reading.Of(reason.Node), Citations = reason.Citations }];
    }
}
