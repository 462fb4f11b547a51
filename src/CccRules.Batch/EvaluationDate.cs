using System.Globalization;
using System.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Batch;

/// <summary>The date by which the records are judged: one for the run, or a date field of each record.</summary>
public sealed record EvaluationDate
{
    private EvaluationDate()
    {
    }

    /// <summary>The day for every record; null where a field says it.</summary>
    public DateOnly? Day { get; private init; }

    /// <summary>Name of the field; null where one day holds for the run. Records without it have open answers.</summary>
    public string? FieldName { get; private init; }

    /// <summary>Every record is judged by one day.</summary>
    public static EvaluationDate On(DateOnly day) => new() { Day = day };

    /// <summary>Each record is judged by a date field of its own.</summary>
    public static EvaluationDate Of(string fieldName) => new() { FieldName = fieldName };

    /// <summary>As it is given: the day, or the name of the field.</summary>
    public override string ToString() => Day is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : FieldName ?? "";

    /// <summary>Takes <c>yyyy-mm-dd</c> for a day and anything else for the name of a field.</summary>
    public static EvaluationDate Parse(string text)
    {
        var reader = new FactReader(new FactSchema { Index = 0, Name = "", Kind = FactKind.Date, IsRequired = true });
        return reader.Read(Encoding.UTF8.GetBytes(text), new TextDictionary(), out var day) == FactFault.None
            ? On(DateOnly.FromDayNumber((int)day))
            : Of(text);
    }
}
