using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Tests.Engine;

/// <summary>
/// A module that one can read: five fields and the evaluation date, an atom on each field, and one obligation.
/// Tests change single entries of it.
/// </summary>
internal static class SmallModule
{
    // Facts and the values that read them have the same positions.
    public const int Amount = 0;
    public const int Made = 1;
    public const int Name = 2;
    public const int Code = 3;
    public const int Uses = 4;
    public const int Today = 5;

    // Logic nodes.
    public const int True = 0;
    public const int False = 1;
    public const int IsLarge = 2;
    public const int IsRecent = 3;
    public const int IsNamed = 4;
    public const int IsBattery = 5;
    public const int IsUsed = 6;
    public const int Applies = 7;
    public const int FirstFree = 8;

    public static IrModule Create() => new()
    {
        Facts =
        [
            Fact(Amount, "amount", FactKind.Integer),
            Fact(Made, "made", FactKind.Date),
            Fact(Name, "name", FactKind.Text),
            Fact(Code, "code", FactKind.HsCode),
            Fact(Uses, "uses", FactKind.Members) with { Members = ["a", "b", "c"] },
            Fact(Today, "today", FactKind.Date) with { Role = FactRole.EvaluationDate },
        ],
        Values =
        [
            new IrFact(IrType.Number(1), Amount),
            new IrFact(IrType.Of(IrKind.Date), Made),
            new IrFact(IrType.Of(IrKind.Text), Name),
            new IrFact(IrType.Of(IrKind.HsCode), Code),
            new IrFact(IrType.Of(IrKind.Members), Uses),
            new IrFact(IrType.Of(IrKind.Date), Today),
        ],
        Atoms =
        [
            new IrInSet(Amount, new IrList<System.Numerics.BigInteger>([100, 200, 300, 400]), false),
            new IrCompare(IrComparison.LessOrEqual, Made, Today, 1, 1),
            new IrTextInSet(Name, new IrList<string>(["A", "B"]), false),
            new IrHsInSet(Code, new IrList<long>([8507_6000_00000, 8507_6099_99999]), false),
            new IrHasAny(Uses, 0b011, false),
        ],
        Logic =
        [
            new IrTruth(true),
            new IrTruth(false),
            new IrAtomNode(0),
            new IrAtomNode(1),
            new IrAtomNode(2),
            new IrAtomNode(3),
            new IrAtomNode(4),
            new IrAnd(new IrList<int>([IsLarge, IsRecent])),
        ],
        Norms = [Norm(0, Applies, False, True, -1)],
        Categories = [new CategorySchema { Name = "battery", Title = "Battery", Node = IsBattery }],
        Modules = [new ModuleSchema("small", "Small", null, null)],
        StepTables = [],
    };

    public static NormSchema Norm(int index, int applies, int exempted, int inForce, int fulfilled) => new()
    {
        Index = index,
        Name = $"norm{index}",
        QualifiedName = $"small.norm{index}",
        Kind = NormKind.Obligation,
        Title = $"Norm {index}",
        Applies = applies,
        Exempted = exempted,
        InForce = inForce,
        Fulfilled = fulfilled,
        Date = Today,
        IsJudgedByEvaluationDate = true,
    };

    /// <summary>A record of which nothing is known.</summary>
    public static long[] Record() => [Runtime.Facts.Fact.Missing, Runtime.Facts.Fact.Missing, Runtime.Facts.Fact.Missing,
        Runtime.Facts.Fact.Missing, Runtime.Facts.Fact.Missing, Runtime.Facts.Fact.Missing];

    public static long Hs(string digits) => (long)NaiveValue.Hs(digits).Number;

    private static FactSchema Fact(int index, string name, FactKind kind) => new() { Index = index, Name = name, Kind = kind, AllowsNone = true };
}
