using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Programs;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Rulesets;

/// <summary>What the rules of China say of the declarations in <c>rulesets/samples</c>.</summary>
public sealed class SamplesTests
{
    // Codes that raise a flag in the catalogue, written down once more by hand.
    private static readonly string[] FlaggedCodes =
        ["850760", "850440", "871160", "650610", "732111", "841911", "840310", "391731", "391732", "391733", "391739", "4009", "8307", "8481", "847130"];

    // Facts and questions that only say what the goods are made for: what no customs line tells.
    private static readonly string[] DefinitionFacts =
    [
        "portable_energy_store", "for_portable_electronics", "for_power_bank", "for_telecom_terminal", "for_electric_bicycle",
        "ebike_by_gb17761", "gas_fired", "household_use", "burner_heat_load", "for_gas_appliance", "gas_emergency_shut_off",
        "laptop_computer",
    ];

    private static readonly Lazy<List<SampleLine>> WithoutDate = new(() => Read(new BatchOptions()));
    private static readonly Lazy<List<SampleLine>> AfterTheTransition =
        new(() => Read(new BatchOptions { AsOf = EvaluationDate.On(new DateOnly(2027, 6, 1)) }));

    [Fact]
    public void Every_line_can_be_read()
    {
        Assert.Equal(300, WithoutDate.Value.Count(line => !line.IsOurs));
        Assert.Equal(40, WithoutDate.Value.Count(line => line.IsOurs));
    }

    [Fact]
    public void A_public_line_outside_the_flagged_codes_is_not_applicable_throughout()
    {
        var outside = WithoutDate.Value.Where(line => !line.IsOurs && !IsFlagged(line)).ToArray();
        Assert.Equal(229, outside.Length);
        Assert.DoesNotContain(outside, line => line.Answers.Count != 0);
    }

    [Fact]
    public void A_public_line_under_a_flagged_code_is_open_and_names_what_it_is_made_for()
    {
        var inside = WithoutDate.Value.Where(line => !line.IsOurs && IsFlagged(line)).ToArray();
        Assert.Equal(71, inside.Length);
        foreach (var line in inside)
        {
            var (_, outcome, missing) = Assert.Single(line.Answers, answer => answer.Norm == "ccc_certificate");
            Assert.True(outcome.HasFlag(Outcome.NotApplicable));
            Assert.False(outcome.IsSettled());
            Assert.NotEmpty(missing.Intersect(DefinitionFacts));
        }
    }

    [Fact]
    public void Lines_of_before_the_pilot_cannot_breach_it() =>
        Assert.Empty(from line in WithoutDate.Value
                     where !line.IsOurs && (line.OutcomeOf("qr_mark") & (Outcome.Fulfilled | Outcome.Breached)) != 0
                     select line.Id);

    [Fact]
    public void With_an_evaluation_date_our_lines_are_open_only_where_the_README_says() =>
        Assert.Equal(
            ["SAMPLE-07", "SAMPLE-11", "SAMPLE-12", "SAMPLE-13", "SAMPLE-14", "SAMPLE-15", "SAMPLE-24"],
            AfterTheTransition.Value.Where(line => line.IsOurs && !line.IsSettled).Select(line => line.Id));

    [Theory]
    [InlineData("SAMPLE-01", "qr_mark", Outcome.Fulfilled)]
    [InlineData("SAMPLE-02", "qr_mark", Outcome.Breached)]
    [InlineData("SAMPLE-03", "qr_mark", Outcome.NotInForce)]
    [InlineData("SAMPLE-05", "qr_content", Outcome.Breached)]
    [InlineData("SAMPLE-06", "circulation_without_qr", Outcome.Required)]
    [InlineData("SAMPLE-07", "qr_mark", Outcome.NotInForce | Outcome.Breached)]
    [InlineData("SAMPLE-08", "qr_mark", Outcome.Breached)]
    [InlineData("SAMPLE-11", "qr_mark", Outcome.NotInForce | Outcome.Breached)]
    [InlineData("SAMPLE-16", "power_bank_rules_2026", Outcome.NotInForce)]
    [InlineData("SAMPLE-17", "power_bank_rules_2026", Outcome.Breached)]
    [InlineData("SAMPLE-19", "ccc_certificate", Outcome.NotInForce)]
    [InlineData("SAMPLE-20", "ccc_certificate", Outcome.Breached)]
    [InlineData("SAMPLE-23", "ccc_certificate", Outcome.Exempt)]
    [InlineData("SAMPLE-28", "ccc_certificate", Outcome.NotApplicable)]
    [InlineData("SAMPLE-32", "ebike_standard_2024", Outcome.Breached)]
    public void One_of_our_lines_comes_out_as_it_was_made_for(string id, string norm, Outcome expected) =>
        Assert.Equal(expected, Assert.Single(WithoutDate.Value, line => line.Id == id).OutcomeOf(norm));

    [Fact]
    public void The_mapping_reads_the_public_files_as_they_are()
    {
        const string Csv =
            "Declaration ID,Date,Office ID,Process Type,Import Type,Import Use,Payment Type,Mode of Transport,Declarant ID,Importer ID,Seller ID,Courier ID,"
            + "HS6 Code,Country of Departure,Country of Origin,Tax Rate,Tax Type,Country of Origin Indicator,Net Mass,Item Price,Fraud,Critical Fraud\n"
            + "20889431,2021-04-01,20,B,11,21,11,10,NZYZ967,QBIH1EB,543HRUP,,711311,TH,TH,8.0,A,Y,4.7,1365.35,0,0\n";
        var options = new BatchOptions { Mapping = ColumnMapping.Empty.WithFile(Repository.Read("rulesets/samples/customs.map"), "customs.map") };
        var line = Assert.Single(SampleLine.ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(Csv)), options));
        Assert.Equal(("20889431", "711311"), (line.Id, line.HsCode));
        Assert.Empty(line.Answers);
    }

    private static bool IsFlagged(SampleLine line) => FlaggedCodes.Any(code => line.HsCode.StartsWith(code, StringComparison.Ordinal));

    private static List<SampleLine> Read(BatchOptions options) =>
        SampleLine.ReadAll(File.OpenRead(Repository.FullPath("rulesets/samples/declarations.csv")), options);
}
