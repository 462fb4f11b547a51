using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Mapping;

/// <summary>How a norm stands to a product, in the order in which a reader has to care.</summary>
internal enum Standing : byte
{
    Overdue,
    Mandatory,
    DeFacto,
    DueSoon,
    Open,
    DueLater,
    NotYet,
    Exempt,
    Met,
    Subsidies,
    Voluntary,

    /// <summary>A voluntary certification of which it is not known whether it is open to the product.</summary>
    PerhapsVoluntary,

    /// <summary>A deadline of which it is not known whether anything is due.</summary>
    PerhapsDue,
    NotInForce,
    NoConcern,
}

/// <summary>Outcomes as a certificate map says them. Each decision is a row.</summary>
internal static class Standings
{
    private const Outcome Due = Outcome.Fulfilled | Outcome.Breached | Outcome.Required | Outcome.Soon;

    /// <summary>What a norm that bears on a product is to it: by what it is, and by what it means for whoever wants to sell.</summary>
    private static readonly (NormKind Kind, NormImpact Impact, Standing Standing)[] Bearing =
    [
        (NormKind.Obligation, NormImpact.DeFactoAdmission, Standing.DeFacto),
        (NormKind.Obligation, NormImpact.Subsidies, Standing.Subsidies),
        (NormKind.Obligation, NormImpact.MarketAccess, Standing.Mandatory),
        (NormKind.Obligation, NormImpact.Unstated, Standing.Mandatory),
        (NormKind.Option, NormImpact.DeFactoAdmission, Standing.DeFacto),
        (NormKind.Option, NormImpact.Subsidies, Standing.Subsidies),
        (NormKind.Option, NormImpact.MarketAccess, Standing.Voluntary),
        (NormKind.Option, NormImpact.Unstated, Standing.Voluntary),
    ];

    /// <summary>What a deadline is to a product.</summary>
    private static readonly (Outcome Outcome, Standing Standing)[] OfDeadlines =
    [
        (Outcome.Breached, Standing.Overdue),
        (Outcome.Soon, Standing.DueSoon),
        (Outcome.Required, Standing.DueLater),
        (Outcome.Fulfilled, Standing.Met),
    ];

    private static readonly (Standing Standing, string Words, string Class)[] Names =
    [
        (Standing.Overdue, "overdue", "must"),
        (Standing.DueSoon, "due soon", "open"),
        (Standing.DueLater, "due later", "later"),
        (Standing.Met, "deadline met", "good"),
        (Standing.Mandatory, "mandatory", "must"),
        (Standing.DeFacto, "de facto required", "must"),
        (Standing.Open, "open", "open"),
        (Standing.NotYet, "not yet in force", "later"),
        (Standing.Exempt, "exempt", "good"),
        (Standing.Subsidies, "for subsidies", "free"),
        (Standing.Voluntary, "voluntary", "free"),
        (Standing.PerhapsVoluntary, "perhaps voluntary", "none"),
        (Standing.PerhapsDue, "perhaps due", "none"),
        (Standing.NotInForce, "not in force", "none"),
        (Standing.NoConcern, "does not concern it", "none"),
    ];

    /// <param name="comesLater">A day is known from which the norm will be in force.</param>
    public static Standing Of(NormSchema norm, Outcome outcome, bool comesLater) => outcome switch
    {
        Outcome.NotApplicable => Standing.NoConcern,
        Outcome.Exempt => Standing.Exempt,
        Outcome.NotInForce => comesLater ? Standing.NotYet : Standing.NotInForce,
        _ when norm.Kind == NormKind.Deadline => Array.Find(OfDeadlines, row => row.Outcome == outcome) is { Outcome: not Outcome.Nothing } row ? row.Standing
            : (outcome & Outcome.NotApplicable) != 0 ? Standing.PerhapsDue
            : Standing.Open,
        _ when (outcome & ~Due) == 0 => Array.Find(Bearing, row => row.Kind == norm.Kind && row.Impact == norm.Impact).Standing,
        _ => norm.Kind == NormKind.Option && norm.Impact is not NormImpact.DeFactoAdmission ? Standing.PerhapsVoluntary : Standing.Open,
    };

    public static string Words(this Standing standing) => Array.Find(Names, row => row.Standing == standing).Words;

    /// <summary>How it looks on a page.</summary>
    public static string Class(this Standing standing) => Array.Find(Names, row => row.Standing == standing).Class;

    /// <summary>
    /// What a norm would come to if a missing fact were known, as short as it can be said: an open outcome that cannot demand anything
    /// any more is settled enough, and one that demands something unless it is lifted is told so.
    /// </summary>
    public static string AnswerOf(NormSchema norm, Outcome outcome)
    {
        if (outcome.IsSettled() || ((outcome & ~Due) == 0 && norm.Kind != NormKind.Deadline))
        {
            return Of(norm, outcome, comesLater: false).Words();
        }

        if (norm.Kind == NormKind.Deadline)
        {
            return (outcome & Outcome.NotApplicable) != 0 ? "still open" : outcome.Name(norm.Kind);
        }

        return (outcome & Due) == 0 ? "not required"
            : (outcome & ~Due) == Outcome.Exempt ? $"{Of(norm, outcome & Due, comesLater: false).Words()} unless exempt"
            : (outcome & ~Due) == Outcome.NotInForce ? $"{Of(norm, outcome & Due, comesLater: false).Words()} once in force"
            : "still open";
    }

    /// <summary>Whether what is demanded is done; null where the rules cannot see it, or nothing is demanded.</summary>
    public static string? Fulfilment(NormSchema norm, Outcome outcome) => norm.Fulfilled < 0 || norm.Kind == NormKind.Deadline || (outcome & ~Due) != 0 ? null : outcome switch
    {
        Outcome.Fulfilled => "done",
        Outcome.Breached => "not done",
        Outcome.Required when norm.Kind == NormKind.Option => "not done",
        _ => "not known whether done",
    };
}
