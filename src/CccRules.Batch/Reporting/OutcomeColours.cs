using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Reporting;

/// <summary>How an outcome is drawn: a class of the page's style, and where it stands in a bar.</summary>
/// <param name="Class">Name of the style.</param>
/// <param name="Label">What the legend says.</param>
internal sealed record OutcomeColour(string Class, string Label)
{
    /// <summary>From what asks for action to what does not.</summary>
    public static IReadOnlyList<OutcomeColour> All { get; } =
    [
        new("breached", "breached, overdue"),
        new("soon", "due soon"),
        new("open", "open: facts are missing"),
        new("required", "required, available, upcoming"),
        new("fulfilled", "fulfilled, taken, met"),
        new("exempt", "exempt"),
        new("notyet", "not in force"),
        new("none", "not applicable"),
    ];

    /// <param name="words">The outcome in words, as it stands in the output.</param>
    /// <param name="kind">What the norm is.</param>
    public static OutcomeColour Of(string words, NormKind kind)
    {
        var bit = Outcomes.StatusNames(kind).ToList().IndexOf(words);
        var name = bit < 0 ? "open" : (Outcome)(1 << bit) switch
        {
            Outcome.Breached => "breached",
            Outcome.Soon => "soon",
            Outcome.Required => "required",
            Outcome.Fulfilled => "fulfilled",
            Outcome.Exempt => "exempt",
            Outcome.NotInForce => "notyet",
            _ => "none",
        };
        return All.First(colour => colour.Class == name);
    }
}
