using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>
/// An expression whose names are symbols and whose parts have types. Units are already converted: the two sides of a
/// comparison or sum are in one unit. <paramref name="Syntax"/> is where it stands.
/// </summary>
internal abstract record BoundExpression(SyntaxElement Syntax, TypeSymbol Type);

/// <summary>Something that does not bind; an error was reported.</summary>
internal sealed record BoundError(SyntaxElement Syntax) : BoundExpression(Syntax, TypeSymbol.Error);

internal sealed record BoundConstant(SyntaxElement Syntax, TypeSymbol Type, ConstantValue Value) : BoundExpression(Syntax, Type);

internal sealed record BoundField(SyntaxElement Syntax, FieldSymbol Field) : BoundExpression(Syntax, Field.Type);

/// <summary>A legal question: unknown until whoever runs the rules settles it.</summary>
internal sealed record BoundQuestion(SyntaxElement Syntax, QuestionSymbol Question) : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary>A parameter's value of a day; of the evaluation date where <paramref name="At"/> is null. None before its first day.</summary>
internal sealed record BoundParameter(SyntaxElement Syntax, TypeSymbol Type, ParameterSymbol Parameter, ImmutableArray<ParameterEntry> Entries, BoundExpression? At)
    : BoundExpression(Syntax, Type);

/// <summary>A definition by its name; its value is that of the <see cref="BoundDefine"/> of the symbol.</summary>
internal sealed record BoundDefineReference(SyntaxElement Syntax, TypeSymbol Type, DefineSymbol Define) : BoundExpression(Syntax, Type);

/// <summary>A value that a table gives.</summary>
internal sealed record BoundColumn(SyntaxElement Syntax, ColumnSymbol Column)
    : BoundExpression(Syntax, Column.Type with { AllowsNone = Column.Table.Policy != HitPolicy.Collect });

internal sealed record BoundCategoryReference(SyntaxElement Syntax, CategorySymbol Category) : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary>A norm's outcome lies among some statuses.</summary>
internal sealed record BoundStatusTest(SyntaxElement Syntax, NormSymbol Norm, Outcome Statuses) : BoundExpression(Syntax, TypeSymbol.YesNo);

internal sealed record BoundAnd(SyntaxElement Syntax, ImmutableArray<BoundExpression> Operands) : BoundExpression(Syntax, TypeSymbol.YesNo);

internal sealed record BoundOr(SyntaxElement Syntax, ImmutableArray<BoundExpression> Operands) : BoundExpression(Syntax, TypeSymbol.YesNo);

internal sealed record BoundNot(SyntaxElement Syntax, BoundExpression Operand) : BoundExpression(Syntax, TypeSymbol.YesNo);

internal sealed record BoundAtLeast(SyntaxElement Syntax, int Count, ImmutableArray<BoundExpression> Operands) : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary>How two values are compared.</summary>
internal enum ComparisonKind : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Two values of one type and unit compared. None equals none; an ordering with it is false.</summary>
internal sealed record BoundComparison(SyntaxElement Syntax, ComparisonKind Kind, BoundExpression Left, BoundExpression Right)
    : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary><c>between A and B</c>: not below A and not above B.</summary>
internal sealed record BoundBetween(SyntaxElement Syntax, BoundExpression Operand, BoundExpression Low, BoundExpression High)
    : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary><c>in (…)</c>: equal to one of them.</summary>
internal sealed record BoundIn(SyntaxElement Syntax, BoundExpression Operand, ImmutableArray<BoundExpression> Items)
    : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary>HS codes from one to another, with all codes that begin with the last. Digits without dots.</summary>
internal sealed record HsRange(string First, string Last);

/// <summary><c>under (…) except (…)</c></summary>
internal sealed record BoundUnder(SyntaxElement Syntax, BoundExpression Operand, ImmutableArray<HsRange> Included, ImmutableArray<HsRange> Excluded)
    : BoundExpression(Syntax, TypeSymbol.YesNo);

internal sealed record BoundMatches(SyntaxElement Syntax, BoundExpression Operand, string Pattern) : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary>A set has any, or all, of some members. None has nothing.</summary>
internal sealed record BoundHas(SyntaxElement Syntax, BoundExpression Operand, long Mask, bool IsAll) : BoundExpression(Syntax, TypeSymbol.YesNo);

/// <summary>A sum of multiples, in the unit of its type.</summary>
internal sealed record BoundSum(SyntaxElement Syntax, TypeSymbol Type, ImmutableArray<BoundTerm> Terms) : BoundExpression(Syntax, Type);

/// <summary>A multiple of a number; the factor may convert a unit.</summary>
internal sealed record BoundTerm(BoundExpression Operand, Rational Factor);

/// <summary>A date moved by durations: their months added up first and rounded once, then their days.</summary>
internal sealed record BoundMovedDate(SyntaxElement Syntax, BoundExpression Date, ImmutableArray<BoundMove> Moves, MonthRounding Rounding)
    : BoundExpression(Syntax, TypeSymbol.Date with { AllowsNone = Date.Type.AllowsNone || Moves.Any(move => move.Duration.Type.AllowsNone) });

/// <summary>Whether any or all entries of a list meet a condition, or how many do. Missing where the list is, or an entry on which it hangs.</summary>
/// <param name="Condition">On one entry; null: every entry meets it.</param>
internal sealed record BoundListCall(SyntaxElement Syntax, ListWord Word, ListFactSymbol Fact, BoundExpression? Condition)
    : BoundExpression(Syntax, Word == ListWord.Count ? TypeSymbol.Integer : TypeSymbol.YesNo);

/// <summary>Working days of a calendar.</summary>
internal sealed record BoundWorkingDays(SyntaxElement Syntax, CalendarSymbol Calendar, int Count)
    : BoundExpression(Syntax, new TypeSymbol(TypeKind.Duration) { Basis = DurationBasis.Working });

/// <summary>A date moved by working days (backwards where the count is negative). Missing where the calendar does not know.</summary>
internal sealed record BoundWorkingDate(SyntaxElement Syntax, BoundExpression Date, CalendarSymbol Calendar, int Count)
    : BoundExpression(Syntax, TypeSymbol.Date with { AllowsNone = Date.Type.AllowsNone });

/// <summary>
/// The date next due of what is due again and again. With <paramref name="LastDone"/>: a period after it, or after the start where that is later;
/// without: the first date of the series that is not before the evaluation date. None after <paramref name="Until"/>, and where nothing has begun.
/// </summary>
internal sealed record BoundRecurringDate(
    SyntaxElement Syntax, BoundExpression Start, DurationConstant Period, BoundExpression? LastDone, BoundExpression? Until, MonthRounding Rounding)
    : BoundExpression(Syntax, TypeSymbol.Date with { AllowsNone = Until is not null || (Start.Type.AllowsNone && LastDone is not { Type.AllowsNone: false }) });

/// <summary>A duration, forwards or backwards. Its value counts the basis of its type; a constant may have both.</summary>
internal sealed record BoundMove(BoundExpression Duration, bool IsBackwards);

/// <summary>The smallest or largest operand; none is skipped, missing makes it missing.</summary>
internal sealed record BoundExtreme(SyntaxElement Syntax, TypeSymbol Type, bool IsLargest, ImmutableArray<BoundExpression> Operands)
    : BoundExpression(Syntax, Type);

internal sealed record BoundYearOf(SyntaxElement Syntax, BoundExpression Date)
    : BoundExpression(Syntax, TypeSymbol.Integer with { AllowsNone = Date.Type.AllowsNone });

/// <summary>Whole months, or days, from one date to another.</summary>
internal sealed record BoundSpan(SyntaxElement Syntax, bool IsMonths, BoundExpression From, BoundExpression To, MonthRounding Rounding)
    : BoundExpression(Syntax, TypeSymbol.Integer with { AllowsNone = From.Type.AllowsNone || To.Type.AllowsNone });
