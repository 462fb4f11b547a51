using System.Collections.Immutable;
using CccRules.Compiler.Binding;

namespace CccRules.Compiler.Evaluation;

/// <summary>What came of a scenario.</summary>
/// <param name="Expectations">In the order in which the scenario lists them.</param>
internal sealed record ScenarioResult(BoundScenario Scenario, ImmutableArray<ExpectationResult> Expectations)
{
    public bool IsPassed => Expectations.All(expectation => expectation.IsPassed);
}

/// <summary>One expectation and what was found, both in an analyst's words.</summary>
/// <param name="Subject">What it is about: <c>`qr_mark`</c>, or <c>missing</c>.</param>
/// <param name="Expected">Such as <c>not_in_force or breached</c>.</param>
/// <param name="Actual">In the same words as <paramref name="Expected"/>.</param>
internal sealed record ExpectationResult(BoundExpectation Expectation, bool IsPassed, string Subject, string Expected, string Actual)
{
    /// <summary>Such as <c>expected `qr_mark` not_in_force, got breached</c>.</summary>
    public override string ToString() =>
        IsPassed ? $"{Subject} {Expected}, as expected" : $"expected {Subject} {Expected}, got {Actual}";
}
