using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Text;

namespace CccRules.Cli.Testing;

/// <summary>What came of a scenario, and where the two engines disagree about it.</summary>
internal sealed record ScenarioRun(ScenarioResult Result, ImmutableArray<string> Disagreements)
{
    public BoundScenario Scenario => Result.Scenario;

    public string Name => Scenario.Scenario.Name;

    public string Module => Scenario.Scenario.Module?.Name ?? "";

    public bool IsPassed => Result.IsPassed && Disagreements.IsEmpty;

    /// <summary>The expectations that were not met, each with its place.</summary>
    public IEnumerable<(TextLocation Place, string Text)> Failures =>
        from expectation in Result.Expectations
        where !expectation.IsPassed
        select (Scenario.Scenario.Location.Text.GetLocation(expectation.Expectation.Syntax.Span), expectation.ToString());

    /// <summary>Runs the scenarios whose name or module holds a text; upper and lower case are the same.</summary>
    public static ImmutableArray<ScenarioRun> RunAll(Compilation rules, string? filter, CancellationToken cancellation)
    {
        var ruleset = rules.Bound;
        var engines = new BothEngines(rules.Options.Assemblies);
        var runner = new ScenarioRunner(ruleset, engines);
        var runs = ImmutableArray.CreateBuilder<ScenarioRun>();
        foreach (var scenario in ruleset.Scenarios.Where(scenario => Matches(scenario, filter)))
        {
            cancellation.ThrowIfCancellationRequested();
            var result = runner.Run(scenario);
            runs.Add(new ScenarioRun(result, engines.TakeDisagreements()));
        }

        return runs.ToImmutable();
    }

    private static bool Matches(BoundScenario scenario, string? filter) =>
        filter is null
        || scenario.Scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)
        || scenario.Scenario.Module?.Name.Contains(filter, StringComparison.OrdinalIgnoreCase) == true;
}
