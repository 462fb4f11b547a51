using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Analysis;

/// <summary>Values as terms of one fact, where they are that; exact, or not at all. Follows named values.</summary>
internal sealed class Terms(AnalyzedFacts facts)
{
    /// <summary>Functions in one another: a chain of definitions must not become a chain of calls.</summary>
    private const int MostSteps = 32;

    private readonly Dictionary<DefineSymbol, Term?> _named = [];

    public void Define(DefineSymbol symbol, Term? term) => _named[symbol] = term;

    public Term? Of(BoundExpression value) => value switch
    {
        BoundConstant constant => Constant(constant),
        BoundField field => Fact(facts.Of(field.Field), field.Type),
        BoundQuestion question => Fact(facts.Of(question.Question), question.Type),
        BoundDefineReference reference => _named.GetValueOrDefault(reference.Define),
        BoundSum sum => Sum(sum.Terms.Select(term => (Of(term.Operand), term.Factor))),
        BoundMovedDate moved => Moved(moved),
        BoundYearOf year => Stepped(Of(year.Date), CivilDate.YearOf),
        BoundSpan { IsMonths: false } span => Sum([(Of(span.To), Rational.One), (Of(span.From), -Rational.One)]),
        BoundSpan span => MonthsBetween(span),
        _ => null,
    };

    private static Term? Constant(BoundConstant constant) => constant switch
    {
        { Value: NoneConstant } => NoneTerm.Instance,
        { Value: TextConstant text } => new TextTerm(text.Value),
        { Value: NumberConstant number } => new NumberTerm(number.Value),
        { Value: DurationConstant, Type.Basis: DurationBasis.Mixed } => null,
        _ => new NumberTerm(new Rational(FactEncoding.Encode(constant.Value, constant.Type))),
    };

    private static FactTerm Fact(AnalyzedFact fact, TypeSymbol type) =>
        new(fact, type is { Kind: TypeKind.Number, IsInteger: false } ? new Rational(1, Runtime.Facts.Fact.DecimalScale) : Rational.One, Rational.Zero);

    private static Term? Sum(IEnumerable<(Term? Operand, Rational Factor)> terms)
    {
        FactTerm? fact = null;
        var offset = Rational.Zero;
        var isNone = false;
        foreach (var (operand, factor) in terms)
        {
            switch (operand)
            {
                case NoneTerm:
                    isNone = true;
                    break;
                case NumberTerm number:
                    offset += number.Value * factor;
                    break;
                case FactTerm term when fact is null:
                    fact = term with { Factor = term.Factor * factor, Offset = term.Offset * factor };
                    break;
                case FactTerm term when term.Fact == fact.Fact && term.Step == fact.Step:
                    fact = fact with { Factor = fact.Factor + (term.Factor * factor), Offset = fact.Offset + (term.Offset * factor) };
                    break;
                default:
                    return null;
            }
        }

        return isNone ? NoneTerm.Instance
            : fact is null ? new NumberTerm(offset)
            : fact with { Offset = fact.Offset + offset };
    }

    private Term? Moved(BoundMovedDate moved)
    {
        BigInteger months = 0, days = 0;
        var isNone = false;
        foreach (var move in moved.Moves)
        {
            if (move.Duration is not BoundConstant { Value: DurationConstant or NoneConstant } constant)
            {
                return null;
            }

            var duration = constant.Value as DurationConstant;
            isNone |= duration is null;
            months += (move.IsBackwards ? -1 : 1) * (duration?.Months ?? 0);
            days += (move.IsBackwards ? -1 : 1) * (duration?.Days ?? 0);
        }

        var date = Of(moved.Date);
        return isNone ? date is null ? null : NoneTerm.Instance
            : months.IsZero ? Sum([(date, Rational.One), (new NumberTerm(new Rational(days)), Rational.One)])
            : Stepped(date, day => CivilDate.AddPeriod(day, (long)months, (long)days, moved.Rounding));
    }

    private Term? MonthsBetween(BoundSpan span) => (Of(span.From), Of(span.To)) switch
    {
        (NoneTerm, not null) or (not null, NoneTerm) => NoneTerm.Instance,
        (NumberTerm from, var to) => Stepped(to, day => CivilDate.MonthsBetween((long)from.Value.Floor(), day, span.Rounding)),
        (var from, NumberTerm to) => Sum([(Stepped(from, day => -CivilDate.MonthsBetween(day, (long)to.Value.Floor(), span.Rounding)), -Rational.One)]),
        _ => null,
    };

    /// <summary>A function of days that keeps order, applied to a date.</summary>
    private static Term? Stepped(Term? date, Func<long, long> step)
    {
        switch (date)
        {
            case NoneTerm none:
                return none;
            case NumberTerm day:
                return new NumberTerm(new Rational(step((long)day.Value.Floor())));
            case FactTerm { Steps: < MostSteps, Offset.IsWhole: true } term when term.Factor == Rational.One:
                var (inner, offset) = (term.Step, (long)term.Offset.Numerator);
                return new FactTerm(term.Fact, Rational.One, Rational.Zero, day => step((inner is null ? day : inner(day)) + offset), term.Steps + 1);
            default:
                return null;
        }
    }
}
