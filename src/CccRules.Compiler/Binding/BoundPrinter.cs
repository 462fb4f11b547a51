using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>
/// Bound rules as text: every name qualified, every type said, every unit converted, in the order of evaluation.
/// </summary>
internal static class BoundPrinter
{
    public static string Print(BoundRuleset ruleset)
    {
        var text = new StringBuilder();
        foreach (var field in ruleset.Fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"field {field.QualifiedName} : {field.Type}").Append('\n');
        }

        foreach (var question in ruleset.Questions)
        {
            text.Append(CultureInfo.InvariantCulture, $"question {question.QualifiedName}").Append('\n');
        }

        foreach (var declaration in ruleset.Declarations)
        {
            Print(declaration, text);
        }

        foreach (var process in ruleset.Processes)
        {
            Print(process, text);
        }

        return text.ToString();
    }

    /// <summary>One expression, fully parenthesised.</summary>
    public static string Print(BoundExpression expression) => expression switch
    {
        BoundError => "error",
        BoundConstant constant => Print(constant.Value, constant.Type),
        BoundField field => field.Field.QualifiedName,
        BoundQuestion question => question.Question.QualifiedName,
        BoundParameter parameter => $"{parameter.Parameter.QualifiedName} at {(parameter.At is { } at ? Print(at) : "evaluation date")}",
        BoundDefineReference reference => reference.Define.QualifiedName,
        BoundColumn column => column.Column.QualifiedName,
        BoundCategoryReference reference => reference.Category.QualifiedName,
        BoundStatusTest test => $"({test.Norm.QualifiedName} is {test.Statuses.Name(test.Norm.Kind)})",
        BoundAnd and => Join(" and ", and.Operands),
        BoundOr or => Join(" or ", or.Operands),
        BoundNot not => $"not {Print(not.Operand)}",
        BoundAtLeast atLeast => $"at least {atLeast.Count} of {Join(", ", atLeast.Operands)}",
        BoundComparison comparison => $"({Print(comparison.Left)} {Sign(comparison.Kind)} {Print(comparison.Right)})",
        BoundBetween between => $"({Print(between.Operand)} between {Print(between.Low)} and {Print(between.High)})",
        BoundIn list => $"({Print(list.Operand)} in {Join(", ", list.Items)})",
        BoundUnder under => $"({Print(under.Operand)} under {Ranges(under.Included)}{(under.Excluded.IsEmpty ? "" : " except " + Ranges(under.Excluded))})",
        BoundMatches matches => $"({Print(matches.Operand)} matches {Quote(matches.Pattern)})",
        BoundHas has => $"({Print(has.Operand)} has {(has.IsAll ? "all" : "any")} of {Print(new MembersConstant(has.Mask), has.Operand.Type)})",
        BoundSum sum => $"({string.Join(" + ", sum.Terms.Select(term => term.Factor == Rational.One ? Print(term.Operand) : $"{term.Factor} * {Print(term.Operand)}"))})",
        BoundMovedDate moved => $"({Print(moved.Date)}{string.Concat(moved.Moves.Select(move => $" {(move.IsBackwards ? "-" : "+")} {Print(move.Duration)}"))} rounded {(moved.Rounding == MonthRounding.Up ? "up" : "down")})",
        BoundListCall call => $"({call.Word.ToString().ToLowerInvariant()} {call.Fact.List.QualifiedName}{(call.Condition is { } condition ? " where " + Print(condition) : "")})",
        BoundWorkingDays days => $"{days.Count} working days of {days.Calendar.QualifiedName}",
        BoundWorkingDate moved => $"({Print(moved.Date)} {(moved.Count < 0 ? "-" : "+")} {Math.Abs(moved.Count)} working days of {moved.Calendar.QualifiedName})",
        BoundRecurringDate series => $"every {Print(series.Period, TypeSymbol.Error)} after {Print(series.Start)}{(series.Until is { } until ? " until " + Print(until) : "")}{(series.LastDone is { } done ? " last done " + Print(done) : "")} rounded {(series.Rounding == MonthRounding.Up ? "up" : "down")}",
        BoundExtreme extreme => $"{(extreme.IsLargest ? "largest" : "least")} {Join(", ", extreme.Operands)}",
        BoundYearOf year => $"year of {Print(year.Date)}",
        BoundSpan span => $"{(span.IsMonths ? "months" : "days")} between {Print(span.From)} and {Print(span.To)}",
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    private static void Print(BoundDeclaration declaration, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{declaration.Symbol.Noun} {declaration.Symbol.QualifiedName}");
        switch (declaration)
        {
            case BoundDefine define:
                text.Append(CultureInfo.InvariantCulture, $" : {define.Type}").Append('\n');
                foreach (var (value, guard) in define.Values)
                {
                    Line(text, "as", $"{Print(value)}{(guard is null ? "" : " when " + Print(guard))}");
                }

                break;
            case BoundTable table:
                text.Append(CultureInfo.InvariantCulture, $" {table.Table.Policy}").Append('\n');
                Line(text, "match", string.Join(", ", table.Inputs.Select(Print)));
                Line(text, "gives", string.Join(", ", table.Table.Columns.Select(column => $"{column.QualifiedName} : {column.Type}")));
                foreach (var row in table.Rows)
                {
                    Line(text, "row", CellPrinter.Print(row, table));
                }

                break;
            case BoundCategory category:
                text.Append('\n');
                Clauses(text, category.When, category.Unless, []);
                break;
            case BoundExemption exemption:
                text.Append('\n');
                Line(text, "lifts", string.Join(", ", exemption.Lifts.Select(norm => norm.QualifiedName)));
                Clauses(text, exemption.When, exemption.Unless, exemption.Windows);
                break;
            case BoundNorm norm:
                text.Append('\n');
                Line(text, "as of", norm.AsOf is { } date ? Print(date) : "evaluation date");
                Clauses(text, norm.When, norm.Unless, norm.Windows);
                Line(text, "fulfilled when", norm.Fulfilled);
                foreach (var exemption in norm.Exemptions)
                {
                    Line(text, "exempted by", exemption.QualifiedName);
                }

                break;
            case BoundDeadline deadline:
                text.Append('\n');
                Line(text, "for", deadline.For?.QualifiedName ?? "itself");
                Clauses(text, deadline.When, deadline.Unless, []);
                Line(text, "due", deadline.Due);
                Line(text, "met when", deadline.Met);
                if (deadline.Remind is { } remind)
                {
                    Line(text, "remind", Print(remind, TypeSymbol.Error));
                }

                break;
            default:
                throw new UnreachableException(declaration.GetType().Name);
        }
    }

    private static void Print(ProcessSymbol process, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"process {process.QualifiedName}").Append('\n');
        foreach (var norm in process.Norms)
        {
            Line(text, "for", norm.QualifiedName);
        }

        foreach (var step in process.Steps)
        {
            var lasts = step is { Shortest: { } shortest, Longest: { } longest } ? StepLength.Format(shortest, longest) : "unknown";
            var after = step.After.IsEmpty ? "" : $" after {string.Join(" and ", step.After.Select(symbol => symbol is StepSymbol ? symbol.Name : symbol.QualifiedName))}";
            Line(text, "step", $"{step.Name} lasts {lasts}{after}");
        }
    }

    private static void Clauses(StringBuilder text, BoundExpression? when, BoundExpression? unless, ImmutableArray<BoundWindow> windows)
    {
        Line(text, "when", when);
        Line(text, "unless", unless);
        foreach (var window in windows)
        {
            var parts = new[] { ("from", window.From), ("until", window.Until), ("where", window.Where) };
            Line(text, "in force", string.Join(' ', parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {Print(part.Item2 ?? throw new UnreachableException())}")));
        }
    }

    private static void Line(StringBuilder text, string word, BoundExpression? expression)
    {
        if (expression is not null)
        {
            Line(text, word, Print(expression));
        }
    }

    private static void Line(StringBuilder text, string word, string what) => text.Append("  ").Append(word).Append(' ').Append(what).Append('\n');

    private static string Join(string separator, IEnumerable<BoundExpression> parts) => $"({string.Join(separator, parts.Select(Print))})";

    private static string Ranges(ImmutableArray<HsRange> ranges) =>
        $"({string.Join(", ", ranges.Select(range => range.First == range.Last ? range.First : $"{range.First} to {range.Last}"))})";

    private static string Sign(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Equal => "=",
        ComparisonKind.NotEqual => "<>",
        ComparisonKind.Less => "<",
        ComparisonKind.LessOrEqual => "<=",
        ComparisonKind.Greater => ">",
        ComparisonKind.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(kind.ToString()),
    };

    /// <summary>A constant of a type, as rules write it.</summary>
    public static string Print(ConstantValue value, TypeSymbol type) => value switch
    {
        NoneConstant => "none",
        YesNoConstant yesNo => yesNo.Value ? "yes" : "no",
        NumberConstant number => type.Unit is { } unit ? $"{number.Value} {unit.Symbol}" : number.Value.ToString(),
        DateConstant date => CivilDate.Format(date.Day),
        DurationConstant duration => string.Join(' ', new[] { (duration.Months, "months"), (duration.Days, "days") }
            .Where(part => !part.Item1.IsZero).Select(part => $"{part.Item1.ToString(CultureInfo.InvariantCulture)} {part.Item2}").DefaultIfEmpty("0 days")),
        TextConstant text => Quote(text.Value),
        MemberConstant member => type.Enumeration?.Members[member.Ordinal] ?? "?",
        MembersConstant members => $"({string.Join(", ", (type.Enumeration?.Members ?? []).Where((_, bit) => (members.Mask >> bit & 1) != 0))})",
        CountryConstant country => country.Code,
        HsConstant code => code.Digits,
        _ => throw new UnreachableException(value.GetType().Name),
    };

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
