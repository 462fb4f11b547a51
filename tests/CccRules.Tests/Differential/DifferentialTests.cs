using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Text;
using Xunit.Abstractions;

namespace CccRules.Tests.Differential;

/// <summary>
/// Random rules on random records: every way to evaluate says the same. Seeds are fixed; <c>CCC_FUZZ=N</c> looks at N times as many
/// (and prints how many there were).
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    /// <summary>Rulesets that are compiled into one assembly.</summary>
    private const int Chunk = 24;

    private const int Records = 80;

    /// <summary>How many times the usual number of cases is looked at.</summary>
    internal static int Times { get; } = int.TryParse(Environment.GetEnvironmentVariable("CCC_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;

    public static TheoryData<int> Chunks => [.. Enumerable.Range(0, Times).Select(chunk => chunk * Chunk)];

    [Theory]
    [MemberData(nameof(Chunks))]
    public void All_engines_agree_on_random_rules(int firstSeed)
    {
        var generated = Enumerable.Range(firstSeed, Chunk).Select(seed => (Seed: seed, Rules: TryGenerate(seed))).Where(entry => entry.Rules is not null).ToList();
        var loaded = new LoadedRulesets(generated.Select(entry => entry.Rules!.Emitted));
        foreach (var (seed, rules) in generated)
        {
            var records = new RecordSource(rules!.Rules, seed).Take(Records).ToList();
            if (new EngineAgreement(rules.Rules, loaded[rules.Emitted], records).First(seed) is { } disagreement)
            {
                Assert.Fail($"Seed {seed}, {disagreement}\n{new RulesShrinker((files, rules, record) => EnginesDisagree(files, rules, record, HasTablesAsData(seed))).Shrink(rules.Files, rules.Rules, records[disagreement.Record])}");
            }
        }

        output.WriteLine($"{generated.Count} rulesets, {generated.Count * Records} records");
    }

    [Fact]
    public void Nearly_all_random_rules_are_well_typed()
    {
        var errors = new List<Diagnostic>();
        for (var seed = 0; seed < 200; seed++)
        {
            try
            {
                if (GeneratedRules.TryBind(RandomRules.Create(seed), out var found) is null)
                {
                    errors.Add(found[0]);
                }
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}: {fault}\n{new RulesShrinker((_, _, _) => null).Shrink(RandomRules.Create(seed), null, ReferenceRecord.Empty)}");
            }
        }

        var listed = string.Join('\n', errors.GroupBy(error => error.Id).Select(group => $"{group.Key} {group.Count()}: {group.First()} in `{group.First().Location.Text.Content.Split('\n')[group.First().Location.StartLine].Trim()}`"));
        Assert.True(errors.Count < 30, $"{errors.Count} of 200 have errors\n{listed}");
        output.WriteLine(listed);
    }

    private static bool HasTablesAsData(int seed) => seed % 2 == 1;

    private static GeneratedRules? TryGenerate(int seed)
    {
        var files = RandomRules.Create(seed);
        BoundRuleset? rules = null;
        try
        {
            rules = GeneratedRules.TryBind(files, out _);
            return rules is null ? null : GeneratedRules.Of(files, rules, HasTablesAsData(seed), FormOf(seed), RecordsOf(seed));
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"Seed {seed}: {fault.Message}\n{new RulesShrinker((files, rules, _) => CannotBeLowered(files, rules, HasTablesAsData(seed))).Shrink(files, rules, ReferenceRecord.Empty)}", fault);
        }
    }

    /// <summary>Random rules are few, so costs would always choose planes.</summary>
    private static BatchForm FormOf(int seed) => seed % 2 == 0 ? BatchForm.Planes : BatchForm.Candidates;

    /// <summary>And code.</summary>
    private static RecordForm RecordsOf(int seed) => seed % 4 < 2 ? RecordForm.Code : RecordForm.Steps;

    private static string? CannotBeLowered(ImmutableArray<SourceText> files, BoundRuleset rules, bool withTablesAsData)
    {
        _ = GeneratedRules.Of(files, rules, withTablesAsData);
        return null;
    }

    private static string? EnginesDisagree(ImmutableArray<SourceText> files, BoundRuleset rules, ReferenceRecord record, bool withTablesAsData)
    {
        foreach (var (form, records) in Enum.GetValues<BatchForm>().SelectMany(form => Enum.GetValues<RecordForm>().Select(records => (form, records))))
        {
            var generated = GeneratedRules.Of(files, rules, withTablesAsData, form, records);
            var loaded = new LoadedRulesets([generated.Emitted]);
            if (new EngineAgreement(rules, loaded[generated.Emitted], [record]).First() is { } disagreement)
            {
                return disagreement.ToString();
            }
        }

        return null;
    }
}
