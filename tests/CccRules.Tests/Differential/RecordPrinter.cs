using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Differential;

/// <summary>A record as the clauses of a <c>scenario</c> that gives it.</summary>
internal static class RecordPrinter
{
    public static string Print(BoundRuleset rules, ReferenceRecord record)
    {
        var facts = rules.Fields.Where(record.Fields.ContainsKey).Select(field => $"{field.Name} {Print(record.Fields[field], field.Type)}").ToList();
        var lines = new List<string>();
        if (facts.Count > 0)
        {
            lines.Add($"given {string.Join(", ", facts)}");
        }

        lines.AddRange(rules.Questions.Where(record.Answers.ContainsKey).Select(question => $"assume {question.Name} {(record.Answers[question] ? "yes" : "no")}"));
        if (record.EvaluationDay is { } day)
        {
            lines.Add($"as of {CivilDate.Format(day)}");
        }

        return string.Join("\n  ", lines.Prepend("scenario \"found\""));
    }

    private static string Print(ConstantValue value, TypeSymbol type) => value switch
    {
        NoneConstant => "none",
        YesNoConstant answer => answer.Value ? "yes" : "no",
        NumberConstant number => type.Unit is { } unit ? $"{number.Value} {unit.Symbol}" : $"{number.Value}",
        TextConstant text => $"\"{string.Concat(text.Value.Select(letter => letter is >= ' ' and <= '~' and not ('"' or '\\') ? $"{letter}" : $"\\u{{{(int)letter:X}}}"))}\"",
        DateConstant date => CivilDate.Format(date.Day),
        DurationConstant duration => type.Basis == DurationBasis.Months ? $"{duration.Months} months" : $"{duration.Days} days",
        MemberConstant member => type.Enumeration!.Members[member.Ordinal],
        MembersConstant members => $"({string.Join(", ", type.Enumeration!.Members.Where((_, bit) => (members.Mask >> bit & 1) == 1))})",
        CountryConstant country => country.Code,
        HsConstant code => code.Digits,
        _ => throw new NotSupportedException(value.ToString()),
    };
}
