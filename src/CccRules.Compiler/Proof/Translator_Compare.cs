using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Proof;

/// <summary>Two values compared: taken apart until a fact meets a constant, or two facts meet, which becomes a variable with a meaning.</summary>
internal sealed partial class Translator
{
    /// <summary>Ways in which a sum can be made up; beyond so many it is not looked into.</summary>
    private const int MostCases = 64;

    private readonly Dictionary<int, ImmutableArray<Case>> _cases = [];
    private readonly Dictionary<int, string> _keys = [];

    private int Compare(IrCompare compare)
    {
        var kind = _module.Values[compare.Left].Type.Kind;
        var holds = compare.Comparison switch
        {
            IrComparison.Less => Order(new Scaled(compare.Left, compare.LeftFactor), new Scaled(compare.Right, compare.RightFactor), isStrict: true, kind),
            IrComparison.LessOrEqual => Order(new Scaled(compare.Left, compare.LeftFactor), new Scaled(compare.Right, compare.RightFactor), isStrict: false, kind),
            _ => _diagrams.Or(
                _diagrams.And(IsNone(compare.Left), IsNone(compare.Right)),
                IsOrdered(kind)
                    ? _diagrams.And(
                        Order(new Scaled(compare.Left, compare.LeftFactor), new Scaled(compare.Right, compare.RightFactor), isStrict: false, kind),
                        Order(new Scaled(compare.Right, compare.RightFactor), new Scaled(compare.Left, compare.LeftFactor), isStrict: false, kind))
                    : Same(compare.Left, compare.Right, kind)),
        };
        return compare.Comparison == IrComparison.NotEqual ? _diagrams.Not(holds) : holds;
    }

    private static bool IsOrdered(IrKind kind) => kind is IrKind.Number or IrKind.Date or IrKind.Days or IrKind.Months;

    /// <summary>Both are there, and the left is below the right (or the same).</summary>
    private int Order(Scaled left, Scaled right, bool isStrict, IrKind kind)
    {
        if (!IsOrdered(kind))
        {
            return kind == IrKind.Text
                ? _diagrams.And(
                    _diagrams.And(_diagrams.Not(IsNone(left.Value)), _diagrams.Not(IsNone(right.Value))),
                    _variables?.Opaque($"texts {Key(left.Value)} {Key(right.Value)} {isStrict}", "texts are put in order") ?? Diagrams.False)
                : _variables?.Opaque($"order {Key(left.Value)} {Key(right.Value)} {isStrict}", "values of this kind are put in order") ?? Diagrams.False;
        }

        switch (_module.Values[left.Value], _module.Values[right.Value])
        {
            case (IrConstant { IsNone: true }, _) or (_, IrConstant { IsNone: true }):
                return Diagrams.False;
            case (IrSelect select, _):
                return Pick(select, branch => Order(left with { Value = branch }, right, isStrict, kind));
            case (_, IrSelect select):
                return Pick(select, branch => Order(left, right with { Value = branch }, isStrict, kind));
            case (IrConstant low, _):
                var least = low.Value * left.Factor;
                return AtLeast(right.Value, isStrict ? Floor(least, right.Factor) + 1 : Ceiling(least, right.Factor));
            case (_, IrConstant high):
                var most = high.Value * right.Factor;
                return _diagrams.And(
                    _diagrams.Not(IsNone(left.Value)),
                    _diagrams.Not(AtLeast(left.Value, isStrict ? Ceiling(most, left.Factor) : Floor(most, left.Factor) + 1)));
            case (_, IrExtreme extreme):
                return Any(extreme, right.Value, operand => Order(left, right with { Value = operand }, isStrict, kind), isAny: extreme.IsLargest);
            case (IrExtreme extreme, _):
                return Any(extreme, left.Value, operand => Order(left with { Value = operand }, right, isStrict, kind), isAny: !extreme.IsLargest);
            default:
                return OrderSums(left, right, isStrict);
        }
    }

    /// <summary>Any operand, or every one that is there; with none there is nothing to compare.</summary>
    private int Any(IrExtreme extreme, int value, Func<int, int> holds, bool isAny) => isAny
        ? extreme.Operands.Items.Aggregate(Diagrams.False, (any, operand) => _diagrams.Or(any, holds(operand)))
        : extreme.Operands.Items.Aggregate(_diagrams.Not(IsNone(value)), (all, operand) => _diagrams.And(all, _diagrams.Or(IsNone(operand), holds(operand))));

    private int OrderSums(Scaled left, Scaled right, bool isStrict)
    {
        var holds = Diagrams.False;
        foreach (var low in Cases(left.Value))
        {
            foreach (var high in Cases(right.Value))
            {
                if (low.IsNone || high.IsNone)
                {
                    continue;
                }

                var difference = low.Form is null || high.Form is null
                    ? null
                    : low.Form.Times(left.Factor).Plus(high.Form.Times(-right.Factor)).Plus(LinearForm.Of(isStrict ? BigInteger.One : BigInteger.Zero));
                var meets = AtMostZero(left.Value, difference, $"below {right.Factor} {Key(right.Value)} {left.Factor} {isStrict}");
                holds = _diagrams.Or(holds, _diagrams.And(_diagrams.And(low.Guard, high.Guard), meets));
            }
        }

        return holds;
    }

    /// <summary>A sum is at most zero. Null: it is not looked into.</summary>
    private int AtMostZero(int value, LinearForm? form, string what)
    {
        switch (form)
        {
            case null:
                return _variables?.Opaque($"value {Key(value)} {what}", "months between two dates, working days, a series of dates, or a sum of chosen values are compared") ?? Diagrams.False;
            case { Terms.IsEmpty: true }:
                return form.Constant.Sign <= 0 ? Diagrams.True : Diagrams.False;
            case { Terms.Count: 1 } when form.Terms.First() is { Key.Months: 0 } term:
                // factor * x + constant at most zero.
                var (fact, factor) = (term.Key.Fact, term.Value);
                var least = factor.Sign > 0 ? Floor(-form.Constant, factor) + 1 : Ceiling(form.Constant, -factor);
                _cuts.Cut(fact, least);
                return Cells(fact, cell => cell.Kind == ProofCellKind.Value && cell.Bounds[0] >= least == factor.Sign < 0);
            default:
                var (bound, isNegated) = LinearBound.AtMostZero(form);
                var within = _variables?.Sum(bound) ?? Diagrams.False;
                return isNegated ? _diagrams.Not(within) : within;
        }
    }

    /// <summary>What a value is made up of, by conditions that exclude each other and cover every record where it is known.</summary>
    private ImmutableArray<Case> Cases(int value)
    {
        if (!_cases.TryGetValue(value, out var cases))
        {
            cases = FindCases(value);
            _cases[value] = cases = cases.Length > MostCases ? [new Case(Diagrams.True, false, null)] : cases;
        }

        return cases;
    }

    private ImmutableArray<Case> FindCases(int index)
    {
        var value = _module.Values[index];
        var none = IsNone(index);
        switch (value)
        {
            case IrConstant constant:
                return [constant.IsNone ? new Case(Diagrams.True, true, null) : new Case(Diagrams.True, false, LinearForm.Of(constant.Value))];
            case IrFact fact:
                return [new Case(none, true, null), new Case(_diagrams.Not(none), false, LinearForm.Of(new Quantity(fact.Fact, 0, default)))];
            case IrSelect select:
                var guard = _logic[select.Guard].Can;
                return
                [
                    .. Cases(select.Then).Select(leaf => leaf with { Guard = _diagrams.And(guard, leaf.Guard) }),
                    .. Cases(select.Else).Select(leaf => leaf with { Guard = _diagrams.And(_diagrams.Not(guard), leaf.Guard) }),
                ];
            case IrStep step:
                return
                [
                    new Case(IsNone(step.Day), true, null),
                    .. Steps(step).Select(entry => new Case(OnDays(step.Day, entry.First, entry.Last), !Fact.IsKnown(entry.Value), LinearForm.Of(entry.Value))),
                ];
            case IrLinear linear:
                return Sum([.. linear.Terms.Items.Select(term => (term.Operand, term.Factor))], linear.Constant);
            case IrDaysBetween days:
                return Sum([(days.To, BigInteger.One), (days.From, BigInteger.MinusOne)], BigInteger.Zero);
            case IrAddPeriod { } add when Constant(add.Months) is { } months:
                return Moved(add, months);
            case IrAddWorkingDays { Count: 0 } add:
                return Cases(add.Date);
            case IrLookup lookup when CasesOf(lookup, index) is { } given:
                return [.. given.Given.Select(entry => new Case(entry.Value, entry.Key.Number is null, entry.Key.Number is { } number ? LinearForm.Of(number) : null))];
            case IrExtreme extreme:
                return extreme.Operands.Items.Skip(1).Aggregate(Cases(extreme.Operands.Items[0]), (best, operand) => Better(best, Cases(operand), extreme.IsLargest));
            default:
                return [new Case(none, true, null), new Case(_diagrams.Not(none), false, null)];
        }
    }

    private ImmutableArray<Case> Sum(ImmutableArray<(int Operand, BigInteger Factor)> terms, BigInteger constant)
    {
        ImmutableArray<Case> sums = [new Case(Diagrams.True, false, LinearForm.Of(constant))];
        foreach (var (operand, factor) in terms)
        {
            var own = Cases(operand);
            if (sums.Length * own.Length > MostCases)
            {
                return [.. Enumerable.Repeat(new Case(Diagrams.True, false, null), MostCases + 1)];
            }

            sums =
            [
                .. from sum in sums
                   from leaf in own
                   select new Case(
                       _diagrams.And(sum.Guard, leaf.Guard),
                       sum.IsNone || leaf.IsNone,
                       sum.Form is null || leaf.Form is null ? null : sum.Form.Plus(leaf.Form.Times(factor))),
            ];
        }

        return sums;
    }

    private ImmutableArray<Case> Moved(IrAddPeriod add, long months)
    {
        if (months == 0)
        {
            return Sum([(add.Date, BigInteger.One), (add.Days, BigInteger.One)], BigInteger.Zero);
        }

        // A day moved by months is a quantity of its own.
        ImmutableArray<Case> moved =
        [
            .. Cases(add.Date).Select(leaf => leaf switch
            {
                { IsNone: true } or { Form: null } => leaf,
                { Form.Terms.IsEmpty: true } => leaf with { Form = LinearForm.Of(CivilDate.AddPeriod((long)leaf.Form.Constant, months, 0, add.Rounding)) },
                { Form: { Constant.IsZero: true, Terms.Count: 1 } form } when form.Terms.First() is { Value.IsOne: true, Key.Months: 0 } term =>
                    leaf with { Form = LinearForm.Of(term.Key with { Months = months, Rounding = add.Rounding }) },
                _ => leaf with { Form = null },
            }),
        ];
        return
        [
            .. from date in moved
               from days in Cases(add.Days)
               select new Case(_diagrams.And(date.Guard, days.Guard), date.IsNone || days.IsNone, date.Form is null || days.Form is null ? null : date.Form.Plus(days.Form)),
        ];
    }

    private ImmutableArray<Case> Better(ImmutableArray<Case> left, ImmutableArray<Case> right, bool isLargest)
    {
        if (2 * left.Length * right.Length > MostCases)
        {
            return [.. Enumerable.Repeat(new Case(Diagrams.True, false, null), MostCases + 1)];
        }

        var cases = ImmutableArray.CreateBuilder<Case>();
        foreach (var a in left)
        {
            foreach (var b in right)
            {
                var both = _diagrams.And(a.Guard, b.Guard);
                if (a.IsNone || b.IsNone)
                {
                    cases.Add((a.IsNone ? b : a) with { Guard = both });
                }
                else if (a.Form is null || b.Form is null)
                {
                    cases.Add(new Case(both, false, null));
                }
                else
                {
                    // left - right at most zero: the right is the larger one.
                    var isRightLarger = AtMostZero(-1, a.Form.Plus(b.Form.Times(BigInteger.MinusOne)), "");
                    cases.Add((isLargest ? b : a) with { Guard = _diagrams.And(both, isRightLarger) });
                    cases.Add((isLargest ? a : b) with { Guard = _diagrams.And(both, _diagrams.Not(isRightLarger)) });
                }
            }
        }

        return cases.ToImmutable();
    }

    /// <summary>Both are there and have one value.</summary>
    private int Same(int left, int right, IrKind kind)
    {
        if (IsOrdered(kind))
        {
            return _diagrams.And(
                Order(new Scaled(left, BigInteger.One), new Scaled(right, BigInteger.One), isStrict: false, kind),
                Order(new Scaled(right, BigInteger.One), new Scaled(left, BigInteger.One), isStrict: false, kind));
        }

        switch (_module.Values[left], _module.Values[right])
        {
            case (IrSelect select, _):
                return Pick(select, branch => Same(branch, right, kind));
            case (_, IrSelect select):
                return Pick(select, branch => Same(left, branch, kind));
            case (IrConstant { IsNone: true }, _) or (_, IrConstant { IsNone: true }):
                return Diagrams.False;
            case (IrFact a, IrFact b) when kind is IrKind.YesNo or IrKind.Member or IrKind.Country or IrKind.Text:
                return SameFacts(a.Fact, b.Fact);
            case (IrTextConstant a, IrTextConstant b):
                return a.Text == b.Text ? Diagrams.True : Diagrams.False;
            case (IrFact fact, IrTextConstant text):
                _cuts.Name(text.Text);
                return Cells(fact.Fact, cell => cell is { Kind: ProofCellKind.Value, IsRest: false } && cell.Text == text.Text);
            case (IrTextConstant, IrFact):
                return Same(right, left, kind);
            case (IrConstant a, IrConstant b):
                return a.Value == b.Value ? Diagrams.True : Diagrams.False;
            case (IrLookup lookup, _) when kind is IrKind.YesNo or IrKind.Member or IrKind.Country && CasesOf(lookup, left) is { } given:
                return given.Given.Where(entry => entry.Key.Number is not null)
                    .Aggregate(Diagrams.False, (any, entry) => _diagrams.Or(any, _diagrams.And(entry.Value, Between(right, entry.Key.Number!.Value, entry.Key.Number.Value))));
            case (_, IrLookup) when kind is IrKind.YesNo or IrKind.Member or IrKind.Country && _module.Values[left] is not IrLookup:
                return Same(right, left, kind);
            case (_, IrConstant constant) when kind is IrKind.YesNo or IrKind.Member or IrKind.Country:
                return Between(left, constant.Value, constant.Value);
            case (IrConstant constant, _) when kind is IrKind.YesNo or IrKind.Member or IrKind.Country:
                return Between(right, constant.Value, constant.Value);
            default:
                return _variables?.Opaque($"same {Key(left)} {Key(right)}", "codes or sets of two facts are compared") ?? Diagrams.False;
        }
    }

    private int SameFacts(int left, int right)
    {
        if (_variables is null)
        {
            _cuts.Link(left, right);
            return Diagrams.False;
        }

        if (left == right)
        {
            return Cells(left, cell => cell.Kind == ProofCellKind.Value);
        }

        var holds = Diagrams.False;
        foreach (var cell in _variables.CellsOf(left))
        {
            var same = _variables.Cells(right, candidate => cell.Kind == ProofCellKind.Value && candidate.Kind == ProofCellKind.Value && MayBeSame(cell, candidate));
            var isHere = _variables.Cells(left, candidate => ReferenceEquals(candidate, cell));
            var meets = cell.IsRest ? _diagrams.And(same, _variables.Same(left, right)) : same;
            holds = _diagrams.Or(holds, _diagrams.And(isHere, meets));
        }

        return holds;
    }

    private static bool MayBeSame(ProofCell left, ProofCell right) =>
        left.IsRest == right.IsRest && left.Value == right.Value && left.Text == right.Text;

    private static BigInteger Floor(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger Ceiling(BigInteger numerator, BigInteger denominator) => -Floor(-numerator, denominator);

    /// <summary>How a value is computed, so that what two rulesets compute alike is known to be one. Guards and tables are told apart by their places.</summary>
    private string Key(int index)
    {
        if (index < 0)
        {
            return "";
        }

        if (!_keys.TryGetValue(index, out var key))
        {
            var operands = string.Join(',', IrOperands.Of(_module.Values[index]).Select(Key));
            _keys[index] = key = _module.Values[index] switch
            {
                IrFact fact => FormattableString.Invariant($"f{fact.Fact}"),
                IrConstant constant => FormattableString.Invariant($"{constant.Value} {constant.IsNone}"),
                IrAddWorkingDays add => FormattableString.Invariant($"working({operands};{add.Count};{CalendarKey(_module.Calendars[add.Calendar])})"),
                IrNextOccurrence next => FormattableString.Invariant($"next({operands};{next.Months};{next.Days};{next.Rounding})"),
                IrAddPeriod add => $"add({operands};{add.Rounding})",
                IrDaysBetween => $"days({operands})",
                IrMonthsBetween span => $"months({operands};{span.Rounding})",
                _ => FormattableString.Invariant($"v{index}"),
            };
        }

        return key;
    }

    internal static string CalendarKey(Runtime.Schema.CalendarSchema calendar) => FormattableString.Invariant(
        $"{calendar.FirstDay}-{calendar.LastDay}:{string.Join(' ', calendar.DaysOff)}/{string.Join(' ', calendar.WorkingWeekends)}");

    /// <summary>A multiple of a value.</summary>
    private readonly record struct Scaled(int Value, BigInteger Factor);

    /// <summary>A way in which a value is made up, where a condition holds; without a form: not looked into.</summary>
    private readonly record struct Case(int Guard, bool IsNone, LinearForm? Form);
}
