using System.Globalization;
using System.Text;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>The form of batches as text: what was chosen, what each form would cost, and what the candidates look at.</summary>
internal static class PlanPrinter
{
    public static string Print(IrModule module, BatchChoice choice)
    {
        var text = new StringBuilder();
        var (candidates, costs) = (choice.Candidates, choice.Costs);
        Line(text, $"form {choice.Form.ToString().ToLowerInvariant()}");
        Line(text, $"cost of a record: planes {costs.Planes:0.0} ns, candidates {(double.IsInfinity(costs.Candidates) ? "-" : costs.Candidates.ToString("0.0 ns", CultureInfo.InvariantCulture))} (estimated)");
        if (candidates.Key < 0)
        {
            Line(text, $"no column picks norms: {module.Norms.Length} norms in planes");
            return text.ToString();
        }

        Line(text, $"key {candidates.Columns.NameOf(candidates.Key)} picks {candidates.Picked.Length} of {module.Norms.Length} norms, {costs.CandidatesOfRecord:0.0} for a record (estimated)");
        foreach (var column in candidates.UsedColumns)
        {
            var tests = candidates.Columns.Atoms(column).Count();
            Line(text, $"column {candidates.Columns.NameOf(column)}: {(tests == 0 ? "computed in planes" : $"{tests} tests")}");
        }

        foreach (var norm in module.Norms.Where(norm => !candidates.Picked.Contains(norm.Index)))
        {
            Line(text, $"norm {norm.QualifiedName}: in planes, because it can apply whatever {candidates.Columns.NameOf(candidates.Key)} is");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
