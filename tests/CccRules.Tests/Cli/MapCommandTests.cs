using System.Text.Json;
using CccRules.Cli;
using CccRules.Cli.Documents;

namespace CccRules.Tests.Cli;

public sealed class MapCommandTests
{
    private const string China =
        """
        ruleset cn.test "China"
        jurisdiction CN
        months round down
        source seminar "Seminar" issued 2025-01-01
        authority miit "Ministry of Industry"
        authority samr "Market regulation"
        actor maker "Manufacturer"
        record product
          id : text key
          radio : yes/no "Emits radio waves"
          battery, railway, sample, approved : yes/no
          made_on : date
        question grace "Is there a grace period?" cites seminar
        obligation srrc "Radio type approval" on maker led by miit jointly with samr
          when radio fulfilled when approved otherwise "no market access" impact market_access needs "Application" cites seminar "row 1"
        obligation mark "Bear the mark" led by samr when battery as of made_on from 2027-01-01 cites seminar "row 2"
        obligation label "Bear the label" led by samr when battery and not grace from 2020-01-01 cites seminar "row 3"
        option rail "Railway certification" when railway impact de_facto_admission cites seminar "row 4"
        option logo "Bear the logo" when battery cites seminar "row 5"
        exemption samples "Samples" lifts label when sample per shipment needs "Letter" cites seminar "row 6"
        process radio_first "First approval" for srrc cites seminar
          step test "Test" lasts 3..6 weeks
          step decision "Decision" lasts unknown after test
        process mark_first "First mark" for mark cites seminar
          step print "Print <b>it</b>" lasts 2..4 weeks
        """;

    private const string Europe =
        """
        ruleset eu.test
        jurisdiction EU
        use cn.test
        source act "Act" issued 2020-01-01
        obligation ce "CE marking" when radio cites act
        """;

    [Fact]
    public void A_product_is_mapped_market_by_market_and_authority_by_authority()
    {
        using var folder = Folder();
        var run = folder.Run("map . --set radio=yes --set battery=yes --set railway=yes --set made_on=2026-05-01 --set sample=no --as-of 2026-06-01");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            Certificate map of the product
              radio = yes, battery = yes, railway = yes, sample = no, made_on = 2026-05-01
              judged by 2026-06-01

            China (CN)
              1 mandatory, 1 de facto required, 1 open, 1 not yet in force, 1 voluntary

              mandatory          Radio type approval
              de facto required  Railway certification
              open               Bear the label
              not yet in force   Bear the mark
              voluntary          Bear the logo

              Ministry of Industry
                MANDATORY (not known whether done)  Radio type approval  [srrc]
                  on              Manufacturer
                  jointly with    Market regulation
                  way             First approval: 3 to 6 weeks and the time for Decision, which the sources do
                                  not give. Steps: Test (3 to 6 weeks), Decision
                  needs           Application
                  otherwise       no market access
                  source          seminar "row 1"

              No authority named
                DE FACTO REQUIRED  Railway certification  [rail]
                  source          seminar "row 4"
                VOLUNTARY  Bear the logo  [logo]
                  source          seminar "row 5"

              Market regulation
                OPEN  Bear the label  [label]
                  depends on      grace (Is there a grace period?). yes: does not concern it; no: mandatory
                  source          seminar "row 3"
                NOT YET IN FORCE  Bear the mark  [mark]
                  when            in force from 2027-01-01; its own day, 2026-05-01, lies before
                  way             First mark: 2 to 4 weeks; begun on 2026-06-01, over between 2026-06-15 and
                                  2026-06-29. Steps: Print <b>it</b> (2 to 4 weeks)
                  source          seminar "row 2"

              What to find out, the fact that settles most first:
                grace (Is there a grace period?): for label

            European Union (EU)
              1 mandatory

              mandatory          CE marking

              No authority named
                MANDATORY  CE marking  [ce]
                  source          act

            sources
              act: Act
              seminar: Seminar

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public void An_exemption_and_a_settled_question_are_told()
    {
        using var folder = Folder();
        var output = folder.Run("map . --set battery=yes --set sample=yes --set radio=no --assume grace=no --as-of 2026-06-01").Output;
        Assert.Contains("    EXEMPT  Bear the label  [label]\n      exempt by       Samples, shipment by shipment\n", output);
        Assert.Contains("1 norm does not concern it or is not in force", output);
        Assert.Contains("exempt by       Samples, shipment by shipment; needs Letter (Seminar \"row 6\")", folder.Run("map . --set battery=yes --set sample=yes --set radio=no --assume grace=no --as-of 2026-06-01 --full").Output);
    }

    [Fact]
    public void Nothing_known_leaves_everything_open()
    {
        using var folder = Folder();
        var output = folder.Run("map .").Output;
        Assert.Contains("  nothing is known of it\n  no evaluation date given", output);
        Assert.Contains("radio (Emits radio waves): for srrc", output);
        Assert.DoesNotContain("MANDATORY", output);
    }

    [Fact]
    public void A_file_of_products_is_mapped_product_by_product_in_every_form()
    {
        using var folder = Folder().With("products.csv", "id,radio,battery\nLaptop <1>,yes,yes\nbad,perhaps,no\nStool,no,no\n");
        var text = folder.Run("map . --in products.csv --as-of 2026-06-01");
        Assert.Equal(ExitCode.Done, text.ExitCode);
        Assert.Contains("error[CCC0010]: the row on line 3 cannot be read", text.Error);
        Assert.Contains("Certificate map of Laptop <1>\n", text.Output);
        Assert.Contains("Certificate map of Stool\n", text.Output);
        Assert.Equal(ExitCode.Done, folder.Run("map . --in products.csv --as-of 2026-06-01 --out map.html").ExitCode);
        Assert.Contains("<h1>Certificate maps of 2 products</h1>", folder["map.html"]);
        Assert.Contains("Laptop &lt;1&gt;", folder["map.html"]);
        Assert.DoesNotContain("<b>it", folder["map.html"]);
        Assert.DoesNotContain("http", folder["map.html"]);
        Assert.Contains("# Certificate map of Laptop \\<1\\>", folder.Run("map . --in products.csv --as-of 2026-06-01 --format markdown").Output);
        using var json = JsonDocument.Parse(folder.Run("map . --in products.csv --as-of 2026-06-01 --format json").Output);
        Assert.Equal(2, json.RootElement.GetArrayLength());
        var entries = json.RootElement[0].GetProperty("markets")[0].GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal("mandatory", entries.Single(entry => entry.GetProperty("norm").GetString() == "cn.test.srrc").GetProperty("standing").GetString());
        Assert.Equal(5, entries.Count);
    }

    [Fact]
    public void Objects_of_a_JSON_array_are_products()
    {
        using var folder = Folder().With("products.json", """[{"id": "a", "radio": true}, {"id": "b", "radio": false}]""").With("one.json", """{"id": "c"}""");
        var output = folder.Run("map . --json products.json --set battery=no").Output;
        Assert.Contains("Certificate map of a\n  id = a, radio = yes, battery = no", output);
        Assert.Contains("Certificate map of b\n", output);
        Assert.Contains("Certificate map of c\n", folder.Run("map . --json one.json").Output);
        Assert.Contains("Certificate map of yes\n", folder.Run("map . --json products.json --name radio").Output);
    }

    [Theory]
    [InlineData("map . --set radoi=yes", "a similar field exists: `radio`")]
    [InlineData("map . --in x.csv --json y.json", "`--in` and `--json` do not go together")]
    [InlineData("map . --json broken.json", "`broken.json` is no JSON")]
    [InlineData("map . --name colour", "the rules have no field `colour`")]
    [InlineData("map . --format pdf", "`--format` takes text, markdown, html or json, not `pdf`")]
    public void A_map_that_is_asked_for_wrongly_is_answered_with_a_way_out(string command, string message)
    {
        using var folder = Folder().With("broken.json", "[{");
        var run = folder.Run(command);
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains(message, run.Error);
    }

    [Fact]
    public void Lines_keep_to_the_width()
    {
        using var folder = Folder();
        Assert.All(folder.Run("map . --full").Output.Split('\n'), line => Assert.True(CellText.Width(line) <= 100, line));
    }

    [Fact]
    public void What_is_due_stands_where_it_presses()
    {
        using var folder = new CommandFolder().With("rules.ccc",
            """
            ruleset r "Rules"
            months round down
            record certificate
              number : text
              expires_on : date or none
            record item
              certificates : list of certificate
              issued_on, expires_on, reported_on : date or none
            deadline renew "Renew" due 3 months before expires_on remind 1 month
            deadline report "Report" due every 12 months after issued_on last done reported_on
            deadline appeal "Appeal" due 15 days after reported_on met when any certificates where number = "A2"
            obligation one "Hold a certificate that lasts" when all of (issued_on is not none) fulfilled when any certificates where expires_on > 2027-01-01
            """)
            .With("item.json", """{"certificates": [{"number": "A1", "expires_on": "2027-06-30"}], "issued_on": "2025-02-28", "reported_on": null, "expires_on": "2027-03-31"}""");
        var run = folder.Run("map rules.ccc --json item.json --as-of 2026-12-15");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            Certificate map of the product
              certificates = 1 entry, issued_on = 2025-02-28, expires_on = 2027-03-31
              judged by 2026-12-15

            Rules without a jurisdiction
              1 mandatory, 1 due soon, 2 perhaps due

              mandatory          Hold a certificate that lasts
              due soon           Renew

              No authority named
                MANDATORY (done)  Hold a certificate that lasts  [one]
                DUE SOON  Renew  [renew]
                  date            due 2026-12-31

              Deadlines, if they concern it: Appeal; Report.


            """,
            run.Output);
    }

    private static CommandFolder Folder() => new CommandFolder().With("cn.ccc", China).With("eu.ccc", Europe);
}
