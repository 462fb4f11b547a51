using System.Globalization;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;

namespace CccRules.Tests.Differential;

/// <summary>
/// A record as the numbers that a compiled ruleset reads, written from what <see cref="Fact"/> says and sharing nothing with the
/// compiler's own way there.
/// </summary>
internal static class FactEncoder
{
    public static long[] Encode(BoundRuleset ruleset, ReferenceRecord record, TextDictionary texts)
    {
        var facts = new List<long>();
        facts.AddRange(ruleset.Fields.Select(field => Encode(record.Fields.GetValueOrDefault(field), field.Type, texts)));
        facts.AddRange(ruleset.Questions.Select(question => record.Answers.TryGetValue(question, out var isYes) ? isYes ? 1 : 0 : Fact.Missing));
        facts.AddRange(ruleset.Calendars.Select(_ => Fact.Missing));
        facts.AddRange(ruleset.ListCalls.Select(_ => Fact.Missing));
        facts.Add(record.EvaluationDay ?? Fact.Missing);
        return [.. facts];
    }

    private static long Encode(ConstantValue? value, TypeSymbol type, TextDictionary texts) => value switch
    {
        null => Fact.Missing,
        NoneConstant => Fact.None,
        YesNoConstant answer => answer.Value ? 1 : 0,
        NumberConstant number => Whole(type.IsInteger ? number.Value : number.Value * new Rational(Fact.DecimalScale)),
        TextConstant text => texts.Intern(text.Value),
        DateConstant date => date.Day,
        DurationConstant duration => (long)(type.Basis == DurationBasis.Months ? duration.Months : duration.Days),
        MemberConstant member => member.Ordinal,
        MembersConstant members => members.Mask,
        CountryConstant { Code: [var first, var second] } => ((first - 'A') * 26) + (second - 'A'),
        HsConstant { Digits: var digits } => (long.Parse(digits + new string('0', 13 - digits.Length), CultureInfo.InvariantCulture) * 16) + digits.Length,
        _ => throw new NotSupportedException(value.ToString()),
    };

    private static long Whole(Rational number) =>
        number.Denominator.IsOne && number.Numerator > Fact.None && number.Numerator <= long.MaxValue
            ? (long)number.Numerator
            : throw new ArgumentException($"{number} fits no fact");
}
