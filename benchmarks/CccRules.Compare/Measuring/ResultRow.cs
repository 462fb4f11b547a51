namespace CccRules.Compare.Measuring;

/// <summary>One line of the table: what was asked for, and what was measured.</summary>
/// <param name="Number">Number of the line.</param>
/// <param name="Work">What is done, and against what.</param>
/// <param name="Goal">What must be reached, and what is wished for.</param>
/// <param name="Measured">The ratio that the goal is about; null where it was not measured.</param>
/// <param name="Detail">The times behind the ratio, or why there are none.</param>
internal sealed record ResultRow(string Number, string Work, Goal Goal, double? Measured, string Detail)
{
    /// <summary>The verdict in a word.</summary>
    public string Verdict => Measured is { } value ? Goal.Verdict(value) : "not measured";

    public static ResultRow Skipped(string number, string work, Goal goal, string why) => new(number, work, goal, null, why);
}

/// <summary>A ratio to reach: at least so much (a speed-up), or at most so much (a cost).</summary>
internal sealed record Goal(double Must, double Ambition, bool IsAtMost = false, string Unit = "x")
{
    public static Goal AtLeast(double must, double ambition, string unit = "x") => new(must, ambition, IsAtMost: false, unit);

    public static Goal AtMost(double must, double ambition, string unit = "x") => new(must, ambition, IsAtMost: true, unit);

    public string Verdict(double value) => Meets(value, Ambition) ? "reached, and the ambition" : Meets(value, Must) ? "reached" : "NOT REACHED";

    public string Text => FormattableString.Invariant($"{(IsAtMost ? "at most" : "at least")} {Must:0.###}{Unit} ({Ambition:0.###}{Unit})");

    private bool Meets(double value, double limit) => IsAtMost ? value <= limit : value >= limit;
}
