using System.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Emit;

/// <summary>Statements that compute one derived value; the same for a record and for a row of columns.</summary>
internal sealed class ValueEmitter(IrModule module, TableBuilder tables)
{
    /// <summary>Writes statements that give <paramref name="value"/> to its name.</summary>
    public void Emit(CSharpWriter writer, int value, OperandNames names)
    {
        var target = names.Value(value);
        switch (module.Values[value])
        {
            case IrExtreme extreme:
                EmitExtreme(writer, extreme, target, names);
                break;
            case IrKnownExtreme extreme:
                EmitKnownExtreme(writer, extreme, target, names);
                break;
            case IrLinear linear:
                EmitLinear(writer, linear, target, names);
                break;
            case IrLookup lookup:
                EmitLookup(writer, lookup, target, names);
                break;
            case var other:
                writer.Line($"{target} = {Expression(other, names)};");
                break;
        }
    }

    /// <summary>A constant as a C# expression, in the form in which its type is held.</summary>
    public string Constant(IrValue value) => value switch
    {
        IrConstant { IsNone: true, Type.IsWide: true } => "WideOperations.None",
        IrConstant { IsNone: true } => "Fact.None",
        IrConstant { Type.IsWide: true } constant => CSharpWriter.Wide(constant.Value),
        IrConstant constant => CSharpWriter.Long(constant.Value),
        IrTextConstant text => CSharpWriter.Long(RuleTables.ConstantText(tables.Text(text.Text))),
        _ => throw new UnreachableException(),
    };

    private string Expression(IrValue value, OperandNames names) => value switch
    {
        IrConstant or IrTextConstant => Constant(value),
        IrAddPeriod add =>
            $"ValueOperations.AddPeriod({names.Narrow(add.Date)}, {names.Narrow(add.Months)}, {names.Narrow(add.Days)}, {Rounding(add.Rounding)})",
        IrAddWorkingDays add => $"ValueOperations.AddWorkingDays({names.Narrow(add.Date)}, {add.Count}, {names.Tables}, {add.Calendar})",
        IrNextOccurrence next => $"ValueOperations.NextOccurrence({names.Narrow(next.Start)}, {names.Narrow(next.Day)}, {next.Months}, {next.Days}, {Rounding(next.Rounding)})",
        IrHull hull => $"ValueOperations.Hull({names.Truth(hull.Guard)}, {names.Narrow(hull.Then)}, {names.Narrow(hull.Else)}, {(hull.IsLatest ? "true" : "false")})",
        IrSelect select => Select(select, names),
        IrStep step => $"ValueOperations.Step({names.Narrow(step.Day)}, {names.Tables}, {tables.Steps(module.StepTables[step.Table])})",
        IrYearOf year => $"ValueOperations.YearOf({names.Narrow(year.Date)})",
        IrDaysBetween days => $"ValueOperations.DaysBetween({names.Narrow(days.From)}, {names.Narrow(days.To)})",
        IrMonthsBetween months =>
            $"ValueOperations.MonthsBetween({names.Narrow(months.From)}, {names.Narrow(months.To)}, {Rounding(months.Rounding)})",
        _ => throw new UnreachableException(),
    };

    private static string Select(IrSelect select, OperandNames names)
    {
        var guard = names.Truth(select.Guard);
        if (select.Type.IsWide)
        {
            return $"WideOperations.Select({guard}, {names.Wide(select.Then)}, {names.Wide(select.Else)})";
        }

        var (then, otherwise) = (names.Narrow(select.Then), names.Narrow(select.Else));
        return select.Type.Kind switch
        {
            IrKind.Text => $"ValueOperations.SelectText({guard}, {then}, {otherwise}, {names.Texts}, {names.Tables})",
            IrKind.HsCode => $"ValueOperations.SelectHs({guard}, {then}, {otherwise})",
            _ => $"ValueOperations.Select({guard}, {then}, {otherwise})",
        };
    }

    private static void EmitExtreme(CSharpWriter writer, IrExtreme extreme, string target, OperandNames names)
    {
        string Operand(int value) => extreme.Type.IsWide ? names.Wide(value) : names.Narrow(value);
        var operation = $"{(extreme.Type.IsWide ? "WideOperations" : "ValueOperations")}.{(extreme.IsLargest ? "Largest" : "Least")}";
        var operands = extreme.Operands.Items;
        writer.Line($"{target} = {Operand(operands[0])};");
        foreach (var operand in operands.Skip(1))
        {
            writer.Line($"{target} = {operation}({target}, {Operand(operand)});");
        }
    }

    private static void EmitKnownExtreme(CSharpWriter writer, IrKnownExtreme extreme, string target, OperandNames names)
    {
        var operands = extreme.Operands.Items;
        writer.Line($"{target} = {names.Narrow(operands[0])};");
        foreach (var operand in operands.Skip(1))
        {
            writer.Line($"{target} = ValueOperations.{(extreme.IsLatest ? "LargestKnown" : "LeastKnown")}({target}, {names.Narrow(operand)});");
        }
    }

    private static void EmitLookup(CSharpWriter writer, IrLookup lookup, string target, OperandNames names)
    {
        writer.OpenBlock();
        writer.Line($"var lookup = new Lookup({names.Tables}, {lookup.Table}, {names.Texts});");
        foreach (var input in lookup.Inputs.Items)
        {
            writer.Line($"lookup.Add({names.Narrow(input)});");
        }

        writer.Line($"{target} = lookup.Find({lookup.Output});");
        writer.Close();
    }

    private static void EmitLinear(CSharpWriter writer, IrLinear linear, string target, OperandNames names)
    {
        // A block of its own, so that the sum's name can be used again.
        writer.OpenBlock();
        writer.Line($"var sum = new LinearSum({CSharpWriter.Wide(linear.Constant)});");
        foreach (var term in linear.Terms.Items)
        {
            writer.Line($"sum.Add({names.Wide(term.Operand)}, {CSharpWriter.Wide(term.Factor)});");
        }

        writer.Line(linear.Type.IsWide ? $"{target} = sum.Result;" : $"{target} = WideOperations.Narrow(sum.Result);");
        writer.Close();
    }

    private static string Rounding(MonthRounding rounding) => rounding switch
    {
        MonthRounding.Down => "MonthRounding.Down",
        MonthRounding.Up => "MonthRounding.Up",
        _ => throw new UnreachableException(),
    };
}
