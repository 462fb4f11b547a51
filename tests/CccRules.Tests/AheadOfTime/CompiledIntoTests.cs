using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Tests.Rulesets;

namespace CccRules.Tests.AheadOfTime;

/// <summary>The shipped rules as the build compiled them into a program, against the same rules compiled in memory.</summary>
public sealed class CompiledIntoTests
{
    [Fact]
    public void Rules_that_a_build_compiled_say_what_those_in_memory_say()
    {
        var inMemory = ShippedRulesets.Cn.Load(isCollectible: true);
        var built = CccRules.AheadOfTime.Rules.Ruleset;
        Assert.Equal(ManifestSerializer.Write(inMemory.Manifest), ManifestSerializer.Write(built.Manifest));

        var random = new Random(20260301);
        var (left, right) = (new Evaluator(inMemory), new Evaluator(built));
        var texts = new TextDictionary();
        for (var i = 0; i < 2_000; i++)
        {
            long[] record = [.. built.Manifest.Facts.Select(fact => Value(fact, random, texts))];
            left.Evaluate(record, texts);
            right.Evaluate(record, texts);
            for (var norm = 0; norm < built.Manifest.Norms.Length; norm++)
            {
                Assert.Equal(left[norm], right[norm]);
            }
        }
    }

    private static long Value(FactSchema fact, Random random, TextDictionary texts) => random.Next(4) == 0 ? Fact.Missing : fact.Kind switch
    {
        _ when fact.AllowsNone && random.Next(4) == 0 => Fact.None,
        FactKind.YesNo => random.Next(2),
        FactKind.Date => new DateOnly(2024, 1, 1).DayNumber + random.Next(1_500),
        FactKind.Member => random.Next(fact.Members.Length),
        FactKind.Members => random.NextInt64(1L << Math.Min(fact.Members.Length, 40)),
        FactKind.HsCode => ((random.Next(2) == 0 ? 8_507_600_000_000 : random.NextInt64(100_000_000_000, 9_999_999_999_999)) * 16) + 13,
        FactKind.Country => random.Next(676),
        FactKind.Text => texts.Intern($"t{random.Next(3)}"),
        _ => random.Next(1_000) * Fact.DecimalScale,
    };
}
