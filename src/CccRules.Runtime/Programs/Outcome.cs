using System.Numerics;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Programs;

/// <summary>The possible statuses of a norm, one bit each. An outcome is a set of them: one byte.</summary>
[Flags]
public enum Outcome : byte
{
    /// <summary>No status: the norm was not evaluated.</summary>
    Nothing = 0,

    /// <summary>The obligation does not concern the record (an option: <c>not_available</c>).</summary>
    NotApplicable = 1,

    /// <summary>An exemption lifts it.</summary>
    Exempt = 2,

    /// <summary>It is not in force on its date.</summary>
    NotInForce = 4,

    /// <summary>What it demands is done (an option: <c>taken</c>; a deadline: <c>met</c>).</summary>
    Fulfilled = 8,

    /// <summary>What it demands is not done (a deadline: <c>overdue</c>).</summary>
    Breached = 16,

    /// <summary>
    /// It must be done, and the rules do not say how to see whether it is (an option: <c>available</c>; a deadline: <c>upcoming</c>, not
    /// done and not due soon).
    /// </summary>
    Required = 32,

    /// <summary>Of a deadline: not done, and the time of reminding has begun.</summary>
    Soon = 64,
}

/// <summary>Names and sizes of outcome sets.</summary>
public static class Outcomes
{
    private static readonly string[] Obligation =
        ["not_applicable", "exempt", "not_in_force", "fulfilled", "breached", "required", "soon"];

    private static readonly string[] Option =
        ["not_available", "exempt", "not_in_force", "taken", "breached", "available", "soon"];

    private static readonly string[] Deadline =
        ["not_applicable", "exempt", "not_in_force", "met", "overdue", "upcoming", "soon"];

    private static readonly string[] ObligationSets = SetNames(Obligation);
    private static readonly string[] OptionSets = SetNames(Option);
    private static readonly string[] DeadlineSets = SetNames(Deadline);

    /// <summary>The set has one member: the answer is settled.</summary>
    public static bool IsSettled(this Outcome outcome) => BitOperations.IsPow2((int)outcome);

    /// <summary>Of a deadline: some status is possible in which a date is due. Where none is, its date says nothing about the record.</summary>
    public static bool CanBeDue(this Outcome outcome) =>
        (outcome & (Outcome.Fulfilled | Outcome.Breached | Outcome.Required | Outcome.Soon)) != 0;

    /// <summary>The set in words, such as <c>not_in_force or breached</c>.</summary>
    public static string Name(this Outcome outcome, NormKind kind) =>
        (kind switch { NormKind.Option => OptionSets, NormKind.Deadline => DeadlineSets, _ => ObligationSets })[(int)outcome & 127];

    /// <summary>The names of the single statuses, by bit.</summary>
    public static IReadOnlyList<string> StatusNames(NormKind kind) => kind switch { NormKind.Option => Option, NormKind.Deadline => Deadline, _ => Obligation };

    private static string[] SetNames(string[] names) =>
        [.. Enumerable.Range(0, 128).Select(set => string.Join(" or ", names.Where((_, bit) => (set >> bit & 1) != 0)))];
}
