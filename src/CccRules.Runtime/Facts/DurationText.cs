using CccRules.Runtime.Time;

namespace CccRules.Runtime.Facts;

/// <summary>Durations as <c>3 months</c>, <c>2 years</c>, <c>10 days</c>, <c>2 weeks</c>, or a bare number in a field's unit.</summary>
internal static class DurationText
{
    private const long MostDays = CivilDate.MaxDay;
    private const long MostMonths = 9999 * 12;

    /// <summary>Reads a duration as a count of days or of months.</summary>
    /// <param name="kind"><see cref="FactKind.Days"/> or <see cref="FactKind.Months"/>.</param>
    /// <param name="bareFactor">Days or months of one unit of a bare number.</param>
    public static FactFault Read(ReadOnlySpan<byte> text, FactKind kind, int bareFactor, out long count)
    {
        var space = text.IndexOf((byte)' ');
        var number = space < 0 ? text : text[..space];
        if (NumberText.ReadInteger(number, out count) is var fault && fault != FactFault.None)
        {
            return fault == FactFault.IntegerTooLarge ? FactFault.DurationTooLarge : FactFault.NotDuration;
        }

        var factor = space < 0 ? bareFactor : FactorOf(text[(space + 1)..], kind, out fault);
        if (fault != FactFault.None)
        {
            return fault;
        }

        if (!IsInRange(count, factor, kind))
        {
            return FactFault.DurationTooLarge;
        }

        count *= factor;
        return FactFault.None;
    }

    /// <summary>A count of units, each so many days or months, lies within 9999 years.</summary>
    public static bool IsInRange(long count, int factor, FactKind kind)
    {
        var most = kind == FactKind.Days ? MostDays : MostMonths;
        return count <= most / factor && count >= -most / factor;
    }

    /// <summary>Days or months of one unit; a bare number of a field without a unit counts days or months.</summary>
    public static int FactorOf(string? unit) => unit switch
    {
        "weeks" => 7,
        "years" => 12,
        _ => 1,
    };

    private static int FactorOf(ReadOnlySpan<byte> unit, FactKind kind, out FactFault fault)
    {
        var (factor, unitKind) = unit switch
        {
            _ when unit.SequenceEqual("days"u8) || unit.SequenceEqual("day"u8) => (1, FactKind.Days),
            _ when unit.SequenceEqual("weeks"u8) || unit.SequenceEqual("week"u8) => (7, FactKind.Days),
            _ when unit.SequenceEqual("months"u8) || unit.SequenceEqual("month"u8) => (1, FactKind.Months),
            _ when unit.SequenceEqual("years"u8) || unit.SequenceEqual("year"u8) => (12, FactKind.Months),
            _ => (0, FactKind.Text),
        };
        fault = factor == 0 ? FactFault.NotDuration
            : unitKind != kind ? FactFault.WrongDurationUnit
            : FactFault.None;
        return factor;
    }
}
