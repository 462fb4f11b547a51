using System.Buffers;
using System.Globalization;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Batch.Output;

/// <summary>
/// When a deadline is due: a date; while that is open the earliest and the latest day that it can be as an interval of ISO 8601,
/// <c>2027-01-01/2027-03-01</c>, with <c>..</c> where nothing bounds it. Empty where nothing is due, or nothing is known of the date. So
/// dates of both kinds sort by the earliest day.
/// </summary>
/// <param name="name">Name of the column.</param>
/// <param name="deadline">The deadline; -1 for the norm that the line is about.</param>
internal sealed class DueColumn(string name, int deadline) : OutputColumn(name)
{
    public override ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm, ArrayBufferWriter<byte> scratch)
    {
        var due = batch.DueOf(deadline < 0 ? norm : deadline, row);
        scratch.ResetWrittenCount();
        if (Fact.IsKnown(due.Due) || due.Earliest == due.Latest)
        {
            WriteDay(Fact.IsKnown(due.Due) ? due.Due : due.Earliest, scratch);
        }
        else if (Fact.IsKnown(due.Earliest) || Fact.IsKnown(due.Latest))
        {
            WriteEnd(due.Earliest, scratch);
            scratch.Write("/"u8);
            WriteEnd(due.Latest, scratch);
        }

        return scratch.WrittenSpan;
    }

    private static void WriteEnd(long day, ArrayBufferWriter<byte> to)
    {
        if (Fact.IsKnown(day))
        {
            WriteDay(day, to);
        }
        else
        {
            to.Write(".."u8);
        }
    }

    private static void WriteDay(long day, ArrayBufferWriter<byte> to)
    {
        if (!Fact.IsKnown(day))
        {
            return;
        }

        if (day is >= 0 and <= int.MaxValue && day <= DateOnly.MaxValue.DayNumber)
        {
            DateOnly.FromDayNumber((int)day).TryFormat(to.GetSpan(10), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            to.Advance(written);
            return;
        }

        foreach (var character in CivilDate.Format(day))
        {
            to.Write([(byte)character]);
        }
    }
}
