using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Records;
using CccRules.Runtime.Trade;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Records;

public sealed class RecordEvaluatorTests
{
    private static readonly DateOnly AsOf = new(2027, 6, 1);
    private static readonly Ruleset Rules = PowerBankRules.Load();

    [Fact]
    public void A_record_is_classified_by_its_properties()
    {
        var evaluator = Rules.Bind<Product>();
        var made = new Product { Portable = true, ManufacturedOn = new DateOnly(2027, 3, 1), HasQrMark = false, Purpose = Purpose.Sale };

        var answer = evaluator.Evaluate(in made, AsOf);

        Assert.Equal(Outcome.Breached, answer["qr_mark"]);
        Assert.Equal(Outcome.Breached, answer["demo.records.qr_mark"]);
        Assert.Equal(Outcome.Breached, answer[Rules.Norm("qr_mark")]);
        Assert.Equal(Truth.True, answer.CategoryOf("power_bank"));
        Assert.False(answer.HasFaults);
        Assert.Equal("implementation", answer.Of("qr_mark").Citations[0].Locator);
        Assert.Equal("qr_mark: breached", answer.Of("qr_mark").ToString());
    }

    [Fact]
    public void A_null_is_not_known_and_never_no()
    {
        var evaluator = Rules.Bind<Product>();
        var open = new Product { ManufacturedOn = new DateOnly(2027, 3, 1), HasQrMark = false, Purpose = Purpose.Sale };

        var answer = evaluator.Evaluate(in open, AsOf).Of("qr_mark");

        Assert.Equal(Outcome.NotApplicable | Outcome.Breached, answer.Outcome);
        Assert.Equal(["portable"], answer.Missing.Select(fact => fact.Name));
        Assert.False(answer.IsSettled);
        Assert.Contains(answer.Explain().Missing, fact => fact.Name == "portable");
    }

    [Fact]
    public void A_default_that_cannot_be_null_is_a_fact()
    {
        var evaluator = Rules.Bind<ProductValue>();
        var value = new ProductValue { HsCode = Hs("8507.60"), ManufacturedOn = new DateOnly(2027, 3, 1) };

        // Not portable, because the struct says so.
        Assert.Equal(Outcome.NotApplicable, evaluator.Evaluate(in value, AsOf)["qr_mark"]);
    }

    [Fact]
    public void Missing_none_and_a_value_are_three_things()
    {
        var evaluator = Rules.Bind<Product>(new RecordBindingOptions { Assumptions = ImmutableDictionary<string, bool>.Empty.Add("old_stock", true) });
        Outcome Stock(Fact<DateOnly> soldOn) => evaluator.Evaluate(new Product { SoldOn = soldOn, Guarantee = 1, Storage = 1 }, AsOf)["stock"];

        Assert.Equal(Outcome.Required, Stock(Fact<DateOnly>.None));
        Assert.Equal(Outcome.NotApplicable, Stock(new DateOnly(2026, 1, 1)));
        Assert.Equal(Outcome.NotApplicable | Outcome.Required, Stock(Fact<DateOnly>.Missing));
        Assert.Equal(Outcome.NotApplicable | Outcome.Required, Stock(default));
    }

    [Theory]
    [InlineData(Purpose.Unknown, Outcome.NotApplicable | Outcome.Breached)]
    [InlineData(Purpose.NotSaid, Outcome.Breached)]
    [InlineData(Purpose.Research, Outcome.NotApplicable)]
    [InlineData(Purpose.Line, Outcome.Breached)]
    internal void Members_of_an_enumeration_are_members_of_the_fact(Purpose purpose, Outcome expected)
    {
        var product = new Product { Portable = true, ManufacturedOn = new DateOnly(2027, 3, 1), HasQrMark = false, Purpose = purpose };
        Assert.Equal(expected, Rules.Bind<Product>().Evaluate(in product, AsOf)["qr_mark"]);
    }

    [Fact]
    public void A_number_that_is_no_member_is_a_fault_and_not_known()
    {
        var product = new Product { Portable = true, ManufacturedOn = new DateOnly(2027, 3, 1), HasQrMark = false, Purpose = (Purpose)99 };
        var answer = Rules.Bind<Product>().Evaluate(in product, AsOf);
        Assert.Equal(Outcome.NotApplicable | Outcome.Breached, answer["qr_mark"]);
        Assert.Equal("CCC8040", Assert.Single(answer.Faults).Code);
    }

    public static TheoryData<string, object, Outcome> EveryKind => new()
    {
        { "energy over", new Product { RatedEnergyWh = 100.000001m }, Outcome.Required },
        { "energy at", None(new Product { RatedEnergyWh = 100m }), Outcome.NotApplicable },
        { "price", new Product { Cost = 500.01m }, Outcome.Required },
        { "quantity", new Product { Quantity = 11 }, Outcome.Required },
        { "brand", new Product { Brand = " ACME " }, Outcome.Required },
        { "other texts", None(new Product { Brand = "ACM", Model = "ACE" }), Outcome.NotApplicable },
        { "same texts", new Product { Brand = "Z", Model = "Z" }, Outcome.Required },
        { "origin", new Product { Origin = "DE" }, Outcome.Required },
        { "traits", new Product { Traits = new HashSet<Trait> { Trait.Mains, Trait.Radio } }, Outcome.Required },
        { "traits without", None(new Product { Traits = [Trait.Mains, Trait.PublicNetwork] }), Outcome.NotApplicable },
    };

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Every_kind_of_fact_is_read(string what, object product, Outcome expected)
    {
        var record = (Product)product;
        var outcome = Rules.Bind<Product>().Evaluate(in record, AsOf)["label"];
        Assert.True(expected == Outcome.Required ? outcome == expected : (outcome & expected) != 0, $"{what}: {outcome}");
    }

    [Fact]
    public void Sets_of_any_collection_are_the_same_set()
    {
        Assert.Equal(Outcome.Required, Label(new { HsCode = "85", Traits = new[] { Trait.Radio } }));
        Assert.Equal(Outcome.Required, Label(new { HsCode = "85", Traits = new List<Trait> { Trait.Radio } }));
        Assert.Equal(Outcome.Required, Label(new { HsCode = "85", Traits = ImmutableArray.Create(Trait.Radio) }));
        Assert.Equal(Outcome.Required, Label(new { HsCode = "85", Traits = new SortedSet<Trait> { Trait.Radio } }));
        Assert.Equal(Outcome.Required, Label(new { HsCode = "85", Traits = (IEnumerable<string>)["public_network", "radio"] }));
        Assert.Equal(Outcome.Required, Label(new { HsCode = "85", Traits = TraitBits.Radio | TraitBits.Mains }));
        Assert.NotEqual(Outcome.Required, Label(new { HsCode = "85", Traits = TraitBits.Mains }));
        Assert.NotEqual(Outcome.Required, Label(new { HsCode = "85", Traits = (Trait[]?)null }));

        static Outcome Label<T>(T record) => Rules.Bind<T>().Evaluate(in record, AsOf)["label"];
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_never_thrown()
    {
        var product = new Product
        {
            HsCode = "10121",
            RatedEnergyWh = decimal.MaxValue,
            Cost = 0.0000001m,
            Brand = "a\0b",
            Model = "\uD800",
            Origin = "XX",
            Traits = [(Trait)7],
            Guarantee = int.MaxValue,
            Storage = long.MinValue,
            Purpose = (Purpose)(-1),
        };

        var answer = Rules.Bind<Product>().Evaluate(in product, AsOf);

        Assert.Equal(
            [
                ("HsCode", "CCC8062"), ("RatedEnergyWh", "CCC8023"), ("Cost", "CCC8024"), ("Brand", "CCC8004"), ("Model", "CCC8003"),
                ("Origin", "CCC8051"), ("Purpose", "CCC8040"), ("Traits", "CCC8040"), ("Guarantee", "CCC8034"), ("Storage", "CCC8034"),
            ],
            answer.Faults.Select(fault => (fault.Name, fault.Code)));
        Assert.True(answer.HasFaults);
        Assert.Contains("leading zero", answer.Faults[0].Message, StringComparison.Ordinal);

        var good = new Product();
        Assert.Empty(Rules.Bind<Product>().Evaluate(in good, AsOf).Faults);
    }

    [Fact]
    public void A_required_fact_that_is_null_is_a_fault()
    {
        var product = new Product { HsCode = null };
        Assert.Equal("CCC8001", Assert.Single(Rules.Bind<Product>().Evaluate(in product, AsOf).Faults).Code);
    }

    [Fact]
    public void A_norm_not_yet_in_force_tells_from_when_it_applies()
    {
        var product = new Product { Quantity = 11 };
        var answer = Rules.Bind<Product>().Evaluate(in product, new DateOnly(2026, 6, 1)).Of("label");
        Assert.Equal(Outcome.NotInForce, answer.Outcome);
        Assert.Equal(new DateOnly(2027, 1, 1), answer.AppliesFrom);
    }

    [Fact]
    public void Without_a_date_what_hangs_on_it_is_open()
    {
        var product = new Product { Quantity = 11 };
        var answer = Rules.Bind<Product>().Evaluate(in product, null).Of("label");
        Assert.Equal(Outcome.NotInForce | Outcome.Required, answer.Outcome);
        Assert.Equal([FactRole.EvaluationDate], answer.Missing.Select(fact => fact.Role));
    }

    [Fact]
    public void An_answer_about_an_earlier_record_is_refused_and_a_copy_lasts()
    {
        var evaluator = Rules.Bind<Product>();
        var first = evaluator.Evaluate(new Product { Quantity = 11 }, AsOf);
        var copy = first.ToResult();
        evaluator.Evaluate(new Product(), AsOf);
        var thrown = false;
        try
        {
            _ = first["label"];
        }
        catch (InvalidOperationException)
        {
            thrown = true;
        }

        Assert.True(thrown);
        Assert.Equal(Outcome.Required, copy.Norms.Single(norm => norm.Norm.Name == "label").Outcome);
        Assert.Throws<InvalidOperationException>(() => default(Classification)["label"]);
    }

    [Fact]
    public void Names_that_the_rules_do_not_have_are_told()
    {
        Assert.Throws<KeyNotFoundException>(() => Rules.Norm("qr_marks"));
        Assert.Throws<KeyNotFoundException>(() => Rules.Bind<Product>().Evaluate(new Product(), AsOf).CategoryOf("label"));
        var two = Compilation.Create(
            SyntaxTree.Parse("ruleset a\nrecord r\n x : yes/no\nobligation same \"S\" when x", "a.ccc"),
            SyntaxTree.Parse("ruleset b\nuse a\nobligation same \"S\" when x", "b.ccc"));
        Assert.Empty(two.Diagnostics.Where(diagnostic => diagnostic.Severity == Compiler.Diagnostics.DiagnosticSeverity.Error));
        Assert.Contains("Several", Assert.Throws<KeyNotFoundException>(() => two.Load(isCollectible: true).Norm("same")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_record_is_the_callers_fault() =>
        Assert.Throws<ArgumentNullException>(() => Rules.Bind<Product>().Evaluate(null!, AsOf));

    [Fact]
    public void Evaluating_allocates_nothing_once_warm()
    {
        var classes = Rules.Bind<Product>();
        var structs = Rules.Bind<ProductValue>();
        var product = new Product
        {
            Portable = true,
            RatedEnergyWh = 99.5m,
            Cost = 1,
            Quantity = 3,
            Brand = "A",
            Model = "B",
            Origin = "CN",
            Purpose = Purpose.Sale,
            Traits = new List<Trait> { Trait.Radio },
            ManufacturedOn = new DateOnly(2027, 3, 1),
            SoldOn = Fact<DateOnly>.None,
            Guarantee = 24,
            HasQrMark = true,
        };
        var value = new ProductValue(Hs("8507.60"), true, 1, Country("CN"), TraitBits.Mains, AsOf, null, true);
        var norm = Rules.Norm("label");
        var sum = 0;
        void Run()
        {
            sum += (int)classes.Evaluate(in product, AsOf)[norm] + (int)structs.Evaluate(in value, AsOf)[norm];
            foreach (var answer in structs.Evaluate(in value, AsOf).Norms)
            {
                sum += (int)answer.Outcome + (answer.AppliesFrom is null ? 0 : 1);
            }
        }

        for (var i = 0; i < 100; i++)
        {
            Run();
        }

        Assert.Equal(0, AllocatedBytes.OfRuns(100, Run));
        Assert.NotEqual(0, sum);
    }

    /// <summary>What a code settles is answered without the other facts; what else is asked is told of the whole record all the same.</summary>
    [Theory]
    [InlineData("8507.60")]
    [InlineData("85076000")]
    [InlineData("8508110000")]
    [InlineData("9999.99.99.99")]
    [InlineData("850")]
    [InlineData("not a code")]
    [InlineData(null)]
    public void Answers_do_not_hang_on_how_much_of_a_record_was_read(string? code)
    {
        const string rules = """
            ruleset demo.unread
            record product
              hs_code  : hs
              portable : yes/no
              energy   : decimal Wh
            category battery "Battery" when hs_code under (8507) and portable
            obligation mark "Mark" when battery and energy > 10 Wh
            obligation label "Label" when hs_code under (8509)
            """;
        var ruleset = Compilation.Create(SyntaxTree.Parse(rules)).Load();
        var warm = ruleset.Bind<Unread>();
        foreach (var (portable, energy) in new (bool?, decimal?)[] { (true, 11), (true, null), (null, 1), (false, 1.1234567m) })
        {
            var record = new Unread(code, portable, energy);
            var untyped = new Dictionary<string, object?> { ["hs_code"] = code, ["portable"] = portable, ["energy"] = energy };
            var expected = ruleset.Bind().Evaluate(untyped, null).ToResult();
            for (var time = 0; time < 3; time++)
            {
                Assert.Equal(expected.Norms.Select(norm => norm.Outcome), expected.Norms.Select(norm => warm.Evaluate(in record, null)[norm.Norm.Name]));
                Assert.Equal(expected.Norms.SelectMany(norm => norm.Missing).Select(fact => fact.Name), warm.Evaluate(in record, null).ToResult().Norms.SelectMany(norm => norm.Missing).Select(fact => fact.Name));
                Assert.Equal(expected.Faults.Select(fault => fault.Code), warm.Evaluate(in record, null).Faults.Select(fault => fault.Code));
                Assert.Equal(expected.Faults.Length != 0, warm.Evaluate(in record, null).HasFaults);
                Assert.Equal(ruleset.Bind().Evaluate(untyped, null).CategoryOf("battery"), warm.Evaluate(in record, null).CategoryOf("battery"));
                Assert.Equal(ruleset.Bind().Evaluate(untyped, null).Explain().Length, warm.Evaluate(in record, null).Explain().Length);
            }
        }
    }

    [Fact]
    public void A_record_that_changed_is_not_explained_as_the_one_that_was_evaluated()
    {
        var ruleset = Compilation.Create(SyntaxTree.Parse("ruleset demo.changed\nrecord product\n  hs_code : hs\nobligation mark \"M\" when hs_code under (8507)\nobligation label \"L\" when hs_code under (8509)\n")).Load();
        var evaluator = ruleset.Bind<Unread>();
        var record = new Unread("8507600000", true, 1);
        var answer = evaluator.Evaluate(in record, null);
        record = new Unread("8508600000", true, 1);
        Assert.Equal(Outcome.Required, answer["mark"]);
        try
        {
            answer.Explain();
            Assert.Fail("It was explained.");
        }
        catch (InvalidOperationException fault)
        {
            Assert.Contains("changed", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_fork_serves_another_thread()
    {
        var evaluator = Rules.Bind<Product>();
        Parallel.For(0, 8, i =>
        {
            var mine = evaluator.Fork();
            for (var quantity = 0; quantity < 1000; quantity++)
            {
                var outcome = mine.Evaluate(new Product { Quantity = quantity + i, RatedEnergyWh = 1, Cost = 1, Brand = "a", Model = "b", Origin = "FR", Traits = [] }, AsOf)["label"];
                Assert.Equal(quantity + i > 10 ? Outcome.Required : Outcome.NotApplicable, outcome);
            }
        });
    }

    private readonly record struct Unread(string? HsCode, bool? Portable, decimal? Energy);

    private static Product None(Product product) => product;

    private static HsCode Hs(string text) => HsCode.TryParse(text, out var code) ? code : throw new FormatException(text);

    private static CountryCode Country(string text) => CountryCode.TryParse(text, out var code) ? code : throw new FormatException(text);
}
