using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using static CccRules.Tests.Engine.SmallModule;

namespace CccRules.Tests.Engine;

public sealed class SupportTests
{
    private static readonly TextDictionary NoTexts = new();

    [Fact]
    public void A_settled_outcome_hangs_on_nothing()
    {
        Assert.Empty(Missing(Create(), Record(amount: 1)));
        Assert.Empty(Missing(Create(), Record(amount: 150, made: 3, today: 4)));
    }

    [Fact]
    public void An_open_condition_hangs_on_its_open_parts_only()
    {
        Assert.Equal([Made, Today], Missing(Create(), Record(amount: 150)));
        Assert.Equal([Amount], Missing(Create(), Record(made: 3, today: 4)));
        Assert.Equal([Amount, Made, Today], Missing(Create(), Record()));
    }

    [Fact]
    public void Force_matters_only_where_no_exemption_is_certain()
    {
        var module = Create() with { Norms = [Norm(0, Applies, IsNamed, IsUsed, IsBattery)] };

        Assert.Equal([Amount], Missing(module, Record(made: 3, today: 4, name: "A", code: Hs("8507"))));
        Assert.Equal([Amount, Name, Code, Uses], Missing(module, Record(made: 3, today: 4)));
        Assert.Equal([Name, Code, Uses], Missing(module, Record(amount: 150, made: 3, today: 4)));
    }

    [Fact]
    public void Fulfilment_matters_only_where_the_norm_can_be_in_force()
    {
        var module = Create() with { Norms = [Norm(0, Applies, IsNamed, IsUsed, IsBattery)] };

        Assert.Equal([Name], Missing(module, Record(amount: 150, made: 3, today: 4, uses: 0b100)));
        Assert.Equal([Code], Missing(module, Record(amount: 150, made: 3, today: 4, uses: 1, name: "x")));
    }

    [Fact]
    public void A_code_with_too_few_digits_is_a_missing_fact()
    {
        var module = Create() with { Norms = [Norm(0, IsBattery, False, True, -1)] };

        Assert.Equal([Code], Missing(module, Record(code: Hs("8507"))));
        Assert.Empty(Missing(module, Record(code: Hs("8507600090"))));
        Assert.Empty(Missing(module, Record(code: Hs("8508"))));
    }

    [Fact]
    public void A_code_that_a_guard_chose_leads_to_the_chosen_fact()
    {
        var module = Create();
        module = module with
        {
            Values = module.Values.Add(new IrConstant(IrType.Of(IrKind.HsCode), Hs("9999"))).Add(new IrSelect(IrType.Of(IrKind.HsCode), IsUsed, Code, 6)),
            Atoms = module.Atoms.Add(new IrHsInSet(7, new IrList<long>([8507_6000_00000, 8507_6099_99999]), false)),
            Logic = module.Logic.Add(new IrAtomNode(5)),
            Norms = [Norm(0, FirstFree, False, True, -1)],
        };

        Assert.Equal([Code], Missing(module, Record(uses: 1, code: Hs("8507"))));
        Assert.Empty(Missing(module, Record(uses: 0b100, code: Hs("8507"))));
        Assert.Equal([Uses], Missing(module, Record(code: Hs("8507"))));
        Assert.Equal([Code, Uses], Missing(module, Record()));
    }

    [Fact]
    public void An_open_guard_with_definite_branches_hangs_on_the_guard_alone()
    {
        var module = Create();
        module = module with
        {
            Logic = module.Logic.Add(new IrIfThenElse(IsUsed, IsNamed, IsBattery)),
            Norms = [Norm(0, FirstFree, False, True, -1)],
        };

        Assert.Equal([Uses], Missing(module, Record(name: "A", code: Hs("01"))));
        Assert.Equal([Code, Uses], Missing(module, Record(name: "A")));
        Assert.Equal([Name], Missing(module, Record(uses: 1, code: Hs("8507"))));
        Assert.Equal([Code], Missing(module, Record(uses: 0b100)));
    }

    [Fact]
    public void A_condition_about_another_norm_hangs_on_what_that_norm_hangs_on()
    {
        var module = Create();
        module = module with
        {
            Logic = module.Logic.Add(new IrStatus(0, Outcome.Required)),
            Norms = [Norm(0, Applies, IsNamed, True, -1), Norm(1, FirstFree, False, True, -1)],
        };

        Assert.Equal([Name], Missing(module, Record(amount: 150, made: 3, today: 4), norm: 1));
        Assert.Equal([Amount, Made, Name, Today], Missing(module, Record(), norm: 1));
        Assert.Empty(Missing(module, Record(amount: 1), norm: 1));
    }

    [Fact]
    public void A_deep_chain_of_conditions_is_walked_without_recursion()
    {
        var module = Create();
        var logic = module.Logic.ToBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            logic.Add(new IrNot(logic.Count - 1));
        }

        module = module with { Logic = logic.ToImmutable(), Norms = [] };
        var graph = new RulesetManifest
        {
            Modules = [],
            Facts = module.Facts,
            Norms = [Norm(0, logic.Count - 1, False, True, -1)],
            Categories = [],
            Tables = new ProgramTables(),
            Graph = GraphBuilder.Build(module),
        };
        var finder = new Runtime.Explanations.SupportFinder(graph, new RuleTables(graph.Tables));
        var nodes = new Truth[logic.Count];
        nodes.AsSpan(IsLarge).Fill(Truth.Open);
        var into = new FactSet(6);

        finder.OfNorm(0, new Runtime.Explanations.RecordState(graph, nodes, Record(), [], new long[6], new TextDictionary()), into);

        Assert.Equal([Amount, Made, Today], List(into));
    }

    [Fact]
    public void Every_fact_that_can_change_an_outcome_is_named()
    {
        // The law: where a single fact is filled in and the outcome changes, that fact was among the missing ones.
        var seeds = Enumerable.Range(5000, 25).ToList();
        var rulesets = RandomRulesets.Compile(seeds.Select(RandomModule.Create));
        for (var i = 0; i < seeds.Count; i++)
        {
            var (module, ruleset) = rulesets[i];
            var evaluator = new Evaluator(ruleset);
            var records = new RandomRecords(module, seeds[i], 60);
            for (var record = 0; record < 30; record++)
            {
                AssertChangesAreNamed(module, evaluator, records, record);
            }
        }
    }

    private static void AssertChangesAreNamed(IrModule module, Evaluator evaluator, RandomRecords records, int record)
    {
        evaluator.Evaluate(records.Facts[record], records.Texts);
        var before = module.Norms.Select(norm => evaluator[norm.Index]).ToList();
        var missing = module.Norms.Select(norm => Missing(evaluator, norm.Index)).ToList();
        var donor = records.Facts[record + 30];
        for (var fact = 0; fact < donor.Length; fact++)
        {
            if (records.Facts[record][fact] != Fact.Missing)
            {
                continue;
            }

            var filled = records.Facts[record].ToArray();
            filled[fact] = donor[fact];
            evaluator.Evaluate(filled, records.Texts);
            for (var norm = 0; norm < before.Count; norm++)
            {
                Assert.True((evaluator[norm] & ~before[norm]) == 0, "Knowing more may only shrink an outcome.");
                if (evaluator[norm] != before[norm] && !missing[norm].Contains(fact))
                {
                    Assert.Fail($"Fact {fact} changes norm {norm} and is not among the missing ones.");
                }
            }
        }
    }

    [Fact]
    public void A_window_that_opens_later_says_from_when()
    {
        var module = Create();
        module = module with
        {
            Values = module.Values.Add(new IrConstant(IrType.Of(IrKind.Date), 30)).Add(new IrConstant(IrType.Of(IrKind.Date), 20)),
            Atoms = module.Atoms.Add(new IrCompare(IrComparison.LessOrEqual, 6, Today, 1, 1)),
            Logic = module.Logic.Add(new IrAtomNode(5)),
            Norms = [Norm(0, IsLarge, False, FirstFree, -1) with { Windows = [new WindowSchema(6, -1, -1), new WindowSchema(7, -1, IsNamed)] }],
        };
        var evaluator = new Evaluator(RulesetLoader.Load(CSharpEmitter.Emit(module)));
        long AppliesFrom(long[] record)
        {
            evaluator.Evaluate(record, Texts);
            return evaluator.AppliesFrom(0);
        }

        Assert.Equal(20, AppliesFrom(Record(amount: 150, today: 10)));
        Assert.Equal(30, AppliesFrom(Record(amount: 150, today: 10, name: "x")));
        Assert.Equal(30, AppliesFrom(Record(amount: 150, today: 25)));
        Assert.Equal(Fact.Missing, AppliesFrom(Record(amount: 150, today: 30)));
        Assert.Equal(Fact.Missing, AppliesFrom(Record(amount: 1, today: 10)));
        Assert.Equal(Fact.Missing, AppliesFrom(Record(amount: 150)));
    }

    [Fact]
    public void An_explanation_puts_truths_beside_the_laws_words()
    {
        var citation = new CitationSchema("law", "The Law", "art. 1");
        var module = Create() with
        {
            Norms =
            [
                Norm(0, Applies, IsNamed, True, -1) with
                {
                    Reasons = [new ReasonSchema("applies", Applies, [citation], [new ReasonSchema("large", IsLarge, [], []), new ReasonSchema("recent", IsRecent, [], [])])],
                    Exemptions = [new ExemptionSchema("named", "Named", IsNamed, false, [], []), new ExemptionSchema("used", "Used", IsUsed, true, [], [])],
                },
            ],
        };
        var evaluator = new Evaluator(RulesetLoader.Load(CSharpEmitter.Emit(module)));
        evaluator.Evaluate(Record(amount: 150, today: 7, uses: 0b100), NoTexts);

        var explanation = evaluator.Explain(0);

        Assert.Equal(Outcome.NotApplicable | Outcome.Exempt | Outcome.Required, explanation.Outcome);
        Assert.Equal(Truth.Open, explanation.Reasons[0].Truth);
        Assert.Equal(citation, Assert.Single(explanation.Reasons[0].Citations));
        Assert.Equal([Truth.True, Truth.Open], explanation.Reasons[0].Parts.Select(part => part.Truth));
        Assert.Equal(["named"], explanation.Exemptions.Select(exemption => exemption.Exemption.Name));
        Assert.Equal(["made", "name"], explanation.Missing.Select(fact => fact.Name));
    }

    private static readonly TextDictionary Texts = MakeTexts();

    private static TextDictionary MakeTexts()
    {
        var texts = new TextDictionary();
        texts.Intern("A");
        texts.Intern("x");
        return texts;
    }

    private static long[] Record(long? amount = null, long? made = null, string? name = null, long? code = null, long? uses = null, long? today = null) =>
    [
        amount ?? Fact.Missing,
        made ?? Fact.Missing,
        name is null ? Fact.Missing : Texts.Intern(name),
        code ?? Fact.Missing,
        uses ?? Fact.Missing,
        today ?? Fact.Missing,
    ];

    private static List<int> Missing(IrModule module, long[] record, int norm = 0)
    {
        var evaluator = new Evaluator(RulesetLoader.Load(CSharpEmitter.Emit(module)));
        evaluator.Evaluate(record, Texts);
        return Missing(evaluator, norm);
    }

    private static List<int> Missing(Evaluator evaluator, int norm)
    {
        var facts = new FactSet(evaluator.Ruleset.Manifest.Facts.Length);
        evaluator.Missing(norm, facts);
        return List(facts);
    }

    private static List<int> List(FactSet facts)
    {
        var list = new List<int>();
        foreach (var fact in facts)
        {
            list.Add(fact);
        }

        return list;
    }
}
