using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Proof;

/// <summary>Values: when they are missing, when none, and when at least a number.</summary>
internal sealed partial class Translator
{
    /// <summary>Days, and months, beyond which no date of the years 1 to 9999 leads to another.</summary>
    private const long Farthest = 8_000_000;

    private readonly Dictionary<int, int> _missing = [];
    private readonly Dictionary<int, int> _none = [];
    private readonly Dictionary<(int, BigInteger), int> _atLeast = [];
    private readonly Dictionary<(int Calendar, int Count), WorkingDayMoves> _moves = [];

    /// <summary>The value is not known.</summary>
    private int Missing(int value)
    {
        // With every fact known, only what a calendar does not know is missing.
        if (!IsPartial && _variables is not null && _module.Calendars.IsEmpty)
        {
            return Diagrams.False;
        }

        if (!_missing.TryGetValue(value, out var missing))
        {
            _missing[value] = missing = FindMissing(_module.Values[value], value);
        }

        return missing;
    }

    private int FindMissing(IrValue value, int index)
    {
        switch (value)
        {
            case IrFact fact:
                return IsSet(fact.Fact) ? _variables?.IsSetMissing(fact.Fact) ?? Diagrams.False : Cells(fact.Fact, cell => cell.Kind == ProofCellKind.Missing);
            case IrSelect select:
                var guard = _logic[select.Guard];
                var isOpen = _diagrams.And(guard.Can, _diagrams.Not(guard.Must));
                return _diagrams.Or(
                    _diagrams.Or(_diagrams.And(guard.Must, Missing(select.Then)), _diagrams.And(_diagrams.Not(guard.Can), Missing(select.Else))),
                    _diagrams.And(isOpen, _diagrams.Not(AreSame(select))));
            case IrAddWorkingDays { Count: not 0 } add:
                var moves = Moves(add);
                var isKnown = _diagrams.Or(IsNone(add.Date), _diagrams.And(AtLeast(add.Date, moves.First), _diagrams.Not(AtLeast(add.Date, moves.End))));
                return _diagrams.Or(Missing(add.Date), _diagrams.Not(isKnown));
            case IrAddWorkingDays add:
                return Missing(add.Date);
            case IrLookup lookup:
                return CasesOf(lookup, index)?.IsOpen ?? (_variables is null ? Diagrams.False : _variables.Opaque($"lookup {index} missing", TooLarge(lookup)));
            case IrHull or IrKnownExtreme:
                return Unseen($"missing {index}", value.GetType().Name[2..]).Can;
            default:
                return IrOperands.Of(value).Aggregate(Diagrams.False, (any, operand) => _diagrams.Or(any, Missing(operand)));
        }
    }

    /// <summary>A date value lies within days. The days must be cut points of the conditions that the space was made for.</summary>
    public int IsDayIn(int value, long first, long last) =>
        _diagrams.And(_diagrams.Not(Missing(value)), Between(value, first, last));

    public bool HasValue(int value) => _none.ContainsKey(value);

    public int IsBeforeFirst(int index)
    {
        var step = (IrStep)_module.Values[index];
        return _diagrams.And(_diagrams.Not(Missing(step.Day)), OnDays(step.Day, null, (BigInteger)_module.StepTables[step.Table].Entries[0].FromDay - 1));
    }

    /// <summary>Both branches have one known value, or both none, so that an open guard does not matter.</summary>
    private int AreSame(IrSelect select)
    {
        var areKnown = _diagrams.Not(_diagrams.Or(Missing(select.Then), Missing(select.Else)));
        var areNone = _diagrams.And(IsNone(select.Then), IsNone(select.Else));
        var equal = select.Then == select.Else && select.Type.Kind != IrKind.HsCode
            ? Diagrams.True
            : _diagrams.Or(areNone, Same(select.Then, select.Else, select.Type.Kind));
        return _diagrams.And(areKnown, equal);
    }

    /// <summary>The branch that counts, where the value is known.</summary>
    private int Pick(IrSelect select, Func<int, int> of)
    {
        var (then, otherwise) = (of(select.Then), of(select.Else));
        return _diagrams.Choose(_logic[select.Guard].Can, then, otherwise);
    }

    /// <summary>The value is none; of no meaning where it is missing.</summary>
    private int IsNone(int value)
    {
        if (!_none.TryGetValue(value, out var none))
        {
            _none[value] = none = FindNone(_module.Values[value], value);
        }

        return none;
    }

    private int FindNone(IrValue value, int index)
    {
        switch (value)
        {
            case IrFact fact:
                return IsSet(fact.Fact) ? _variables?.IsSetNone(fact.Fact) ?? Diagrams.False : Cells(fact.Fact, cell => cell.Kind == ProofCellKind.None);
            case IrConstant constant:
                return constant.IsNone ? Diagrams.True : Diagrams.False;
            case IrTextConstant:
                return Diagrams.False;
            case IrSelect select:
                return Pick(select, IsNone);
            case IrExtreme extreme:
                return extreme.Operands.Items.Aggregate(Diagrams.True, (all, operand) => _diagrams.And(all, IsNone(operand)));
            case IrStep step:
                var none = IsNone(step.Day);
                foreach (var (first, last, entry) in Steps(step))
                {
                    if (!Fact.IsKnown(entry))
                    {
                        none = _diagrams.Or(none, OnDays(step.Day, first, last));
                    }
                }

                return none;
            case IrAddWorkingDays add:
                return IsNone(add.Date);
            case IrLookup lookup:
                return Gives(lookup, index, given => given is { Number: null, Text: null }, "none");
            case IrHull or IrKnownExtreme:
                return Unseen($"none {index}", value.GetType().Name[2..]).Can;
            default:
                return IrOperands.Of(value).Aggregate(Diagrams.False, (any, operand) => _diagrams.Or(any, IsNone(operand)));
        }
    }

    /// <summary>The value is a number, and at least so large; of no meaning where it is missing.</summary>
    private int AtLeast(int value, BigInteger least)
    {
        if (!_atLeast.TryGetValue((value, least), out var holds))
        {
            _atLeast[(value, least)] = holds = FindAtLeast(value, least);
        }

        return holds;
    }

    private int FindAtLeast(int index, BigInteger least)
    {
        switch (_module.Values[index])
        {
            case IrFact fact:
                _cuts.Cut(fact.Fact, least);
                return Cells(fact.Fact, cell => cell.Kind == ProofCellKind.Value && (cell.Bounds.IsEmpty ? cell.Value : cell.Bounds[0]) >= least);
            case IrConstant constant:
                return !constant.IsNone && constant.Value >= least ? Diagrams.True : Diagrams.False;
            case IrSelect select:
                return Pick(select, branch => AtLeast(branch, least));
            case IrExtreme { IsLargest: true } extreme:
                return extreme.Operands.Items.Aggregate(Diagrams.False, (any, operand) => _diagrams.Or(any, AtLeast(operand, least)));
            case IrExtreme extreme:
                return extreme.Operands.Items.Aggregate(
                    _diagrams.Not(IsNone(index)),
                    (all, operand) => _diagrams.And(all, _diagrams.Or(IsNone(operand), AtLeast(operand, least))));
            case IrStep step:
                return Steps(step).Where(entry => Fact.IsKnown(entry.Value) && entry.Value >= least)
                    .Aggregate(Diagrams.False, (any, entry) => _diagrams.Or(any, OnDays(step.Day, entry.First, entry.Last)));
            case IrYearOf year:
                return least > 9999 ? Diagrams.False
                    : least <= 1 ? _diagrams.Not(IsNone(year.Date))
                    : AtLeast(year.Date, CivilDate.FromYearMonthDay((long)least, 1, 1));
            case IrAddPeriod { } add when Constant(add.Months) is { } months && Constant(add.Days) is { } days:
                return AtLeast(add.Date, FirstReaching(day => CivilDate.AddPeriod(day, months, days, add.Rounding) >= least));
            case IrAddPeriod { } add when Constant(add.Date) is { } date && Constant(add.Days) is { } days:
                return AtLeast(add.Months, FirstReaching(months => CivilDate.AddPeriod(date, months, days, add.Rounding) >= least));
            case IrAddWorkingDays { Count: not 0 } add:
                return AtLeast(add.Date, Moves(add).FirstReaching(least));
            case IrAddWorkingDays add:
                return AtLeast(add.Date, least);
            case IrNextOccurrence next when Constant(next.Start) is { } start:
                return AtLeast(next.Day, FirstReaching(day => ValueOperations.NextOccurrence(start, day, next.Months, next.Days, next.Rounding) >= least));
            case IrLookup lookup:
                return GivesNumber(lookup, index, number => number >= least, $"at least {least}");
            case IrMonthsBetween { } span when Constant(span.From) is { } from:
                return AtLeast(span.To, FirstReaching(day => CivilDate.MonthsBetween(from, day, span.Rounding) >= least));
            case IrMonthsBetween { } span when Constant(span.To) is { } to:
                return _diagrams.And(
                    _diagrams.Not(IsNone(span.From)),
                    _diagrams.Not(AtLeast(span.From, FirstReaching(day => CivilDate.MonthsBetween(day, to, span.Rounding) < least))));
            default:
                // A sum: least - value at most zero.
                return Cases(index).Aggregate(Diagrams.False, (any, leaf) => leaf.IsNone
                    ? any
                    : _diagrams.Or(any, _diagrams.And(leaf.Guard, AtMostZero(index, leaf.Form?.Times(BigInteger.MinusOne).Plus(LinearForm.Of(least)), $"at least {least}"))));
        }
    }

    /// <summary>The values of a dated parameter, each with its first and last day.</summary>
    private IEnumerable<(BigInteger? First, BigInteger? Last, long Value)> Steps(IrStep step)
    {
        var entries = _module.StepTables[step.Table].Entries;
        if (entries.IsEmpty)
        {
            yield return (null, null, Fact.None);
            yield break;
        }

        yield return (null, (BigInteger)entries[0].FromDay - 1, Fact.None);
        for (var i = 0; i < entries.Length; i++)
        {
            yield return (entries[i].FromDay, i + 1 < entries.Length ? (BigInteger)entries[i + 1].FromDay - 1 : null, entries[i].Value);
        }
    }

    private WorkingDayMoves Moves(IrAddWorkingDays add)
    {
        if (!_moves.TryGetValue((add.Calendar, add.Count), out var moves))
        {
            _moves[(add.Calendar, add.Count)] = moves = new WorkingDayMoves(_module.Calendars[add.Calendar], add.Count);
        }

        return moves;
    }

    private int OnDays(int day, BigInteger? first, BigInteger? last) => _diagrams.And(
        first is { } from ? AtLeast(day, from) : _diagrams.Not(IsNone(day)),
        last is { } to ? _diagrams.Not(AtLeast(day, to + 1)) : Diagrams.True);

    private long? Constant(int value) => _module.Values[value] is IrConstant { IsNone: false } constant ? (long)constant.Value : null;

    private bool IsSet(int fact) => _module.Facts[fact].Kind == FactKind.Members;

    /// <summary>The first number from which a condition holds for good.</summary>
    private static long FirstReaching(Func<long, bool> holds)
    {
        var (low, high) = (-Farthest, Farthest);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(middle))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
