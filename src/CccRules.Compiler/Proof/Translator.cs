using System.Collections.Immutable;
using System.Numerics;
using System.Text.RegularExpressions;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Conditions of the intermediate code to diagrams over cells of facts, in Kleene's logic: no step holds for known facts
/// only. Runs twice, first to collect the cut points, then to build.
/// <code>
/// latest (a, b) >= D        →    a >= D or b >= D, neither missing
/// a &lt;= latest (b, c)        →    (a - b &lt;= 0) or (a - c &lt;= 0), each a variable with a meaning
/// steps at day >= 10        →    the days on which the parameter is at least 10
/// </code>
/// </summary>
internal sealed partial class Translator
{
    private readonly IrModule _module;
    private readonly Diagrams _diagrams;
    private readonly CutTable _cuts;
    private readonly VariableTable? _variables;
    private readonly Dictionary<int, Rails> _logic = [];
    private readonly Dictionary<int, Rails> _atoms = [];

    /// <param name="variables">Null: only collects what the conditions ask.</param>
    public Translator(IrModule module, Diagrams diagrams, CutTable cuts, VariableTable? variables)
    {
        _module = module;
        _diagrams = diagrams;
        _cuts = cuts;
        _variables = variables;
    }

    private bool IsPartial => _variables is { IsPartial: true };

    public Rails this[int node] => _logic[node];

    public void Translate(Cone cone)
    {
        foreach (var node in cone.Logic)
        {
            _logic[node] = Translate(node);
        }
    }

    public Rails Not(Rails operand) => new(_diagrams.Not(operand.Must), _diagrams.Not(operand.Can));

    public Rails And(Rails left, Rails right) => new(_diagrams.And(left.Can, right.Can), _diagrams.And(left.Must, right.Must));

    public Rails Or(Rails left, Rails right) => new(_diagrams.Or(left.Can, right.Can), _diagrams.Or(left.Must, right.Must));

    /// <summary>A norm's outcome lies among some statuses: can, and must.</summary>
    public Rails StatusOf(int norm, Outcome statuses)
    {
        var can = Diagrams.False;
        var other = Diagrams.False;
        foreach (var (status, isPossible) in PossibleStatuses(_module.Norms[norm]))
        {
            if ((statuses & status) != Outcome.Nothing)
            {
                can = _diagrams.Or(can, isPossible);
            }
            else
            {
                other = _diagrams.Or(other, isPossible);
            }
        }

        return new Rails(can, _diagrams.Not(other));
    }

    private IEnumerable<(Outcome Status, int IsPossible)> PossibleStatuses(NormSchema norm)
    {
        if (norm.Deadline is { } deadline)
        {
            return PossibleStatuses(norm, deadline);
        }

        return PossibleStatusesOfDuty(norm);
    }

    private IEnumerable<(Outcome Status, int IsPossible)> PossibleStatuses(NormSchema norm, DeadlineSchema deadline)
    {
        var (applies, overdue, soon) = (_logic[norm.Applies], _logic[deadline.Overdue], _logic[deadline.Soon]);
        var met = norm.Fulfilled < 0 ? Rails.False : _logic[norm.Fulfilled];
        var isOpen = _diagrams.And(applies.Can, _diagrams.Not(met.Must));
        var isAhead = _diagrams.And(isOpen, _diagrams.Not(overdue.Must));
        yield return (Outcome.NotApplicable, _diagrams.Not(applies.Must));
        yield return (Outcome.Fulfilled, _diagrams.And(applies.Can, met.Can));
        yield return (Outcome.Breached, _diagrams.And(isOpen, overdue.Can));
        yield return (Outcome.Soon, _diagrams.And(isAhead, soon.Can));
        yield return (Outcome.Required, _diagrams.And(isAhead, _diagrams.Not(soon.Must)));
    }

    private IEnumerable<(Outcome Status, int IsPossible)> PossibleStatusesOfDuty(NormSchema norm)
    {
        var (applies, exempted, inForce) = (_logic[norm.Applies], _logic[norm.Exempted], _logic[norm.InForce]);
        var notExempted = _diagrams.Not(exempted.Must);
        yield return (Outcome.NotApplicable, _diagrams.Not(applies.Must));
        yield return (Outcome.Exempt, _diagrams.And(applies.Can, exempted.Can));
        yield return (Outcome.NotInForce, _diagrams.And(applies.Can, notExempted, _diagrams.Not(inForce.Must)));
        var isDue = _diagrams.And(applies.Can, notExempted, inForce.Can);
        if (norm.Fulfilled < 0)
        {
            yield return (Outcome.Required, isDue);
            yield break;
        }

        var fulfilled = _logic[norm.Fulfilled];
        yield return (Outcome.Fulfilled, _diagrams.And(isDue, fulfilled.Can));
        yield return (norm.Kind == NormKind.Option ? Outcome.Required : Outcome.Breached, _diagrams.And(isDue, _diagrams.Not(fulfilled.Must)));
    }

    private Rails Translate(int index) => _module.Logic[index] switch
    {
        IrTruth truth => Rails.Of(truth.IsTrue),
        IrAtomNode atom => Atom(atom.Atom),
        IrAnd and => and.Operands.Items.Aggregate(Rails.True, (all, operand) => And(all, _logic[operand])),
        IrOr or => or.Operands.Items.Aggregate(Rails.False, (any, operand) => Or(any, _logic[operand])),
        IrNot not => Not(_logic[not.Operand]),
        IrIfThenElse chosen => Choose(_logic[chosen.Guard], _logic[chosen.Then], _logic[chosen.Else]),
        IrAtLeast atLeast => AtLeast(atLeast),
        IrStatus status => StatusOf(status.Norm, status.Statuses),
        var node => Unseen($"node {index}", node.GetType().Name[2..]),
    };

    /// <summary>A condition of a kind that the proof does not know: it may hold or not, whatever the facts are.</summary>
    private Rails Unseen(string key, string kind)
    {
        var holds = _variables?.Opaque(key, NotSeen(kind)) ?? Diagrams.False;
        return new Rails(holds, holds);
    }

    private static string NotSeen(string kind) => $"the proof does not look into a condition of this kind ({kind})";

    private Rails Choose(Rails guard, Rails then, Rails otherwise)
    {
        var can = _diagrams.Or(_diagrams.And(guard.Can, then.Can), _diagrams.And(_diagrams.Not(guard.Must), otherwise.Can));
        var canNot = _diagrams.Or(
            _diagrams.And(guard.Can, _diagrams.Not(then.Must)),
            _diagrams.And(_diagrams.Not(guard.Must), _diagrams.Not(otherwise.Must)));
        return new Rails(can, _diagrams.Not(canNot));
    }

    private Rails AtLeast(IrAtLeast atLeast) => new(
        Count(atLeast, operand => _logic[operand].Can),
        Count(atLeast, operand => _logic[operand].Must));

    /// <summary>By how many of the operands hold so far, up to the number that is asked for.</summary>
    private int Count(IrAtLeast atLeast, Func<int, int> rail)
    {
        var reached = new int[atLeast.Count + 1];
        Array.Fill(reached, Diagrams.False);
        reached[0] = Diagrams.True;
        foreach (var operand in atLeast.Operands.Items)
        {
            for (var count = atLeast.Count; count > 0; count--)
            {
                reached[count] = _diagrams.Choose(rail(operand), reached[count - 1], reached[count]);
            }
        }

        return reached[^1];
    }

    private Rails Atom(int atom)
    {
        if (!_atoms.TryGetValue(atom, out var rails))
        {
            _atoms[atom] = rails = TranslateAtom(atom);
        }

        return rails;
    }

    private Rails TranslateAtom(int index)
    {
        var atom = _module.Atoms[index];
        switch (atom)
        {
            case IrInSet test when _module.Values[test.Value].Type.Kind != IrKind.Members:
                return Known(test.Value, InSet(test.Value, test.Bounds.Items, test.IncludesNone));
            case IrHsInSet test:
                return Codes(test.Value, test);
            case IrHasAny test:
                return Known(test.Value, HasAny(test.Value, test.Mask, test.IncludesNone));
            case IrTextInSet test:
                return Known(test.Value, TextInSet(test.Value, test));
            case IrMatches test:
                return Known(test.Value, Matches(test.Value, test.Pattern));
            case IrCompare compare:
                var isKnown = _diagrams.Not(_diagrams.Or(Missing(compare.Left), Missing(compare.Right)));
                var compared = Compare(compare);
                return new Rails(_diagrams.Or(_diagrams.Not(isKnown), compared), _diagrams.And(isKnown, compared));
            default:
                return Opaque(index, NotSeen(atom.GetType().Name[2..]));
        }
    }

    /// <summary>A test whose answer is certain wherever its value is known.</summary>
    private Rails Known(int value, int holds)
    {
        var missing = Missing(value);
        return new Rails(_diagrams.Or(missing, holds), _diagrams.And(_diagrams.Not(missing), holds));
    }

    private int InSet(int value, ImmutableArray<BigInteger> bounds, bool includesNone)
    {
        var holds = includesNone ? IsNone(value) : Diagrams.False;
        for (var i = 0; i < bounds.Length; i += 2)
        {
            holds = _diagrams.Or(holds, Between(value, bounds[i], bounds[i + 1]));
        }

        return holds;
    }

    private int Between(int value, BigInteger low, BigInteger high) =>
        _diagrams.And(AtLeast(value, low), _diagrams.Not(AtLeast(value, high + 1)));

    private int HasAny(int value, long mask, bool includesNone) => _module.Values[value] switch
    {
        IrFact fact => _diagrams.Choose(IsNone(value), includesNone ? Diagrams.True : Diagrams.False, Members(fact.Fact, mask)),
        IrConstant constant => constant.IsNone ? includesNone ? Diagrams.True : Diagrams.False : ((long)constant.Value & mask) != 0 ? Diagrams.True : Diagrams.False,
        IrSelect select => Pick(select, branch => HasAny(branch, mask, includesNone)),
        IrLookup lookup => _diagrams.Or(GivesNumber(lookup, value, number => (number & mask) != 0, $"has {mask}"), includesNone ? IsNone(value) : Diagrams.False),
        var other => Unseen($"has {value} {mask}", other.GetType().Name[2..]).Can,
    };

    private int Members(int fact, long mask)
    {
        _cuts.Ask(fact, mask);
        return _variables?.Members(fact, mask) ?? Diagrams.False;
    }

    private int TextInSet(int value, IrTextInSet test)
    {
        switch (_module.Values[value])
        {
            case IrFact fact:
                foreach (var text in test.Texts.Items)
                {
                    _cuts.Name(text);
                }

                return Cells(fact.Fact, cell => cell.Kind == ProofCellKind.None ? test.IncludesNone : !cell.IsRest && test.Texts.Items.Contains(cell.Text!));
            case IrTextConstant text:
                return test.Texts.Items.Contains(text.Text) ? Diagrams.True : Diagrams.False;
            case IrConstant { IsNone: true }:
                return test.IncludesNone ? Diagrams.True : Diagrams.False;
            case IrSelect select:
                return Pick(select, branch => TextInSet(branch, test));
            case IrLookup lookup:
                var isOne = GivesText(lookup, value, text => test.Texts.Items.Contains(text), $"text {string.Join('|', test.Texts.Items)}");
                return test.IncludesNone ? _diagrams.Or(isOne, IsNone(value)) : isOne;
            case var other:
                return Unseen($"text {value} {string.Join('|', test.Texts.Items)}", other.GetType().Name[2..]).Can;
        }
    }

    private int Matches(int value, string pattern)
    {
        switch (_module.Values[value])
        {
            case IrFact fact:
                _cuts.Match(fact.Fact, pattern);
                var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                var named = Cells(fact.Fact, cell => cell is { Kind: ProofCellKind.Value, IsRest: false } && regex.IsMatch(cell.Text!));
                var rest = Cells(fact.Fact, cell => cell.IsRest);
                var isMatch = _variables?.Opaque($"text {fact.Fact} matches {pattern}", "a text is matched against a pattern") ?? Diagrams.False;
                return _diagrams.Or(named, _diagrams.And(rest, isMatch));
            case IrTextConstant text:
                return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch(text.Text) ? Diagrams.True : Diagrams.False;
            case IrSelect select:
                return Pick(select, branch => Matches(branch, pattern));
            case IrLookup lookup:
                return GivesMatch(lookup, value, pattern);
            case IrConstant:
                return Diagrams.False;
            case var other:
                return Unseen($"match {value} {pattern}", other.GetType().Name[2..]).Can;
        }
    }

    /// <summary>An HS code in a set: with too few digits open where only some of its codes are in.</summary>
    private Rails Codes(int value, IrHsInSet test)
    {
        var missing = Missing(value);
        var can = Codes(value, test, isCertain: false);
        var must = Codes(value, test, isCertain: true);
        return new Rails(_diagrams.Or(missing, can), _diagrams.And(_diagrams.Not(missing), must));
    }

    private int Codes(int value, IrHsInSet test, bool isCertain)
    {
        switch (_module.Values[value])
        {
            case IrFact fact:
                for (var i = 0; i < test.Bounds.Items.Length; i += 2)
                {
                    _cuts.Cut(fact.Fact, test.Bounds.Items[i]);
                    _cuts.Cut(fact.Fact, (BigInteger)test.Bounds.Items[i + 1] + 1);
                }

                return Cells(fact.Fact, cell => cell.Kind switch
                {
                    ProofCellKind.None => test.IncludesNone,
                    ProofCellKind.Missing => false,
                    _ => IsIn(cell, test.Bounds.Items, isCertain),
                });
            case IrConstant { IsNone: true }:
                return test.IncludesNone ? Diagrams.True : Diagrams.False;
            case IrConstant constant:
                var code = Runtime.Trade.HsCode.FromEncoded((long)constant.Value);
                return IsIn(new ProofCell(ProofCellKind.Value, 0) { Bounds = [code.Lower, code.Upper] }, test.Bounds.Items, isCertain) ? Diagrams.True : Diagrams.False;
            case IrSelect select:
                return Pick(select, branch => Codes(branch, test, isCertain));
            case IrLookup lookup:
                return GivesCode(lookup, value, test, isCertain);
            case var other:
                return Unseen($"code {value} {string.Join('|', test.Bounds.Items)}", other.GetType().Name[2..]).Can;
        }
    }

    private static bool IsIn(ProofCell cell, ImmutableArray<long> bounds, bool isCertain)
    {
        for (var i = 0; i < bounds.Length; i += 2)
        {
            if (isCertain ? bounds[i] <= cell.Bounds[0] && cell.Bounds[1] <= bounds[i + 1] : bounds[i] <= cell.Bounds[1] && cell.Bounds[0] <= bounds[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A condition that is not looked into: open where a value of it is missing.</summary>
    private Rails Opaque(int atom, string reason)
    {
        var missing = IrOperands.Of(_module.Atoms[atom]).Aggregate(Diagrams.False, (any, value) => _diagrams.Or(any, Missing(value)));
        var holds = _variables?.Opaque($"atom {atom}", reason) ?? Diagrams.False;
        return new Rails(_diagrams.Or(missing, holds), _diagrams.And(_diagrams.Not(missing), holds));
    }

    private int Cells(int fact, Func<ProofCell, bool> holds) => _variables?.Cells(fact, holds) ?? Diagrams.False;
}
