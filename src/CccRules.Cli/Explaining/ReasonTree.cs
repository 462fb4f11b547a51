using System.Collections.Immutable;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Explaining;

/// <summary>
/// The reasons of norms for one record. Unless everything is asked for, only what makes a difference is told; what a
/// definition rests on is told once a norm.
/// </summary>
internal sealed class ReasonTree(RulesetManifest manifest, Evaluator evaluator, RecordFacts record, bool isFull)
{
    private const int MostFailedExemptions = 3;
    private const string When = "when";
    private const string Unless = "unless";
    private const string Fulfilment = "fulfilled when";
    private const string Exemption = "exemption: ";
    private const string Window = "in force";

    private readonly FactReading _reading = new(manifest, record);
    private HashSet<int> _told = [];

    public ImmutableArray<ReasonLine> Of(NormSchema norm)
    {
        _told = [];
        ImmutableArray<ReasonSchema> failed = [.. norm.Reasons.Where(reason => IsExemption(reason) && TruthOf(reason) == Truth.False)];
        var isSummed = !isFull && failed.Length > MostFailedExemptions;
        var lines = ImmutableArray.CreateBuilder<ReasonLine>();
        foreach (var reason in norm.Reasons.Where(reason => isFull || Matters(reason, norm)))
        {
            if (!isSummed || !failed.Contains(reason))
            {
                lines.Add(Line(reason));
            }
            else if (reason == failed[^1])
            {
                lines.Add(new ReasonLine($"any of {failed.Length} {(lines.Any(line => line.Text.StartsWith(Exemption, StringComparison.Ordinal)) ? "other " : "")}exemptions, which --full lists", Truth.False));
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>
    /// Whether a clause can make a difference: where a norm does not apply, nothing else does; where it is exempt, neither force
    /// nor fulfilment; where it is not in force, not fulfilment. Of several windows, those that are open or decide.
    /// </summary>
    private bool Matters(ReasonSchema reason, NormSchema norm)
    {
        if (reason.Text is When or Unless)
        {
            return true;
        }

        if (evaluator.NodeOf(norm.Applies) == Truth.False)
        {
            return false;
        }

        if (IsExemption(reason))
        {
            return evaluator.NodeOf(norm.Exempted) != Truth.True || TruthOf(reason) == Truth.True;
        }

        var inForce = evaluator.NodeOf(norm.InForce);
        return evaluator.NodeOf(norm.Exempted) != Truth.True
            && (reason.Text != Fulfilment || inForce != Truth.False)
            && (!reason.Text.StartsWith(Window, StringComparison.Ordinal) || inForce == TruthOf(reason));
    }


    private static bool IsExemption(ReasonSchema reason) => reason.Text.StartsWith(Exemption, StringComparison.Ordinal);

    private Truth TruthOf(ReasonSchema reason) => evaluator.NodeOf(reason.Node);

    private ReasonLine Line(ReasonSchema reason)
    {
        var truth = TruthOf(reason);
        var definition = reason.Definition >= 0 ? manifest.Definitions[reason.Definition] : null;
        var parts = definition is null ? reason.Parts : definition.Reasons;
        if (definition is not null && !parts.IsEmpty && !_told.Add(reason.Definition))
        {
            return new ReasonLine(reason.Text, truth) { Citations = definition.Citations, IsToldAbove = true };
        }

        // A clause, a definition or an exemption with one whole condition is one line: `when: Power banks`, `Power banks: all of these`.
        var isClause = reason.Text is When or Unless or Fulfilment;
        if (parts is [var only] && (isClause || (definition is not null && only.Text != Unless) || (IsExemption(reason) && TruthOf(only) == truth)))
        {
            var inner = Line(isClause || only.Text != When ? only : only.Parts[0]);
            return inner with
            {
                Text = $"{reason.Text}: {inner.Text}",
                Truth = truth,
                Citations = [.. definition?.Citations ?? reason.Citations, .. inner.Citations],
            };
        }

        return new ReasonLine(reason.Text, truth)
        {
            Citations = definition?.Citations ?? reason.Citations,
            Facts = parts.IsEmpty ? _reading.Of(reason.Node) : [],
            Parts = [.. Deciding(parts, reason.Node).Select(Line)],
        };
    }

    /// <summary>
    /// Where all of some conditions are needed and one fails, those that hold explain nothing; where any is enough, those that
    /// fail explain nothing as long as others do not.
    /// </summary>
    private IEnumerable<ReasonSchema> Deciding(ImmutableArray<ReasonSchema> parts, int node)
    {
        var truth = evaluator.NodeOf(node);
        var isChosen = (manifest.Graph.Logic[node].Kind, truth) is (LogicKind.And, Truth.False) or (LogicKind.Or, Truth.True or Truth.Open);
        return !isFull && isChosen && parts.Any(part => TruthOf(part) == truth) ? parts.Where(part => TruthOf(part) == truth) : parts;
    }
}
