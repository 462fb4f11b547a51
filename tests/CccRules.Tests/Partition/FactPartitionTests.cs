using CccRules.Compiler;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Ir.Partition;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Trade;
using CccRules.Tests.Engine;

namespace CccRules.Tests.Partition;

public sealed class FactPartitionTests
{
    private const string Head =
        """
        ruleset test "Test"
        jurisdiction CN
        months round down
        source notice "Notice"
        record product "P"
          id : text key
          a, b, c : date or none
          energy : decimal Wh
          pieces : integer
          portable : yes/no
          purpose : one of (sale, research, repair)
          traits : set of (radio, mains, battery)
          origin : country
          model, other_model : text
          hs_code : hs

        parameter start "Start" : date as 2026-03-01 from 2026-01-01 as 2027-03-01 from 2027-01-01
          cites notice


        """;

    [Theory]
    [InlineData("a", "a >= 2026-03-01", "before 2026-03-01; from 2026-03-01; none")]
    [InlineData("a", "a between 2026-03-01 and 2026-03-31", "before 2026-03-01; from 2026-03-01 to 2026-03-31; from 2026-04-01; none")]
    [InlineData("a", "a = 2026-03-01", "before 2026-03-01; on 2026-03-01; from 2026-03-02; none")]
    [InlineData("a", "b >= 2026-03-01", "any value; none")]
    [InlineData("a", "latest (a, b) >= 2026-03-01", "before 2026-03-01; from 2026-03-01; none")]
    [InlineData("a", "a + 3 months > 2026-05-30", "before 2026-03-01; from 2026-03-01; none")]
    [InlineData("a", "a + 1 months >= 2026-02-28", "before 2026-01-28; from 2026-01-28; none")]
    [InlineData("a", "a - 2 months < 2026-01-01", "before 2026-03-01; from 2026-03-01; none")]
    [InlineData("a", "year of a >= 2027", "before 2027-01-01; from 2027-01-01; none")]
    [InlineData("a", "a >= start", "before 2026-03-01; on 2026-03-01; from 2026-03-02 to 2027-02-28; on 2027-03-01; from 2027-03-02; none")]
    [InlineData("energy", "energy > 10 Wh", "up to 10 Wh; above 10 Wh")]
    [InlineData("energy", "energy >= 10 Wh and energy < 1.5 kWh", "below 10 Wh; from 10 Wh below 1500 Wh; from 1500 Wh")]
    [InlineData("energy", "2 * energy > 15 Wh", "up to 7.5 Wh; above 7.5 Wh")]
    [InlineData("pieces", "pieces > 10", "up to 10; from 11")]
    [InlineData("portable", "portable", "yes; no")]
    [InlineData("purpose", "purpose is research", "sale; research; repair")]
    [InlineData("traits", "traits has any of (radio, mains)", "without radio, mains; with radio or mains")]
    [InlineData("traits", "traits has radio or traits has battery", "without radio, battery; with radio without battery; with battery without radio; with radio and battery")]
    [InlineData("origin", "origin in (CN, DE)", "CN; DE; any other country")]
    [InlineData("model", "model = \"X\"", "\"X\"; any other text")]
    [InlineData("model", "model matches \"^X\"", "")]
    [InlineData("hs_code", "hs_code under 8507.60", "8507.60; any other code")]
    [InlineData("hs_code", "hs_code under (8501.10 to 8501.64) or hs_code under 8507 except 8507.60", "8501.10 to 8501.64; 8507.00 to 8507.59, 8507.61 to 8507.99; any other code")]
    public void A_fact_is_divided_where_conditions_divide_it(string fact, string condition, string expected)
    {
        var module = Module($"category k \"K\"\n  when {condition}\n  cites notice\n");
        var partition = FactPartition.Of(module, module.Facts.Single(schema => schema.Name == fact).Index);
        Assert.Equal(expected, string.Join("; ", partition.Cells.Select(cell => cell.Text)));
    }

    [Theory]
    [InlineData("a", "a > b", "before 2026-05-01; on 2026-05-01; from 2026-05-02; none")]
    [InlineData("a", "days between b and a >= 30", "before 2026-05-31; from 2026-05-31; none")]
    [InlineData("a", "months between b and a >= 3", "before 2026-08-01; from 2026-08-01; none")]
    [InlineData("a", "months between a and b >= 3", "before 2026-02-02; from 2026-02-02; none")]
    [InlineData("model", "model = other_model", "\"X\"; any other text")]
    public void What_is_known_of_the_record_divides_as_well(string fact, string condition, string expected)
    {
        var module = Module($"category k \"K\"\n  when {condition}\n  cites notice\n");
        var b = module.Facts.Single(schema => schema.Name == "b").Index;
        var other = module.Facts.Single(schema => schema.Name == "other_model").Index;
        var known = new KnownValues(
            value => module.Values[value] is IrFact read && read.Fact == b ? new DateOnly(2026, 5, 1).DayNumber : null,
            value => module.Values[value] is IrFact read && read.Fact == other ? "X" : null);
        var partition = FactPartition.Of(module, module.Facts.Single(schema => schema.Name == fact).Index, known);
        Assert.Equal(expected, string.Join("; ", partition.Cells.Select(cell => cell.Text)));
    }

    [Fact]
    public void A_coarse_code_is_divided_within_itself()
    {
        var module = Module("category k \"K\"\n  when hs_code under (8507.60.00.90, 8711)\n  cites notice\n");
        Assert.True(HsCode.TryParse("8507.60", out var within));
        var partition = FactPartition.Of(module, module.Facts.Single(schema => schema.Name == "hs_code").Index, within: within);
        Assert.Equal(["8507.60.00.90", "any other code under 8507.60"], partition.Cells.Select(cell => cell.Text));
    }

    [Fact]
    public void Neighbouring_cells_are_told_as_one()
    {
        var module = Module("category k \"K\"\n  when a >= 2026-03-01 or a >= 2027-03-01\n  cites notice\n");
        var partition = FactPartition.Of(module, module.Facts.Single(schema => schema.Name == "a").Index);
        Assert.Equal("from 2026-03-01; none", string.Join("; ", partition.Describe([.. partition.Cells.Skip(1)])));
        Assert.Equal("before 2026-03-01; from 2027-03-01", string.Join("; ", partition.Describe([partition.Cells[0], partition.Cells[2]])));
    }

    [Fact]
    public void No_value_of_a_cell_comes_to_anything_else_than_the_one_that_stands_for_it()
    {
        const int Modules = 30;
        var compared = 0;
        var rulesets = RandomRulesets.Compile(Enumerable.Range(5000, Modules).Select(RandomModule.Create));
        for (var i = 0; i < rulesets.Count; i++)
        {
            var (module, ruleset) = rulesets[i];
            var records = new RandomRecords(module, i, 8);
            var samples = new RandomRecords(module, i + 7777, 30);
            foreach (var record in records.Facts)
            {
                // A text is no number; and rules name single countries, where these modules have ranges of them.
                foreach (var fact in module.Facts.Where(fact => fact.Kind is not (FactKind.Text or FactKind.Country) && !IsTangled(module, fact.Index)))
                {
                    compared += AssertCells(i, module, ruleset, record, records.Texts, fact, samples);
                }
            }
        }

        Assert.True(compared > 5_000, $"only {compared} values were compared");
    }

    private static int AssertCells(int seed, IrModule module, Ruleset ruleset, long[] record, TextDictionary texts, FactSchema fact, RandomRecords samples)
    {
        long[] facts = [.. record];
        facts[fact.Index] = Fact.Missing;
        var evaluator = new Evaluator(ruleset);
        evaluator.Evaluate(facts, texts);
        var known = new KnownValues(
            value => !module.Values[value].Type.IsWide && module.Values[value].Type.Kind != IrKind.Text && Fact.IsKnown(evaluator.ValueOf(value)) ? evaluator.ValueOf(value) : null,
            _ => null);
        var partition = FactPartition.Of(module, fact.Index, known);
        var trial = new Evaluator(ruleset);
        var answers = partition.Cells.Select(cell => Outcomes(trial, facts, texts, fact.Index, cell.Value)).ToList();
        var compared = 0;
        foreach (var sample in samples.Facts.Select(other => Whole(fact, other[fact.Index])).Where(Fact.IsKnown).Distinct())
        {
            var outcome = Outcomes(trial, facts, texts, fact.Index, sample);
            var at = Enumerable.Range(0, answers.Count).Where(cell => Holds(partition.Cells[cell], sample)).ToList();
            compared++;
            Assert.True(
                at.Any(cell => answers[cell].SequenceEqual(outcome)),
                $"Seed {5000 + seed}: {fact.Name} = {sample} ({fact.Kind}) is in no cell of {string.Join("; ", partition.Cells.Select(cell => cell.Text))} that comes to the same.\n{IrPrinter.Print(module)}");
        }

        return compared;
    }

    /// <summary>A value can be in any cell that has no bounds.</summary>
    private static bool Holds(FactCell cell, long value) => cell.Bounds.IsEmpty || (value >= cell.Bounds[0] && value <= cell.Bounds[1]);

    /// <summary>A code with all its digits, as cells stand for those.</summary>
    private static long Whole(FactSchema fact, long value) =>
        fact.Kind == FactKind.HsCode && Fact.IsKnown(value) ? (HsCode.FromEncoded(value).Lower * 16) + HsCode.MostDigits : value;

    private static List<Outcome> Outcomes(Evaluator evaluator, long[] facts, TextDictionary texts, int fact, long value)
    {
        facts[fact] = value;
        evaluator.Evaluate(facts, texts);
        return [.. Enumerable.Range(0, evaluator.Ruleset.Manifest.Norms.Length).Select(norm => evaluator[norm])];
    }

    /// <summary>The fact stands on both sides of a comparison or a sum, where a cut cannot be found from one side.</summary>
    private static bool IsTangled(IrModule module, int fact)
    {
        var uses = new FactUses(module, fact, KnownValues.Nothing);
        return module.Atoms.Any(atom => IrOperands.Of(atom).Count(uses.Depends) > 1)
            || module.Values.Any(value => value is not (IrExtreme or IrSelect) && IrOperands.Of(value).Count(uses.Depends) > 1);
    }

    private static IrModule Module(string rules)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(Head + rules, "test.ccc"));
        Assert.DoesNotContain(compilation.Diagnostics, diagnostic => diagnostic.Severity == CccRules.Compiler.Diagnostics.DiagnosticSeverity.Error);
        return compilation.Ir;
    }
}
