using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;
using static CccRules.Tests.Engine.SmallModule;

namespace CccRules.Tests.Engine;

public sealed class IrVerifierTests
{
    private static readonly IrType Date = IrType.Of(IrKind.Date);

    private static readonly Dictionary<string, (string Check, Func<IrModule, IrModule> Break)> Faults = new()
    {
        ["a fact with another's index"] = ("fact index", m => m with { Facts = m.Facts.SetItem(1, m.Facts[1] with { Index = 0 }) }),
        ["an evaluation date in the middle"] = ("evaluation date last", m => m with { Facts = m.Facts.SetItem(1, m.Facts[1] with { Role = FactRole.EvaluationDate }) }),
        ["no evaluation date"] = ("evaluation date last", m => m with { Facts = m.Facts.SetItem(5, m.Facts[5] with { Role = FactRole.Field }) }),
        ["the same value twice"] = ("no duplicates", m => Value(m, new IrFact(Date, Made))),
        ["the same atom twice"] = ("no duplicates", m => Atom(m, new IrHasAny(Uses, 0b011, false))),
        ["the same node twice"] = ("no duplicates", m => Logic(m, new IrAnd(new IrList<int>([IsLarge, IsRecent])))),
        ["a value that uses a later one"] = ("operands before users", m => Value(m, new IrYearOf(6))),
        ["a node that uses itself"] = ("operands before users", m => Logic(m, new IrNot(FirstFree))),
        ["a status before its norm's nodes"] = ("operands before users", m => Logic(m with { Norms = [Norm(0, FirstFree + 1, False, True, -1)] }, new IrStatus(0, Outcome.Exempt), new IrNot(2))),
        ["a fact that is not there"] = ("positions in range", m => Value(m, new IrFact(Date, 6))),
        ["a guard that is not there"] = ("positions in range", m => Value(m, new IrSelect(Date, 99, Made, Today))),
        ["a step table that is not there"] = ("positions in range", m => Value(m, new IrStep(IrType.Number(1), 0, Made))),
        ["an atom's value that is not there"] = ("positions in range", m => Atom(m, new IrHasAny(-1, 1, false))),
        ["an atom that is not there"] = ("positions in range", m => Logic(m, new IrAtomNode(5))),
        ["a norm that is not there"] = ("positions in range", m => Logic(m, new IrStatus(1, Outcome.Exempt))),
        ["a category's node that is not there"] = ("positions in range", m => m with { Categories = [m.Categories[0] with { Node = 8 }] }),
        ["a norm's node that is not there"] = ("positions in range", m => m with { Norms = [Norm(0, Applies, -1, True, -1)] }),
        ["a window's node that is not there"] = ("positions in range", m => m with { Norms = [m.Norms[0] with { Windows = [new WindowSchema(-1, -1, 8)] }] }),
        ["an exemption's node that is not there"] = ("positions in range", m => m with { Norms = [m.Norms[0] with { Exemptions = [new ExemptionSchema("e", "E", 8, false, [], [])] }] }),
        ["a nested reason's node that is not there"] = ("positions in range", m => m with { Norms = [m.Norms[0] with { Reasons = [new ReasonSchema("r", 0, [], [new ReasonSchema("s", 8, [], [])])] }] }),
        ["a norm with another's index"] = ("norm index", m => m with { Norms = [Norm(1, Applies, False, True, -1)] }),
        ["a norm whose date is a text"] = ("kinds agree", m => m with { Norms = [m.Norms[0] with { Date = Name }] }),
        ["a status of nothing"] = ("statuses", m => Logic(m, new IrStatus(0, Outcome.Nothing))),
        ["an and of one"] = ("enough operands", m => Logic(m, new IrAnd(new IrList<int>([2])))),
        ["an extreme of none"] = ("enough operands", m => Value(m, new IrExtreme(Date, true, new IrList<int>([])))),
        ["a ring through a guard"] = ("no cycles", m => Logic(Atom(Value(m, new IrSelect(Date, FirstFree, Made, Today)), new IrInSet(6, Set(1, 2), false)), new IrAtomNode(5))),
        ["steps in disorder"] = ("steps ascend", m => m with { StepTables = [new IrStepTable([new IrStepEntry(2, 0), new IrStepEntry(2, 1)])] }),
        ["a denominator of zero"] = ("denominators are positive", m => Value(m, new IrConstant(IrType.Number(0), 1))),
        ["a date with a denominator"] = ("denominators are positive", m => Value(m, new IrConstant(new IrType(IrKind.Date, 2, false), 1))),
        ["a fact of another kind"] = ("kinds agree", m => Value(m, new IrFact(IrType.Of(IrKind.Days), Made))),
        ["a year of an amount"] = ("kinds agree", m => Value(m, new IrYearOf(Amount))),
        ["a date moved by an amount"] = ("kinds agree", m => Value(m, new IrAddPeriod(Made, Amount, Amount, MonthRounding.Up))),
        ["a choice between a date and a text"] = ("kinds agree", m => Value(m, new IrSelect(Date, IsLarge, Made, Name))),
        ["an ordering of codes"] = ("kinds agree", m => Atom(m, new IrCompare(IrComparison.Less, Code, Code, 1, 1))),
        ["a comparison of a date with a text"] = ("kinds agree", m => Atom(m, new IrCompare(IrComparison.Equal, Made, Name, 1, 1))),
        ["a text in intervals"] = ("kinds agree", m => Atom(m, new IrInSet(Name, Set(1, 2), false))),
        ["a number too large for 64 bits"] = ("constants fit", m => Value(m, new IrConstant(IrType.Number(1), (BigInteger)long.MaxValue + 1))),
        ["a constant that looks missing"] = ("constants fit", m => Value(m, new IrConstant(IrType.Number(1), long.MinValue))),
        ["a narrow sum"] = ("sums are wide", m => Value(m, new IrLinear(IrType.Number(1), new IrList<IrTerm>([new IrTerm(Amount, 2)]), 0))),
        ["a narrow choice among sums"] = ("wide operands give a wide value", m => Value(
            Value(m, new IrLinear(IrType.Number(1, true), new IrList<IrTerm>([new IrTerm(Amount, 2)]), 0)), new IrSelect(IrType.Number(1), IsLarge, Amount, 6))),
        ["a wide fact"] = ("only sums and what chooses among them are wide", m => Value(m, new IrFact(IrType.Number(1, true), Amount))),
        ["a sum that may overflow"] = ("sums fit", m => Value(m, new IrLinear(IrType.Number(1, true), new IrList<IrTerm>([new IrTerm(Amount, BigInteger.Pow(2, 64))]), 0))),
        ["a comparison that may overflow"] = ("sums fit", m => Atom(
            Value(m, new IrConstant(IrType.Number(BigInteger.Pow(2, 70)), 1)), new IrCompare(IrComparison.Less, Amount, 6, BigInteger.Pow(2, 70), 1))),
        ["a bound without its pair"] = ("bounds are pairs", m => Atom(m, new IrInSet(Amount, Set(1), false))),
        ["an interval from high to low"] = ("bounds ascend", m => Atom(m, new IrInSet(Amount, Set(2, 1), false))),
        ["adjacent intervals"] = ("intervals are disjoint and not adjacent", m => Atom(m, new IrInSet(Amount, Set(1, 2, 3, 4), false))),
        ["a code of 14 digits"] = ("codes have 13 digits", m => Atom(m, new IrHsInSet(Code, new IrList<long>([0, 10_000_000_000_000]), false))),
        ["an empty mask"] = ("masks are of members", m => Atom(m, new IrHasAny(Uses, 0, false))),
        ["texts in disorder"] = ("texts ascend", m => Atom(m, new IrTextInSet(Name, new IrList<string>(["b", "B"]), false))),
        ["a pattern that needs backtracking"] = ("patterns run without backtracking", m => Atom(m, new IrMatches(Name, "(a)\\1"))),
        ["a pattern that is none"] = ("patterns run without backtracking", m => Atom(m, new IrMatches(Name, "("))),
        ["a factor of zero"] = ("factors are positive", m => Atom(m, new IrCompare(IrComparison.Less, Made, Today, 0, 0))),
        ["different denominators"] = ("factors make denominators equal", m => Atom(m, new IrCompare(IrComparison.Less, Made, Today, 1, 2))),
    };

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Fact]
    public void A_good_module_has_no_faults()
    {
        Assert.Empty(IrVerifier.Verify(Create()));
    }

    [Fact]
    public void Random_modules_have_no_faults()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            Assert.Empty(IrVerifier.Verify(RandomModule.Create(seed)));
        }
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public void A_fault_is_found_by_its_check(string fault)
    {
        var (check, plant) = Faults[fault];

        var found = IrVerifier.Verify(plant(Create()));

        Assert.Contains(found, text => text.StartsWith(check + ":", StringComparison.Ordinal));
    }

    private static IrList<BigInteger> Set(params BigInteger[] bounds) => new([.. bounds]);

    private static IrModule Value(IrModule module, IrValue value) => module with { Values = module.Values.Add(value) };

    private static IrModule Atom(IrModule module, IrAtom atom) => module with { Atoms = module.Atoms.Add(atom) };

    private static IrModule Logic(IrModule module, params IrLogic[] nodes) => module with { Logic = module.Logic.AddRange(nodes) };
}
