using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Ir;

/// <summary>
/// A module as text, one entry a line: v = value, a = atom, n = logic node. The same module gives the same text.
/// </summary>
internal static class IrPrinter
{
    public static string Print(IrModule module)
    {
        var text = new StringBuilder();
        foreach (var fact in module.Facts)
        {
            Line(text, $"fact {fact.Index} {fact.Name} : {fact.Kind}{(fact.AllowsNone ? " or none" : "")}");
        }

        for (var i = 0; i < module.StepTables.Length; i++)
        {
            var entries = module.StepTables[i].Entries.Select(entry => Text($"{Day(entry.FromDay)} {entry.Value}"));
            Line(text, $"steps {i} = [{string.Join(", ", entries)}]");
        }

        for (var i = 0; i < module.Tables.Length; i++)
        {
            foreach (var row in module.Tables[i].Rows)
            {
                Line(text, $"table {i} | {string.Join(" | ", row.Cells.Select(Cell))} || {string.Join(" | ", row.Given.Select(Given))}");
            }
        }

        for (var i = 0; i < module.Values.Length; i++)
        {
            Line(text, $"v{i} : {Type(module.Values[i].Type)} = {Value(module.Values[i], module)}");
        }

        for (var i = 0; i < module.Atoms.Length; i++)
        {
            Line(text, $"a{i} = {Atom(module.Atoms[i], module)}");
        }

        for (var i = 0; i < module.Logic.Length; i++)
        {
            Line(text, $"n{i} = {Logic(module.Logic[i], module)}");
        }

        foreach (var norm in module.Norms)
        {
            Line(text, $"norm {norm.Index} {norm.QualifiedName} : {norm.Kind}{Norm(norm)}");
        }

        foreach (var list in module.Lists)
        {
            Line(text, $"list {list.Fact}");
            foreach (var line in Print(list.Module).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Line(text, $"  {line}");
            }

            foreach (var derived in list.Derived)
            {
                Line(text, $"  fact {derived.Fact} = {derived.Word} {Optional('c', derived.Category)}");
            }
        }

        foreach (var category in module.Categories)
        {
            Line(text, $"category {category.Name} n{category.Node}");
        }

        return text.ToString();
    }

    private static string Norm(NormSchema norm)
    {
        var text = new StringBuilder();
        Append(text, $" applies n{norm.Applies} exempted n{norm.Exempted} in-force n{norm.InForce}");
        Append(text, $"{(norm.Fulfilled < 0 ? "" : Text($" fulfilled n{norm.Fulfilled}"))} date v{norm.Date}");
        if (norm.Deadline is { } deadline)
        {
            Append(text, $" due v{deadline.Due} earliest v{deadline.Earliest} latest v{deadline.Latest} overdue n{deadline.Overdue} soon n{deadline.Soon}");
        }

        foreach (var window in norm.Windows)
        {
            Append(text, $" window({Optional('v', window.From)}, {Optional('v', window.Until)}, {Optional('n', window.Where)})");
        }

        foreach (var exemption in norm.Exemptions)
        {
            Append(text, $" exemption({exemption.Name}, n{exemption.Node})");
        }

        return text.ToString();
    }

    private static string Type(IrType type)
    {
        var denominator = type.Denominator.IsOne ? "" : Text($"/{type.Denominator}");
        return $"{type.Kind}{denominator}{(type.IsWide ? " wide" : "")}";
    }

    private static string Value(IrValue value, IrModule module) => value switch
    {
        IrFact fact => Text($"fact {fact.Fact} {module.Facts[fact.Fact].Name}"),
        IrConstant { IsNone: true } => "none",
        IrConstant constant => Number(constant.Value, constant.Type.Kind),
        IrTextConstant text => Quoted(text.Text),
        IrExtreme extreme => $"{(extreme.IsLargest ? "largest" : "least")}({List('v', extreme.Operands)})",
        IrAddWorkingDays add => Text($"add(v{add.Date}, {add.Count} working days of calendar {add.Calendar}, beyond v{add.Beyond})"),
        IrNextOccurrence next => Text($"next(v{next.Start} every {next.Months} months {next.Days} days, from v{next.Day}, round {next.Rounding})"),
        IrHull hull => Text($"{(hull.IsLatest ? "latest" : "earliest")} if n{hull.Guard} then v{hull.Then} else v{hull.Else}"),
        IrKnownExtreme extreme => $"{(extreme.IsLatest ? "largest" : "least")} known({List('v', extreme.Operands)})",
        IrAddPeriod add => Text($"add(v{add.Date}, months v{add.Months}, days v{add.Days}, round {add.Rounding})"),
        IrLinear linear => Text($"{string.Join(" + ", linear.Terms.Items.Select(term => Text($"{term.Factor} * v{term.Operand}")))} + {linear.Constant}"),
        IrSelect select => Text($"if n{select.Guard} then v{select.Then} else v{select.Else}"),
        IrStep step => Text($"steps {step.Table} at v{step.Day}"),
        IrLookup lookup => Text($"table {lookup.Table} output {lookup.Output} of ({List('v', lookup.Inputs)})"),
        IrYearOf year => Text($"year of v{year.Date}"),
        IrDaysBetween days => Text($"days between v{days.From} and v{days.To}"),
        IrMonthsBetween months => Text($"months between v{months.From} and v{months.To}, round {months.Rounding}"),
        _ => throw new UnreachableException(),
    };

    private static string Cell(IrCell? cell) => cell switch
    {
        null => "-",
        IrIntervalCell intervals => $"{Bounds(intervals.Bounds.Select(bound => (BigInteger)bound), IrKind.Number)}{OrNone(intervals.IncludesNone)}",
        IrMaskCell mask => Text($"{(mask.IsNegated ? "not " : "")}0x{mask.Mask:X}{OrNone(mask.IncludesNone)}"),
        IrTextCell texts => $"{(texts.IsNegated ? "not " : "")}[{string.Join(", ", texts.Texts.Select(Quoted))}]{OrNone(texts.IncludesNone)}",
        _ => throw new UnreachableException(),
    };

    private static string Given(IrGiven given) => given switch
    {
        { Text: { } text } => Quoted(text),
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        _ => "none",
    };

    private static string Atom(IrAtom atom, IrModule module) => atom switch
    {
        IrInSet test => Text($"v{test.Value} in {Bounds(test.Bounds.Items, module.Values[test.Value].Type.Kind)}{OrNone(test.IncludesNone)}"),
        IrHsInSet test => Text($"v{test.Value} under {Bounds(test.Bounds.Items.Select(bound => (BigInteger)bound), IrKind.HsCode)}{OrNone(test.IncludesNone)}"),
        IrHasAny test => Text($"v{test.Value} has any of 0x{test.Mask:X}{OrNone(test.IncludesNone)}"),
        IrCompare compare => Text($"{Multiple(compare.Left, compare.LeftFactor)} {Sign(compare.Comparison)} {Multiple(compare.Right, compare.RightFactor)}"),
        IrTextInSet test => Text($"v{test.Value} in [{string.Join(", ", test.Texts.Items.Select(Quoted))}]{OrNone(test.IncludesNone)}"),
        IrMatches test => Text($"v{test.Value} matches {Quoted(test.Pattern)}"),
        _ => throw new UnreachableException(),
    };

    private static string Logic(IrLogic node, IrModule module) => node switch
    {
        IrTruth truth => truth.IsTrue ? "true" : "false",
        IrAtomNode atom => Text($"a{atom.Atom}"),
        IrAnd and => $"and({List('n', and.Operands)})",
        IrOr or => $"or({List('n', or.Operands)})",
        IrNot not => Text($"not n{not.Operand}"),
        IrIfThenElse condition => Text($"if n{condition.Guard} then n{condition.Then} else n{condition.Else}"),
        IrAtLeast atLeast => Text($"at least {atLeast.Count} of ({List('n', atLeast.Operands)})"),
        IrStatus status => Text($"norm {status.Norm} is {status.Statuses.Name(module.Norms[status.Norm].Kind)}"),
        _ => throw new UnreachableException(),
    };

    private static string Bounds(IEnumerable<BigInteger> bounds, IrKind kind) =>
        $"[{string.Join(", ", bounds.Chunk(2).Select(pair => pair[0] == pair[1] ? Number(pair[0], kind) : $"{Number(pair[0], kind)}..{Number(pair[1], kind)}"))}]";

    private static string Number(BigInteger number, IrKind kind) =>
        kind == IrKind.Date && number >= 0 && number <= DateOnly.MaxValue.DayNumber ? Day((long)number) : number.ToString(CultureInfo.InvariantCulture);

    private static string Day(long day) => day >= 0 && day <= DateOnly.MaxValue.DayNumber
        ? DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : day.ToString(CultureInfo.InvariantCulture);

    private static string Multiple(int value, BigInteger factor) => factor.IsOne ? Text($"v{value}") : Text($"{factor} * v{value}");

    private static string Sign(IrComparison comparison) => comparison switch
    {
        IrComparison.Equal => "=",
        IrComparison.NotEqual => "<>",
        IrComparison.Less => "<",
        IrComparison.LessOrEqual => "<=",
        _ => throw new UnreachableException(),
    };

    private static string OrNone(bool includesNone) => includesNone ? " or none" : "";

    private static string Optional(char prefix, int position) => position < 0 ? "-" : Text($"{prefix}{position}");

    private static string List(char prefix, IrList<int> operands) =>
        string.Join(", ", operands.Items.Select(operand => Text($"{prefix}{operand}")));

    /// <summary>A text on one line, whatever is in it.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                quoted.Append('\\').Append(character);
            }
            else if (character is >= ' ' and <= '~')
            {
                quoted.Append(character);
            }
            else
            {
                Append(quoted, $"\\u{(int)character:x4}");
            }
        }

        return quoted.Append('"').ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, FormattableString part) => text.Append(Text(part));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Text(line)).Append('\n');
}
