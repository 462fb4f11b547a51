using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Explaining;

/// <summary>When a deadline is due, in a reader's words.</summary>
internal static class DueText
{
    public static string Of(DueDates due) => due switch
    {
        { Due: Fact.None } => "nothing is due",
        { Due: not Fact.Missing } => $"due {CivilDate.Format(due.Due)}",
        { Earliest: Fact.Missing, Latest: Fact.Missing } => "the date due is not known",
        { Earliest: Fact.Missing } => $"due by {Day(due.Latest)} at the latest",
        { Latest: Fact.Missing } => $"due from {Day(due.Earliest)} at the earliest",
        _ => $"due between {Day(due.Earliest)} and {Day(due.Latest)}",
    };

    private static string Day(long day) => day == Fact.None ? "never" : CivilDate.Format(day);
}
