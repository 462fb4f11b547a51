using System.Globalization;
using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Files;
using CccRules.Compiler.Proof;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Proof;

/// <summary>Proofs over deadlines, tables, working days and lists: decided where that can be, else not proved with the reason, and never wrong.</summary>
public sealed class NormsOfOtherKindsTests
{
    private const string Preamble =
        """
        source notice "Notice" issued 2025-01-01
        actor maker
        record certificate_entry
          state : one of (valid, suspended, revoked)
          expires_on : date or none
        record item
          made_on, filed_on : date
          ended_on, answered_on : date or none
          portable, tested : yes/no
          kind : text
          grade : integer
          certificates : list of certificate_entry
        question fees_count "Do fees count?" cites notice

        """;

    private const string Deadline = "deadline renew \"Renew\" when portable due 3 months before ended_on met when answered_on <= due remind 30 days cites notice\nmonths_rounding\n";

    [Theory]
    [InlineData("when renew is overdue that portable", true)]
    [InlineData("when renew is overdue that not (answered_on <= ended_on - 3 months)", true)]
    [InlineData("when not portable that renew is not_applicable", true)]
    [InlineData("when ended_on is none that renew is not_applicable", true)]
    [InlineData("when portable that renew in (met, upcoming)", false)]
    [InlineData("when renew is soon that answered_on is none", false)]
    public void Deadlines_are_decided(string claim, bool isProved)
    {
        var answer = Answer($"{Deadline}claim \"c\" {claim}\n");
        Assert.Equal(isProved ? "Proved" : "Refuted", Short(answer));
        Assert.Equal(isProved, answer.Witness is null);
    }

    [Theory]
    [InlineData("when way is second that grade >= 50", "Proved")]
    [InlineData("when grade between 0 and 99 that way is not none", "Proved")]
    [InlineData("when way is first that portable", "Refuted")]
    [InlineData("when grade = 100 that way is first", "Refuted")]
    public void A_table_that_is_looked_up_is_decided(string claim, string expected) =>
        Assert.Equal(expected, Short(Answer($"{Table(100)}claim \"c\" {claim}\n")));

    [Fact]
    public void A_table_too_large_is_not_proved_and_says_so()
    {
        var answer = Answer($"{Table(2_400)}claim \"c\" when way is second that grade >= 50 and way is not first\n");
        Assert.Equal(ClaimStatus.NotProved, answer.Status);
        Assert.Contains("a table of 2400 rows", answer.Reason);
    }

    [Theory]
    [InlineData("when filed_on = 2026-01-05 that filed_on + 2 working days = 2026-01-07", true)]
    [InlineData("when filed_on <= 2026-06-30 and filed_on >= 2026-01-01 that filed_on + 5 working days <= 2026-07-07", true)]
    [InlineData("when filed_on >= 2026-12-21 that filed_on + 9 working days > 2027-01-01", true)]
    [InlineData("when filed_on = 2026-01-01 that filed_on + 1 working days = 2026-01-02", false)]
    public void Working_days_are_decided_within_the_calendar(string claim, bool isProved) =>
        Assert.Equal(isProved ? "Proved" : "Refuted", Short(Answer($"calendar office \"Working days\" from \"2026.json\" cites notice\nclaim \"c\" {claim}\n")));

    [Theory]
    [InlineData("when certified is fulfilled that portable", "Proved")]
    [InlineData("when certified is breached that not tested or count certificates >= 0", "Proved")]
    [InlineData("when count certificates > 2 that certified is fulfilled", "NotProved")]
    public void What_is_asked_of_a_list_never_makes_a_wrong_answer(string claim, string expected)
    {
        var answer = Answer($"obligation certified \"Hold a certificate\" when portable fulfilled when any certificates where state is valid cites notice\nclaim \"c\" {claim}\n");
        Assert.Equal(expected, Short(answer));
        Assert.Equal(expected == "NotProved", answer.Reason?.Contains("entries of a list", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void A_deadline_that_applies_to_nothing_is_found_and_its_mended_twin_is_not_blamed()
    {
        string Text(string owner) => $"obligation file \"File\" when tested and portable cites notice\ndeadline answer \"Answer\" for file when {owner} due 10 days after filed_on cites notice\n";
        Assert.Contains("CCC7003", Findings(Text("not tested")));
        Assert.Empty(Findings(Text("grade > 3")));
    }

    [Fact]
    public void A_question_that_only_the_entries_of_a_list_or_a_date_due_ask_is_not_blamed()
    {
        Assert.Empty(Findings("obligation certified \"Hold\" when portable fulfilled when any certificates where state is valid and fees_count cites notice\n"));
        Assert.Contains("CCC7011", Findings("obligation certified \"Hold\" when portable fulfilled when any certificates where state is valid cites notice\n", keepsQuestion: true));
    }

    [Fact]
    public void Rules_with_all_of_these_are_equal_to_themselves_and_a_changed_row_is_found()
    {
        string Text(int first) => $"{Deadline}{Table(60, first)}calendar office \"Working days\" from \"2026.json\" cites notice\n"
            + "deadline answer \"Answer\" due 5 working days after filed_on met when answered_on <= due cites notice\n"
            + "obligation certified \"Hold\" when way is first fulfilled when any certificates where state is valid cites notice\n"
            + "define ends \"End\" as ended_on when tested as made_on + 5 years otherwise\n"
            + "deadline again \"Again\" when portable due 3 months before ends met when answered_on <= due remind 60 days cites notice\n";
        Assert.All(Compare(Text(50), Text(50)).Norms, norm => Assert.True(norm.Difference == NormDifference.Same, $"{norm.Name}: {norm.Difference}"));
        var changed = Compare(Text(50), Text(40)).Norms;
        Assert.Equal(NormDifference.NotProved, changed.Single(norm => norm.Name.EndsWith("certified", StringComparison.Ordinal)).Difference);
        Assert.All(changed.Where(norm => !norm.Name.EndsWith("certified", StringComparison.Ordinal)), norm => Assert.True(norm.Difference is NormDifference.Same or NormDifference.SameForKnownFacts, norm.Name));
    }

    private static string Short(ClaimAnswer answer) => answer.Status == ClaimStatus.ProvedForAllRecords ? "Proved" : answer.Status.ToString();

    private static string Table(int rows, int first = 50)
    {
        var text = new StringBuilder("table ways \"Ways\" first match grade gives way : one of (first, second)\n");
        for (var row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  | {row} || {(row < first ? "first" : "second")}\n");
        }

        return text.Append("  cites notice\n").ToString();
    }

    private static ProofRules Rules(string text)
    {
        var whole = $"ruleset test.norms \"Norms\"\nmonths round down\n{Preamble}{text.Replace("months_rounding\n", "", StringComparison.Ordinal)}";
        var calendar = new DataFile("2026.json", Encoding.UTF8.GetBytes("""{ "year": 2026, "days": [{ "date": "2026-01-02", "isOffDay": true }] }"""));
        var compilation = Compilation.Create([SyntaxTree.Parse(SourceText.From("r.ccc", whole))], CompilationOptions.Default with { Files = [calendar] });
        Assert.False(compilation.HasErrors, string.Join('\n', compilation.Diagnostics));
        return compilation.Provable;
    }

    private static ClaimAnswer Answer(string text)
    {
        var rules = Rules(text);
        return RulesProver.Answer(rules, new NaiveRecords(rules.Module), CancellationToken.None).Claims.Single();
    }

    private static List<string> Findings(string text, bool keepsQuestion = false)
    {
        var rules = Rules(text);
        var found = RulesProver.Prove(rules, new NaiveRecords(rules.Module), CancellationToken.None).Findings.Select(finding => finding.Diagnostic.Id).ToList();
        return keepsQuestion || text.Contains("fees_count", StringComparison.Ordinal) ? found : [.. found.Where(id => id != "CCC7011")];
    }

    private static RulesDifference Compare(string old, string @new)
    {
        var (before, after) = (Rules(old), Rules(@new));
        return RulesComparer.Compare(
            before, after, merged => new BothRecords(merged, new NaiveRecords(before.Module), new NaiveRecords(after.Module)), CancellationToken.None);
    }
}
