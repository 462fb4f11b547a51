using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>A calendar of working days. Days are counted from 0001-01-01.</summary>
/// <param name="FirstDay">The first day that it knows.</param>
/// <param name="LastDay">The last day that it knows.</param>
/// <param name="DaysOff">Days from Monday to Friday that are not worked.</param>
/// <param name="WorkingWeekends">Days at weekends that are.</param>
public sealed record CalendarSchema(string Name, long FirstDay, long LastDay, ImmutableArray<long> DaysOff, ImmutableArray<long> WorkingWeekends);
