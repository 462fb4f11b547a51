namespace CccRules.Runtime;

/// <summary>When a deadline is due: days since 0001-01-01, or as <see cref="Facts.Fact"/> says missing, or none where nothing is due.</summary>
/// <param name="Due">The date due; missing while it is open.</param>
/// <param name="Earliest">The earliest that it can be; missing where nothing bounds it.</param>
/// <param name="Latest">The latest that it can be; missing where nothing bounds it.</param>
public readonly record struct DueDates(long Due, long Earliest, long Latest);
