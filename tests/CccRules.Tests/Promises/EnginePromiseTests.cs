using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Ir;
using CccRules.Tests.Differential;
using CccRules.Tests.Scenarios;

namespace CccRules.Tests.Promises;

/// <summary>
/// Rules without errors lower to sound code, always the same, that compiles without a warning and answers as the reference
/// evaluator does, record by record and in batches.
/// </summary>
public sealed class EnginePromiseTests
{
    private const int RandomRecords = 60;

    private static readonly Lazy<IReadOnlyList<Emitted>> Everything = new(() => [.. PromisedRules.All.SelectMany(Variants)]);

    private static readonly Lazy<LoadedRulesets> Loaded = new(() => new LoadedRulesets(Everything.Value.Where(one => one.Fault is null).Select(one => one.Result!)));

    public static TheoryData<string> Origins => PromisedRules.Origins;

    [Theory]
    [MemberData(nameof(Origins))]
    public void Lowered_code_is_sound(string origin) =>
        Assert.All(Of(origin), one =>
        {
            Assert.Null(one.Fault);
            Assert.Empty(IrVerifier.Verify(one.Module!));
        });

    [Theory]
    [MemberData(nameof(Origins))]
    public void The_same_rules_give_the_same_code(string origin) =>
        Assert.All(PromisedRules.Of(origin).Where(rules => !rules.Compilation.HasErrors), rules =>
        {
            var again = rules.CompileAfresh();
            Assert.Equal(IrPrinter.Print(rules.Compilation.Ir), IrPrinter.Print(again.Ir));
            Assert.Equal(rules.Compilation.Emitted.Source, again.Emitted.Source);
            Assert.DoesNotContain(again.Emitted.Source, character => character is not ('\n' or (>= ' ' and <= '~')));
        });

    [Theory]
    [MemberData(nameof(Origins))]
    public void All_engines_agree(string origin) =>
        Assert.All(Of(origin), one =>
        {
            Assert.Null(one.Fault);
            var records = Records(one).ToList();
            var disagreement = new EngineAgreement(one.Rules, Loaded.Value[one.Result!], records).First();
            Assert.True(disagreement is null, $"{one.Name}: {disagreement}\n{(disagreement is null ? "" : RecordPrinter.Print(one.Rules, records[disagreement.Record]))}");
        });

    [Fact]
    public void Declared_scenarios_hold_compiled() =>
        Assert.Empty(
            from rules in PromisedRules.All
            where rules.Section is not null && !rules.Compilation.HasErrors && !rules.Compilation.Bound.Scenarios.IsEmpty
            from result in new ScenarioRunner(rules.Compilation.Bound, new LoadedScenarioEngine(Everything.Value, Loaded.Value)).RunAll()
            from expectation in result.Expectations
            where !expectation.IsPassed
            select $"{rules.Name}, scenario \"{result.Scenario.Scenario.Name}\": {expectation}");

    private static IEnumerable<Emitted> Of(string origin) =>
        PromisedRules.Of(origin).SelectMany(rules => Everything.Value.Where(one => one.Origin == rules.Name));

    /// <summary>The rules, and as they were known on each day that their tests speak of.</summary>
    private static IEnumerable<Emitted> Variants(PromisedRules rules)
    {
        if (rules.Compilation.HasErrors)
        {
            yield break;
        }

        var bound = rules.Compilation.Bound;
        yield return Emitted.Of(rules, rules.Name, bound);
        if (bound.Declarations.Any(declaration => declaration is BoundTable))
        {
            yield return Emitted.Of(rules, $"{rules.Name}, tables looked up", bound, mostRowsAsConditions: 0);
        }

        var days = bound.Scenarios.Select(scenario => scenario.KnownDay).OfType<long>()
            .Concat(rules.Section?.Tables.Select(table => table.KnownOn).OfType<string>().Select(CellReader.Day) ?? []);
        foreach (var day in days.Distinct())
        {
            var known = Knowledge.KnownOn(bound, day);
            if (known != bound)
            {
                yield return Emitted.Of(rules, $"{rules.Name}, known on day {day}", known) with { KnownDay = day };
            }
        }
    }

    private static IEnumerable<ReferenceRecord> Records(Emitted one)
    {
        // Of rules as they were known on a day only what speaks of that day, if anything does.
        var scenarios = one.KnownDay is { } day ? one.Rules.Scenarios.Where(scenario => scenario.KnownDay == day) : one.Rules.Scenarios;
        var listed = scenarios.Select(ScenarioRecords.Of)
            .Concat(one.Source.Section?.Tables.SelectMany(table => RowChecker.Records(table, one.Rules)) ?? [])
            .ToList();
        var lacking = listed.SelectMany(record => record.Fields.Keys.Select(field => record with { Fields = record.Fields.Remove(field) })).Take(200);
        return listed.Concat(lacking).Concat(new RecordSource(one.Rules, seed: 1).Take(RandomRecords));
    }
}
