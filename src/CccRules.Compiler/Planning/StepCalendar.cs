using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Planning;

/// <summary>Steps on the calendar. A step that takes 5 days from the 1st is over on the 6th, and the next begins on that day.</summary>
internal static class StepCalendar
{
    /// <summary>The day on which a step is over that begins on a day.</summary>
    public static long End(long begin, StepLength length, MonthRounding rounding) =>
        CivilDate.AddPeriod(begin, length.Months, length.Days, rounding);

    /// <summary>
    /// The last day on which a step may begin to be over on a day. That is not the length taken off the day: a month before
    /// 28 February is 28 January, and a month from 31 January, rounded down, is over on 28 February as well.
    /// </summary>
    public static long LatestBegin(long end, StepLength length, MonthRounding rounding)
    {
        var begin = CivilDate.AddPeriod(end, -length.Months, -length.Days, MonthRounding.Down);
        while (End(begin, length, rounding) > end)
        {
            begin--;
        }

        // INVARIANT: a later day never ends earlier, and months shift a day by less than a month's days.
        while (length.Months != 0 && End(begin + 1, length, rounding) <= end)
        {
            begin++;
        }

        return begin;
    }
}
