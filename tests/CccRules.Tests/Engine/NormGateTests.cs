using CccRules.Compiler;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Tests.Rulesets;

namespace CccRules.Tests.Engine;

/// <summary>Outcomes of single records by way of the HS code, against those that are computed without it.</summary>
public sealed class NormGateTests
{
    [Fact]
    public void Shipped_rules_say_the_same_with_and_without_the_gate() => Compare(ShippedRulesets.Cn.Load(isCollectible: true), 1_000);

    [Fact]
    public void Random_modules_say_the_same_with_and_without_the_gate()
    {
        var gated = 0;
        for (var seed = 0; seed < 100 && gated < 2; seed++)
        {
            var emitted = CSharpEmitter.Emit(RandomModule.Create(seed));
            if (emitted.Manifest.Tables.HasNormForm)
            {
                gated++;
                Compare(RulesetLoader.Load(emitted, isCollectible: true), 100);
            }
        }

        Assert.Equal(2, gated);
    }

    [Fact]
    public void A_code_that_a_table_tells_from_others_is_no_other_code()
    {
        var ruleset = Load("""
            record r
              code : hs
              many : yes/no
            table duty "Duty" first
              match code
              gives rate : integer
              | 8507.60 || 1
              | 8507    || 2
              | -       || 3
            obligation a "A" when rate = 1 and many
            obligation b "B" when rate = 2
            obligation c "C" when code under 85
            """);
        var gate = ruleset.Gate!;
        Assert.Equal(4, new[] { "8507.60", "8507.10", "8508", "01" }.Select(text => gate.ClassOf(Code(text))).Distinct().Count());
        Compare(ruleset, 500);
    }

    [Fact]
    public void A_code_settles_what_no_other_fact_can_change()
    {
        var ruleset = Load("""
            record r
              code : hs
              many : yes/no
            obligation a "A" when code under 8507.60 and many
            obligation b "B" when code under 85 and many
            obligation c "C" when code under 9405 and many
            obligation d "D" when code under 9406 and many
            """);
        var gate = ruleset.Gate!;
        Assert.NotNull(gate);
        var classes = new[] { "8507.60", "8507.60.00.90", "8507", "85", "8508", "9405", "01", "99" }.Select(text => gate.ClassOf(Code(text))).ToArray();
        Assert.Equal(classes[0], classes[1]);
        Assert.Equal(-1, classes[2]);
        Assert.Equal(-1, classes[3]);
        Assert.Equal(6, classes.Distinct().Count());

        var evaluator = new Evaluator(ruleset);
        evaluator.EvaluateOutcomes([Code("8508"), Fact.Missing, Fact.Missing], new TextDictionary());
        Assert.Equal([Outcome.NotApplicable, Outcome.NotApplicable | Outcome.Required, Outcome.NotApplicable, Outcome.NotApplicable], Enumerable.Range(0, 4).Select(norm => evaluator[norm]));
        Assert.Equal([1], gate[gate.ClassOf(Code("8508"))]!.Open);
    }

    [Fact]
    public void What_is_left_until_it_is_asked_for_is_the_same_as_at_once()
    {
        var ruleset = ShippedRulesets.Cn.Load(isCollectible: true);
        var (late, soon) = (new Evaluator(ruleset), new Evaluator(ruleset));
        var texts = new TextDictionary();
        var (left, right) = (new FactSet(ruleset.Manifest.Facts.Length), new FactSet(ruleset.Manifest.Facts.Length));
        foreach (var record in Records(ruleset, 200))
        {
            late.EvaluateOutcomes(record, texts);
            soon.Evaluate(record, texts);
            for (var norm = 0; norm < ruleset.Manifest.Norms.Length; norm++)
            {
                left.Clear();
                right.Clear();
                late.Missing(norm, left);
                soon.Missing(norm, right);
                Assert.Equal(Members(right), Members(left));
                Assert.Equal(soon.AppliesFrom(norm), late.AppliesFrom(norm));
            }
        }
    }

    /// <summary>Of codes that concern no norm, asked for many at once or one by one, and in which order ever: exactly those that settle all norms as not applicable.</summary>
    private static void CompareConcerned(Ruleset ruleset, IReadOnlyList<long[]> records)
    {
        var norms = Enumerable.Range(0, ruleset.Manifest.Norms.Length).ToArray();
        var unknown = ruleset.Manifest.Facts.Select(_ => Fact.Missing).ToArray();
        var (many, one) = (new ConcernedCodes(ruleset, norms, unknown), new ConcernedCodes(ruleset, norms, unknown));
        var (some, alone) = (new ConcernedCodes(ruleset, norms[..(norms.Length / 2)], unknown), new Evaluator(ruleset));
        Assert.Equal(ruleset.Manifest.Tables.GateFact, many.Fact);
        var codes = records.Select(record => record[many.Fact]).ToArray();
        var found = new int[codes.Length];
        var isFound = found.AsSpan(0, many.Find(codes, found)).ToArray().ToHashSet();
        for (var i = codes.Length - 1; i >= 0; i--)
        {
            alone.Evaluate([.. unknown.Select((fact, index) => index == many.Fact ? codes[i] : fact)], new TextDictionary());
            Assert.Equal(norms.Any(norm => alone[norm] != Outcome.NotApplicable), isFound.Contains(i));
            Assert.Equal(isFound.Contains(i), one.Contains(codes[i]));
            Assert.Equal(norms[..(norms.Length / 2)].Any(norm => alone[norm] != Outcome.NotApplicable), some.Contains(codes[i]));
            if (!isFound.Contains(i))
            {
                alone.Evaluate(records[i], new TextDictionary());
                Assert.All(norms, norm => Assert.Equal(Outcome.NotApplicable, alone[norm]));
            }
        }
    }

    private static void Compare(Ruleset ruleset, int records)
    {
        CompareConcerned(ruleset, [.. Records(ruleset, records).Select(record => record.Select((fact, index) => ruleset.Manifest.Facts[index].Kind == FactKind.Text ? Fact.Missing : fact).ToArray())]);
        var (gated, plain) = (new Evaluator(ruleset), new Evaluator(ruleset));
        var texts = new TextDictionary();
        texts.Intern("a");
        foreach (var record in Records(ruleset, records))
        {
            gated.EvaluateOutcomes(record, texts);
            plain.Evaluate(record, texts);
            for (var norm = 0; norm < ruleset.Manifest.Norms.Length; norm++)
            {
                Assert.Equal(plain[norm], gated[norm]);
            }
        }
    }

    /// <summary>Records whose codes lie at the cuts of the rules, with their neighbours and with fewer digits.</summary>
    private static IEnumerable<long[]> Records(Ruleset ruleset, int count)
    {
        var random = new Random(11);
        var cuts = ruleset.Manifest.Tables.GateCuts;
        for (var i = 0; i < count; i++)
        {
            yield return [.. ruleset.Manifest.Facts.Select(fact => random.Next(4) == 0 ? Fact.Missing : fact.Kind switch
            {
                _ when fact.AllowsNone && random.Next(4) == 0 => Fact.None,
                FactKind.YesNo => random.Next(2),
                FactKind.Date => new DateOnly(2024, 1, 1).DayNumber + random.Next(1_500),
                FactKind.Member => random.Next(fact.Members.Length),
                FactKind.Members => random.NextInt64(1L << Math.Min(fact.Members.Length, 40)),
                FactKind.HsCode => RandomCode(random, cuts),
                FactKind.Country => random.Next(676),
                FactKind.Text => 0,
                _ => random.Next(-5, 1_000) * (random.Next(2) == 0 ? 1 : Fact.DecimalScale),
            })];
        }
    }

    private static long RandomCode(Random random, System.Collections.Immutable.ImmutableArray<long> cuts)
    {
        var code = cuts.Length == 0 || random.Next(3) == 0 ? random.NextInt64(10_000_000_000_000) : cuts[random.Next(cuts.Length)] + random.Next(-1, 2);
        var digits = random.Next(3) switch { 0 => 13, 1 => 10, _ => new[] { 2, 4, 6, 8 }[random.Next(4)] };
        var unit = (long)Math.Pow(10, 13 - digits);
        return (Math.Clamp(code, 0, 9_999_999_999_999) / unit * unit * 16) + digits;
    }

    private static List<int> Members(FactSet set)
    {
        var members = new List<int>();
        foreach (var fact in set)
        {
            members.Add(fact);
        }

        return members;
    }

    private static Ruleset Load(string rules) => Compilation.Create(SyntaxTree.Parse(rules)).Load(isCollectible: true);

    private static long Code(string text) => Runtime.Trade.HsCode.TryParse(text, out var code) ? code.Encoded : throw new FormatException(text);
}
