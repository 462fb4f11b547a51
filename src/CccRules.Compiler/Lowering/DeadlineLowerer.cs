using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Deadlines. Each becomes four truths on the evaluation date t, and three dates:
/// <code>
/// deadline d for o when A due D              →    applies = A and o is to be fulfilled and D is not none
///   met when S remind P                           met = S, overdue = D &lt; t, soon = D - P &lt;= t
///                                                 due = D, with the earliest and the latest that it can be
/// </code>
/// </summary>
internal sealed class DeadlineLowerer(
    IrBuilder builder, ValueLowerer values, ConditionLowerer conditions, ReasonBuilder reasons, ImmutableDictionary<NormSymbol, int> norms)
{
    private const Outcome ToBeFulfilled = Outcome.Fulfilled | Outcome.Breached | Outcome.Required;

    private readonly Dictionary<int, (int Earliest, int Latest)> _bounds = [];

    public NormSchema Lower(BoundDeadline deadline)
    {
        var symbol = deadline.Norm;
        var module = symbol.Module ?? throw new UnreachableException();
        var today = values.EvaluationDate;
        var due = values.Lower(deadline.Due);
        var isThere = deadline.Due.Type.AllowsNone ? builder.Not(builder.InSet(due, [], includesNone: true)) : builder.True;
        var owner = deadline.For is { } norm ? builder.Add(new IrStatus(norms[norm], ToBeFulfilled)) : builder.True;
        var (earliest, latest) = Bounds(due);
        var applies = builder.And(conditions.Applies(deadline.When, deadline.Unless), owner, isThere, conditions.Window(module, today));
        var schema = new NormSchema
        {
            Index = norms[symbol],
            Name = symbol.Name,
            QualifiedName = symbol.QualifiedName,
            Kind = NormKind.Deadline,
            Title = symbol.Title,
            Actor = symbol.Actor?.Title,
            Authority = symbol.Authority?.Title,
            Otherwise = symbol.Otherwise,
            SubjectTo = symbol.SubjectTo,
            Citations = ReasonBuilder.Citations(symbol.Citations),
            Applies = applies,
            Exempted = builder.False,
            InForce = builder.True,
            Fulfilled = deadline.Met is { } met ? conditions.Lower(met) : -1,
            Date = today,
            IsJudgedByEvaluationDate = true,
            Deadline = new DeadlineSchema(due, earliest, latest, Before(due, today), Soon(deadline, due, today), deadline.For is { } owning ? norms[owning] : -1),
        };
        return schema with { Reasons = reasons.Of(deadline, schema, owner) };
    }

    /// <summary>The date due is over: it lies before today.</summary>
    private int Before(int due, int today) => builder.Add(new IrCompare(IrComparison.Less, due, today, 1, 1));

    private int Soon(BoundDeadline deadline, int due, int today)
    {
        if (deadline.Remind is not { } remind)
        {
            return builder.False;
        }

        var from = builder.Add(new IrAddPeriod(
            due,
            builder.Add(new IrConstant(IrType.Of(IrKind.Months), -remind.Months)),
            builder.Add(new IrConstant(IrType.Of(IrKind.Days), -remind.Days)),
            deadline.Rounding));
        return builder.Add(new IrCompare(IrComparison.LessOrEqual, from, today, 1, 1));
    }

    /// <summary>
    /// The earliest and the latest that a date can be, as far as the facts tell:
    /// <code>
    /// if g then a else b        →    earliest if g then a else b: with an open guard the earlier of both
    /// earliest (a, b)           →    at the latest the earliest of those that are known
    /// d + 3 months              →    bounds of d, moved
    /// </code>
    /// </summary>
    private (int Earliest, int Latest) Bounds(int value)
    {
        if (_bounds.TryGetValue(value, out var known))
        {
            return known;
        }

        return _bounds[value] = builder.ValueAt(value) switch
        {
            _ when values.IsColumn(value) => (value, value),
            IrSelect select when Bounds(select.Then) is var then && Bounds(select.Else) is var otherwise => (
                builder.Add(new IrHull(select.Guard, then.Earliest, otherwise.Earliest, IsLatest: false)),
                builder.Add(new IrHull(select.Guard, then.Latest, otherwise.Latest, IsLatest: true))),
            IrExtreme extreme when extreme.Operands.Items.Select(Operand).ToImmutableArray() is var operands => extreme.IsLargest
                ? (Known(true, operands.Select(operand => operand.Earliest)), Extreme(true, operands.Select(operand => operand.Latest)))
                : (Extreme(false, operands.Select(operand => operand.Earliest)), Known(false, operands.Select(operand => operand.Latest))),
            IrAddPeriod add when IsConstant(add.Months) && IsConstant(add.Days) && Bounds(add.Date) is var dates =>
                (builder.Add(add with { Date = dates.Earliest }), builder.Add(add with { Date = dates.Latest })),
            IrAddWorkingDays add when Bounds(add.Date) is var dates =>
                (builder.Add(add with { Date = dates.Earliest }), builder.Add(add with { Date = dates.Latest })),
            _ => (value, value),
        };
    }

    /// <summary>Beside an operand that can be none the others may count alone: while it is open, it bounds nothing.</summary>
    private (int Earliest, int Latest) Operand(int value) => values.CanBeNone(value) ? (value, value) : Bounds(value);

    private bool IsConstant(int value) => builder.ValueAt(value) is IrConstant;

    private int Extreme(bool isLargest, IEnumerable<int> operands) => builder.Add(new IrExtreme(IrType.Of(IrKind.Date), isLargest, new IrList<int>([.. operands])));

    private int Known(bool isLatest, IEnumerable<int> operands) => builder.Add(new IrKnownExtreme(isLatest, new IrList<int>([.. operands])));
}
