using System.Collections.Immutable;
using System.Numerics;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Ir;

/// <summary>
/// A value of one record: a number, or missing, or none. Operands are positions in <see cref="IrModule.Values"/>.
/// Records compare by their contents, which is how equal values are found.
/// </summary>
internal abstract record IrValue(IrType Type);

/// <summary>A fact as it stands in the record. <paramref name="Fact"/> is a position in <see cref="IrModule.Facts"/>.</summary>
internal sealed record IrFact(IrType Type, int Fact) : IrValue(Type);

/// <summary>A known value (for a number: the numerator over the type's denominator), or none.</summary>
internal sealed record IrConstant(IrType Type, BigInteger Value, bool IsNone = false) : IrValue(Type);

/// <summary>A text constant.</summary>
internal sealed record IrTextConstant(string Text) : IrValue(IrType.Of(IrKind.Text));

/// <summary>
/// The smallest or largest operand. None is skipped (all none: none); missing where any operand is missing.
/// Number operands have the type's denominator.
/// </summary>
internal sealed record IrExtreme(IrType Type, bool IsLargest, IrList<int> Operands) : IrValue(Type);

/// <summary>A date moved by months (once, rounded) and then by days. None where an operand is none.</summary>
internal sealed record IrAddPeriod(int Date, int Months, int Days, MonthRounding Rounding) : IrValue(IrType.Of(IrKind.Date));

/// <summary>
/// A date moved by working days (backwards where the count is negative) of a calendar, a position in <see cref="IrModule.Calendars"/>. None where the
/// date is none. Beyond what the calendar knows it is missing for want of <paramref name="Beyond"/>, a fact that nobody can give.
/// </summary>
internal sealed record IrAddWorkingDays(int Date, int Count, int Calendar, int Beyond) : IrValue(IrType.Of(IrKind.Date));

/// <summary>
/// The first date of a series (the start moved once, twice, … by a period) that is not before a day. One of months and days is zero, neither
/// is negative. Missing and none as with any value that is computed from values.
/// </summary>
internal sealed record IrNextOccurrence(int Start, int Day, int Months, int Days, MonthRounding Rounding) : IrValue(IrType.Of(IrKind.Date));

/// <summary>
/// A bound of a guarded date: the branch that the guard chooses, with an open guard the earlier (or later) of both. None is skipped; missing where a
/// branch that can hold is. <paramref name="Guard"/> is a position in <see cref="IrModule.Logic"/>.
/// </summary>
internal sealed record IrHull(int Guard, int Then, int Else, bool IsLatest) : IrValue(IrType.Of(IrKind.Date));

/// <summary>
/// A bound of the earliest (or latest) of some dates: of those that are known. None is skipped; missing where none is known.
/// </summary>
internal sealed record IrKnownExtreme(bool IsLatest, IrList<int> Operands) : IrValue(IrType.Of(IrKind.Date));

/// <summary>
/// A sum of multiples plus a constant: (sum of Factor * numerator of operand + Constant) over the type's denominator.
/// Always wide; the lowering has shown that no step leaves 127 bits. None where an operand is none, missing where
/// one is missing (missing wins).
/// </summary>
internal sealed record IrLinear(IrType Type, IrList<IrTerm> Terms, BigInteger Constant) : IrValue(Type);

/// <summary>One multiple of a sum.</summary>
internal readonly record struct IrTerm(int Operand, BigInteger Factor);

/// <summary>
/// A guarded value: <paramref name="Then"/> where the guard holds, else <paramref name="Else"/>. An open guard gives
/// missing, unless both are the same known value (an HS code: with all its digits) or both none. <paramref name="Guard"/> is a position in <see cref="IrModule.Logic"/>.
/// </summary>
internal sealed record IrSelect(IrType Type, int Guard, int Then, int Else) : IrValue(Type);

/// <summary>
/// A dated parameter on a day: <paramref name="Table"/> is a position in <see cref="IrModule.StepTables"/>. A day that is none gives none.
/// </summary>
internal sealed record IrStep(IrType Type, int Table, int Day) : IrValue(Type);

/// <summary>
/// What a table (a position in <see cref="IrModule.Tables"/>) gives for some inputs: the output of the first row that holds, none where
/// none does. Missing where an open row before it would give another value. Inputs are narrow.
/// </summary>
internal sealed record IrLookup(IrType Type, int Table, int Output, IrList<int> Inputs) : IrValue(Type);

/// <summary>The calendar year of a date.</summary>
internal sealed record IrYearOf(int Date) : IrValue(IrType.Number(BigInteger.One));

/// <summary>Days from one date to another; negative where the second is earlier.</summary>
internal sealed record IrDaysBetween(int From, int To) : IrValue(IrType.Number(BigInteger.One));

/// <summary>Whole calendar months from one date to another; negative where the second is earlier.</summary>
internal sealed record IrMonthsBetween(int From, int To, MonthRounding Rounding) : IrValue(IrType.Number(BigInteger.One));

/// <summary>An immutable list that compares by its elements, so that records holding one do too.</summary>
internal readonly struct IrList<T>(ImmutableArray<T> items) : IEquatable<IrList<T>>
    where T : IEquatable<T>
{
    public ImmutableArray<T> Items { get; } = items;

    public bool Equals(IrList<T> other) => Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override bool Equals(object? obj) => obj is IrList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public static bool operator ==(IrList<T> left, IrList<T> right) => left.Equals(right);

    public static bool operator !=(IrList<T> left, IrList<T> right) => !left.Equals(right);
}
