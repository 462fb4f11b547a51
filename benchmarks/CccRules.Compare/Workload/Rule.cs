namespace CccRules.Compare.Workload;

/// <summary>
/// A rule before it is written in anybody's language. Each contestant gets the same rules, written as its own users would
/// write them: <see cref="RuleText"/>, <see cref="PlainCSharp"/>.
/// </summary>
/// <param name="Name">Also its place among the outcomes, because names sort as they count.</param>
/// <param name="Prefixes">HS codes under one of which the record's must lie.</param>
/// <param name="When">All of these must hold.</param>
/// <param name="Either">One of these must hold; empty for no such condition.</param>
/// <param name="AsOf">The date by which the rule is judged.</param>
/// <param name="From">First day in force; null without a window.</param>
/// <param name="Until">Last day in force; null: for good.</param>
/// <param name="Fulfilled">What fulfils it; null where the rule does not say.</param>
/// <param name="Exempt">All of these exempt; empty for no exemption.</param>
internal sealed record Rule(
    string Name,
    IReadOnlyList<string> Prefixes,
    IReadOnlyList<Condition> When,
    IReadOnlyList<Condition> Either,
    Field AsOf,
    DateOnly? From,
    DateOnly? Until,
    Condition? Fulfilled,
    IReadOnlyList<Condition> Exempt);

/// <summary>A condition on a record.</summary>
internal abstract record Condition(Field Field);

/// <summary>On the day or later; or (<paramref name="IsBefore"/>) before it.</summary>
internal sealed record DateCondition(Field Field, DateOnly Day, bool IsBefore) : Condition(Field);

/// <summary>Above the limit; or (<paramref name="IsAtMost"/>) not above it.</summary>
internal sealed record NumberCondition(Field Field, decimal Limit, bool IsAtMost) : Condition(Field);

/// <summary>One of some members or countries.</summary>
internal sealed record MemberCondition(Field Field, IReadOnlyList<string> Members) : Condition(Field);

/// <summary>Yes; or (<paramref name="IsNot"/>) no.</summary>
internal sealed record FlagCondition(Field Field, bool IsNot) : Condition(Field);

/// <summary>Later than another date of the record.</summary>
internal sealed record LaterCondition(Field Field, Field Than) : Condition(Field);

/// <summary>Above <see cref="RuleSet.SmallPower"/>, a parameter whose value changed with time.</summary>
internal sealed record AboveParameterCondition(Field Field) : Condition(Field);
