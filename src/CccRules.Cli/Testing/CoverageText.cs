using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Proof;

namespace CccRules.Cli.Testing;

/// <summary>What scenarios try of the rules, for people.</summary>
internal static class CoverageText
{
    private const int MostListed = 8;

    public static void Write(ImmutableArray<NormCoverage> norms, Screen screen)
    {
        foreach (var norm in norms)
        {
            screen.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{norm.Norm.Name}: {Of(norm.Statuses, norm.Unseen.Length)} statuses, {Of(norm.Conditions, norm.OneSided.Length)} conditions both ways, {Of(norm.Boundaries, norm.Untried.Length)} boundaries"));
            List(norm.Unseen.Select(status => $"no scenario expects {status}"), screen);
            List(norm.OneSided.Select(condition => $"{condition.Place}: `{condition.Place.SpanText.ReplaceLineEndings(" ")}` {condition.Text}"), screen);
            List(norm.Untried.Select(boundary => $"no scenarios on both sides of {boundary}"), screen);
        }

        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DiagnosticReport.Count(norms.Length, "norm")}: {Of(norms.Sum(norm => norm.Statuses), norms.Sum(norm => norm.Unseen.Length))} statuses, {Of(norms.Sum(norm => norm.Conditions), norms.Sum(norm => norm.OneSided.Length))} conditions both ways, {Of(norms.Sum(norm => norm.Boundaries), norms.Sum(norm => norm.Untried.Length))} boundaries"));
    }

    private static string Of(int tried, int untried) => string.Create(CultureInfo.InvariantCulture, $"{tried} of {tried + untried}");

    private static void List(IEnumerable<string> lines, Screen screen)
    {
        var all = lines.ToList();
        foreach (var line in all.Take(MostListed))
        {
            screen.WriteLine($"  {Screen.Escape(line)}");
        }

        if (all.Count > MostListed)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {all.Count - MostListed} more"));
        }
    }
}
