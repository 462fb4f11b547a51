namespace CccRules.Tests.Cli;

/// <summary>A small ruleset: a mark that power banks need from 2026-03-01, with two scenarios that hold.</summary>
internal static class SmallRules
{
    public const string Text =
        """
        ruleset test.mark "A mark for power banks"
        jurisdiction CN

        source notice "Notice 27" issued 2025-12-23

        record product "A product"
          id : text key
          hs_code : hs required
          portable : yes/no "Made to be carried"
          rated_energy : decimal Wh
          purpose : one of (sale, research)
          issued_on : date "Day of the certificate"
          sold_on : date or none empty is none
          has_mark : yes/no

        question counts_as_new "Does a renewed certificate count as new?"
          cites notice "renewal"

        category power_bank "Power banks"
          when hs_code under 8507.60 and portable
          cites notice "scope"

        obligation mark "Bear the mark"
          when power_bank and (rated_energy > 10 Wh or counts_as_new)
          from 2026-03-01 where issued_on >= 2026-03-01
          from 2027-03-01
          fulfilled when has_mark
          otherwise "may not be sold"
          cites notice "mark"

        exemption research_use "Products for research"
          lifts mark
          when purpose is research
          needs "A letter"
          cites notice "exemptions"


        """;

    public const string Scenarios =
        """
        scenario "a marked product"
          given hs_code 8507.60, portable yes, rated_energy 20 Wh, purpose sale, issued_on 2026-05-01, has_mark yes
          as of 2026-06-01
          expect mark fulfilled
          expect power_bank yes

        scenario "nothing is known of the certificate"
          given hs_code 8507.60, portable yes, rated_energy 20 Wh, purpose sale, has_mark no
          as of 2026-06-01
          expect mark not_in_force or breached
          expect missing issued_on


        """;

    public const string FailingScenario =
        """
        scenario "a product <without> a mark"
          given hs_code 8507.60, portable yes, rated_energy 20 Wh, purpose sale, issued_on 2026-05-01, has_mark no
          as of 2026-06-01
          expect mark fulfilled


        """;

    /// <summary>A folder that holds the rules as <c>test/mark.ccc</c>.</summary>
    public static CommandFolder Folder(string more = "") => new CommandFolder().With("test/mark.ccc", Text + more);
}
