using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Analysis;

/// <summary>A value that is the same for every record, or that hangs on one fact alone.</summary>
internal abstract record Term;

internal sealed record NoneTerm : Term
{
    public static NoneTerm Instance { get; } = new();
}

internal sealed record TextTerm(string Text) : Term;

/// <summary>A number, in the unit of its type; anything else but a text as its number in a record.</summary>
internal sealed record NumberTerm(Rational Value) : Term;

/// <summary>
/// <c>Factor * Step(x) + Offset</c>, where x is the fact as a number in a record; none where the fact is none.
/// </summary>
/// <param name="Step">Takes a day to a number and keeps order; null: the fact itself.</param>
/// <param name="Steps">How many functions are in one another in <paramref name="Step"/>.</param>
internal sealed record FactTerm(AnalyzedFact Fact, Rational Factor, Rational Offset, Func<long, long>? Step = null, int Steps = 0) : Term
{
    public bool IsPlain => Step is null && Offset == Rational.Zero;
}
