using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Time;

/// <summary>
/// Which days are worked. Monday to Friday but for the days off, and the days at weekends that make up for them. It knows the days from one to
/// another; what lies beyond is not guessed.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>The first day that it knows.</summary>
    public long FirstDay { get; }

    /// <summary>By day from the first: working days up to and with it.</summary>
    private readonly int[] _counts;

    /// <summary>The working days.</summary>
    private readonly long[] _days;

    public WorkingCalendar(CalendarSchema schema)
    {
        FirstDay = schema.FirstDay;
        var off = schema.DaysOff.ToHashSet();
        var worked = schema.WorkingWeekends.ToHashSet();
        var days = new List<long>();
        _counts = new int[schema.LastDay - schema.FirstDay + 1];
        for (var day = schema.FirstDay; day <= schema.LastDay; day++)
        {
            if (worked.Contains(day) || (!IsWeekend(day) && !off.Contains(day)))
            {
                days.Add(day);
            }

            _counts[day - schema.FirstDay] = days.Count;
        }

        _days = [.. days];
    }

    /// <summary>Saturday or Sunday. Day 0, 0001-01-01, is a Monday.</summary>
    public static bool IsWeekend(long day) => ((day % 7) + 7) % 7 >= 5;

    /// <summary>
    /// The working day that is so many after a day, or before it where the number is negative; the day itself does not count, and zero gives it
    /// back. Null where that lies beyond what is known.
    /// </summary>
    public long? Add(long day, int workingDays)
    {
        if (workingDays == 0)
        {
            return day;
        }

        if (day < FirstDay || day - FirstDay >= _counts.Length)
        {
            return null;
        }

        // Working days up to and with the day; without it when counting backwards.
        var upTo = _counts[day - FirstDay];
        var isWorked = upTo > 0 && _days[upTo - 1] == day;
        var position = workingDays > 0 ? upTo + workingDays - 1L : upTo + workingDays - (isWorked ? 1L : 0L);
        return position >= 0 && position < _days.Length ? _days[position] : null;
    }
}
