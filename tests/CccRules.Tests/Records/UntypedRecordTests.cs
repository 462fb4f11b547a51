using System.Text;
using System.Text.Json;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Records;

public sealed class UntypedRecordTests
{
    private static readonly DateOnly AsOf = new(2027, 6, 1);
    private static readonly Ruleset Rules = PowerBankRules.Load();

    [Fact]
    public void A_dictionary_is_classified_by_the_rules_names()
    {
        var answer = Rules.Bind().Evaluate(
            new Dictionary<string, object?>
            {
                ["hs_code"] = "8507.60",
                ["portable"] = true,
                ["manufactured_on"] = new DateOnly(2027, 3, 1),
                ["has_qr_mark"] = "no",
                ["purpose"] = Purpose.Sale,
                ["quantity"] = (byte)11,
                ["rated_energy"] = 1.5m,
                ["price"] = 3,
                ["traits"] = new[] { "radio" },
                ["brand"] = null,
            },
            AsOf);

        Assert.Empty(answer.Faults);
        Assert.Equal(Outcome.Breached, answer["qr_mark"]);
        Assert.Equal(Outcome.Required, answer["label"]);
    }

    [Fact]
    public void A_JSON_object_is_classified_by_the_rules_names()
    {
        var answer = Json("""{"hs_code": "8507.60", "portable": true, "manufactured_on": "2027-03-01", "has_qr_mark": false, "purpose": "s\u0061le", "quantity": 11, "traits": ["radio"], "sold_on": "none", "br\u0061nd": null}""");
        Assert.Empty(answer.Faults);
        Assert.Equal(Outcome.Breached, answer.Norms.Single(norm => norm.Norm.Name == "qr_mark").Outcome);
    }

    [Theory]
    [InlineData("""{"hs_code": "85", "quantty": 1}""", "quantty CCC8312")]
    [InlineData("""{"hs_code": "85", "quantity": "1", "quantity": 1}""", "quantity CCC8313")]
    [InlineData("""{"hs_code": "85", "quantity": 1.5}""", "quantity CCC8020")]
    [InlineData("""{"hs_code": "85", "quantity": 1e3}""", "quantity CCC8026")]
    [InlineData("""{"hs_code": "85", "quantity": true}""", "quantity CCC8313")]
    [InlineData("""{"hs_code": "85", "portable": 1}""", "portable CCC8313")]
    [InlineData("""{"hs_code": "85", "traits": {}}""", "traits CCC8313")]
    [InlineData("""{"hs_code": "85", "traits": ["radio", 7]}""", "traits CCC8040")]
    [InlineData("""{"hs_code": "85", "brand": "\ud800"}""", "brand CCC8003")]
    [InlineData("""{"hs_code": 850760}""", "hs_code CCC8001", "hs_code CCC8313")]
    [InlineData("""{}""", "hs_code CCC8001")]
    [InlineData("""[]""", "hs_code CCC8001", " CCC8313")]
    [InlineData("""{"hs_code": """, "hs_code CCC8001", " CCC8313")]
    [InlineData("", "hs_code CCC8001", " CCC8313")]
    public void What_cannot_be_read_is_told_and_never_thrown(string json, params string[] expected) =>
        Assert.Equal(expected, Json(json).Faults.Select(fault => $"{fault.Name} {fault.Code}"));

    [Fact]
    public void A_dictionary_with_values_of_other_types_is_told_and_never_thrown()
    {
        var answer = Rules.Bind().Evaluate(
            new Dictionary<string, object?>
            {
                ["hs_code"] = 850760,
                ["rated_energy"] = 1.5,
                ["quantity"] = ulong.MaxValue,
                ["purpose"] = DayOfWeek.Friday,
                ["manufactured_on"] = DateTime.UnixEpoch,
                [new string('x', 2000)] = 1,
            },
            AsOf);
        Assert.Equal(["CCC8001", "CCC8021", "CCC8040", "CCC8313", "CCC8313", "CCC8313", "CCC8312"], answer.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void A_record_leaves_nothing_to_the_next()
    {
        var evaluator = Rules.Bind();
        using var full = JsonDocument.Parse("""{"hs_code": "8507.60", "portable": true, "quantity": 11, "x": 1}""");
        using var empty = JsonDocument.Parse("""{"hs_code": "8507.60"}""");
        evaluator.Evaluate(full.RootElement, AsOf);
        var answer = evaluator.Evaluate(empty.RootElement, AsOf);
        Assert.Empty(answer.Faults);
        Assert.Equal(Truth.Open, answer.CategoryOf("power_bank"));
        Assert.True((answer["label"] & Outcome.NotApplicable) != 0);
    }

    [Fact]
    public void A_JSON_record_allocates_nothing_once_warm()
    {
        var evaluator = Rules.Bind();
        using var document = JsonDocument.Parse("""{"hs_code": "8507.60", "portable": true, "manufactured_on": "2027-03-01", "rated_energy": 99.5, "origin": "CN", "purpose": "sale"}""");
        var record = document.RootElement;
        var norm = Rules.Norm("qr_mark");
        var sum = 0;
        for (var i = 0; i < 100; i++)
        {
            sum += (int)evaluator.Evaluate(record, AsOf)[norm];
        }

        Assert.Equal(0, AllocatedBytes.OfRuns(100, () => sum += (int)evaluator.Evaluate(record, AsOf)[norm]));
        Assert.NotEqual(0, sum);
    }

    private static Runtime.Records.ClassificationResult Json(string json) => Rules.Bind().EvaluateJson(Encoding.UTF8.GetBytes(json), AsOf).ToResult();
}
