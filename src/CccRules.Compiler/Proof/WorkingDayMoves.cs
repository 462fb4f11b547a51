using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Dates moved by a number of working days. A later date never leads to an earlier one, so that what is asked of the moved date is asked of
/// the date; and the dates for which a calendar knows the answer lie without a gap.
/// </summary>
internal sealed class WorkingDayMoves
{
    private readonly List<long> _moved = [];

    public WorkingDayMoves(CalendarSchema schema, int count)
    {
        var calendar = new WorkingCalendar(schema);
        for (var day = schema.FirstDay; day <= schema.LastDay; day++)
        {
            if (calendar.Add(day, count) is not { } moved)
            {
                continue;
            }

            if (_moved.Count == 0)
            {
                First = day;
            }

            _moved.Add(moved);
        }
    }

    /// <summary>The first date that can be moved; of no meaning where none can.</summary>
    public long First { get; }

    /// <summary>The day after the last date that can be moved.</summary>
    public long End => First + _moved.Count;

    /// <summary>The first date that leads to a day or beyond; <see cref="End"/> where none does.</summary>
    public long FirstReaching(System.Numerics.BigInteger day)
    {
        var at = _moved.FindIndex(moved => moved >= day);
        return at < 0 ? End : First + at;
    }
}
