using System.Collections.Immutable;
using System.Diagnostics;

namespace CccRules.Compiler.Ir;

/// <summary>What an entry of a module uses, in order.</summary>
internal static class IrOperands
{
    /// <summary>The values that a value is computed from. A guard is no value and is not among them.</summary>
    public static ImmutableArray<int> Of(IrValue value) => value switch
    {
        IrFact or IrConstant or IrTextConstant => [],
        IrExtreme extreme => extreme.Operands.Items,
        IrAddWorkingDays add => [add.Date, add.Beyond],
        IrNextOccurrence next => [next.Start, next.Day],
        IrHull hull => [hull.Then, hull.Else],
        IrKnownExtreme extreme => extreme.Operands.Items,
        IrAddPeriod add => [add.Date, add.Months, add.Days],
        IrLinear linear => [.. linear.Terms.Items.Select(term => term.Operand)],
        IrSelect select => [select.Then, select.Else],
        IrStep step => [step.Day],
        IrLookup lookup => lookup.Inputs.Items,
        IrYearOf year => [year.Date],
        IrDaysBetween days => [days.From, days.To],
        IrMonthsBetween months => [months.From, months.To],
        _ => throw new UnreachableException(),
    };

    /// <summary>The logic node that a value asks before it chooses among its operands; -1: none.</summary>
    public static int GuardOf(IrValue value) => value switch
    {
        IrSelect select => select.Guard,
        IrHull hull => hull.Guard,
        _ => -1,
    };

    /// <summary>The values that an atom tests.</summary>
    public static ImmutableArray<int> Of(IrAtom atom) => atom switch
    {
        IrInSet test => [test.Value],
        IrHsInSet test => [test.Value],
        IrHasAny test => [test.Value],
        IrCompare compare => [compare.Left, compare.Right],
        IrTextInSet test => [test.Value],
        IrMatches test => [test.Value],
        _ => throw new UnreachableException(),
    };

    /// <summary>The logic nodes that a node combines. An atom's node and a status have none of their own.</summary>
    public static ImmutableArray<int> Of(IrLogic node) => node switch
    {
        IrTruth or IrAtomNode or IrStatus => [],
        IrAnd and => and.Operands.Items,
        IrOr or => or.Operands.Items,
        IrNot not => [not.Operand],
        IrIfThenElse condition => [condition.Guard, condition.Then, condition.Else],
        IrAtLeast atLeast => atLeast.Operands.Items,
        _ => throw new UnreachableException(),
    };
}
