using CccRules.Batch;
using CccRules.Runtime.Programs;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Rulesets;

/// <summary>What the rules of China say of the products in <c>rulesets/samples/products.csv</c> on one day.</summary>
public sealed class ProductSamplesTests
{
    private static readonly Lazy<List<SampleLine>> Products = new(() => SampleLine.ReadAll(
        File.OpenRead(Repository.FullPath("rulesets/samples/products.csv")),
        new BatchOptions { AsOf = EvaluationDate.On(new DateOnly(2026, 11, 25)) }));

    [Theory]
    [InlineData("laptop", "ccc_certificate", Outcome.Breached)]
    [InlineData("laptop", "nal", Outcome.Breached)]
    [InlineData("laptop", "china_rohs", Outcome.Fulfilled)]
    [InlineData("laptop", "energy_label", Outcome.Breached)]
    [InlineData("laptop", "srrc", Outcome.Fulfilled)]
    [InlineData("power bank", "ccc_certificate", Outcome.Fulfilled)]
    [InlineData("power bank", "power_bank_rules_2026", Outcome.NotInForce)]
    [InlineData("power bank", "qr_mark", Outcome.NotInForce)]
    [InlineData("electric drill", "ccc_self_declaration", Outcome.Fulfilled)]
    [InlineData("electric drill", "ccc_application", Outcome.Required)]
    [InlineData("electric drill", "register_self_declaration", Outcome.NotInForce)]
    [InlineData("vehicle lamp", "ccc_self_declaration", Outcome.Fulfilled)]
    [InlineData("vehicle lamp", "ccap_certification", Outcome.Fulfilled)]
    [InlineData("e-bike helmet", "ccc_certificate", Outcome.Breached)]
    [InlineData("e-bike helmet", "ccap_certification", Outcome.Fulfilled)]
    [InlineData("imported car", "automotive_announcement", Outcome.NotApplicable | Outcome.Fulfilled | Outcome.Breached)]
    [InlineData("railway product", "railway_certification", Outcome.Fulfilled | Outcome.Required)]
    [InlineData("charging lead", "ccc_certificate", Outcome.NotApplicable)]
    public void A_product_comes_out_as_an_expert_would_say(string product, string norm, Outcome expected) =>
        Assert.Equal(expected, Assert.Single(Products.Value, line => line.Id == product).OutcomeOf(norm));
}
