using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Analysis;

/// <summary>Conditions over one fact as text, and the records whose values of it can make a difference to one.</summary>
internal static class RandomCondition
{
    public const string Rules =
        """
        ruleset test "Test"
        months round down
        record r
          yesno   : yes/no
          maybe   : yes/no or none
          int     : integer
          number  : decimal W or none
          day     : date
          date_or_none : date or none
          lasts   : duration months or none
          kind    : one of (toy, tool, drone)
          kind_or_none : one of (toy, tool, drone) or none
          traits  : set of (radio, mains, battery) or none
          origin  : country
          label   : text or none
          code    : hs or none
        question asked "Open?"
        parameter two : integer as 2
        define int_doubled as int * 2
        define int_high as int > 2
        define int_band as yes when int < 0 as no when int_high as int = 2 otherwise
        category int_low when int <= 2 unless int = 1
        define day_later as day + 1 months
        define day_passed as day_later > 2026-02-28

        """;

    private static readonly string[] Signs = ["=", "<>", "<", "<=", ">", ">="];
    private static readonly string[] Codes = ["85", "8507", "8507.60", "8507.60.00.90", "8501", "8501.10 to 8501.64", "8507.60 to 8507.80"];
    private static readonly string[] Dates = ["2025-12-31", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-31", "2027-01-01"];

    public static TheoryData<string> Kinds =>
        ["yesno", "asked", "maybe", "int", "number", "day", "date_or_none", "lasts", "kind", "kind_or_none", "traits", "origin", "label", "code"];

    public static string Of(string kind, Random random) => Of(kind, random, 3);

    public static IEnumerable<ReferenceRecord> Records(BoundRuleset ruleset, string kind)
    {
        if (kind == "asked")
        {
            return new[] { true, false }.Select(answer => ReferenceRecord.Empty with
            {
                Answers = ImmutableDictionary<QuestionSymbol, bool>.Empty.Add(ruleset.Questions[0], answer),
            });
        }

        var field = ruleset.Fields.Single(field => field.Name == kind);
        return Values(field.Type)
            .Concat(field.Type.AllowsNone ? [NoneConstant.Instance] : [])
            .Select(value => ReferenceRecord.Empty with
            {
                Fields = ImmutableDictionary<FieldSymbol, ConstantValue>.Empty.Add(field, value),
            });
    }

    private static string Of(string kind, Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            return Atom(kind, random);
        }

        string Part() => Of(kind, random, depth - 1);
        string Parts() => string.Join(", ", Enumerable.Range(0, 3).Select(_ => Part()));
        return random.Next(8) switch
        {
            0 => $"not ({Part()})",
            1 or 2 => $"(({Part()}) and ({Part()}))",
            3 or 4 => $"(({Part()}) or ({Part()}))",
            5 => $"at least {random.Next(1, 4)} of ({Parts()})",
            6 => $"(({Part()}) {Pick(random, "=", "<>")} ({Part()}))",
            _ => $"{Pick(random, "any", "all")} of ({Parts()})",
        };
    }

    private static string Atom(string kind, Random random) => kind switch
    {
        "yesno" or "asked" => Pick(random, kind, $"not {kind}", $"{kind} = yes", $"no <> {kind}", $"{kind} in (yes)"),
        "maybe" => $"maybe {Pick(random, "= yes", "is no", "<> no", "is none", "is not none", "in (yes, none)")}",
        "int" => Integer(random),
        "number" => random.Next(5) == 0 ? $"number {Pick(random, "is none", "is not none")}"
            : $"{Pick(random, "number", "number * 2", "number / 3 - 1 W", "1 W - number", "number - number", "number * 2 + number")} {Pick(random, Signs)} {Pick(random, "0 W", "0.5 W", "1 W", "0.001 kW", "0.0000005 W")}",
        "day" => random.Next(4) == 0
            ? Pick(random, "day_passed", $"day_later {Pick(random, Signs)} {Pick(random, Dates)}", "day_later > day_later", $"year of day_later = 202{random.Next(5, 8)}")
            : Date("day", random),
        "date_or_none" => random.Next(5) == 0 ? $"date_or_none {Pick(random, "is none", "is not none")}" : Date("date_or_none", random),
        "lasts" => random.Next(4) == 0 ? $"lasts {Pick(random, "is none", "is not none")}" : $"lasts {Pick(random, Signs)} {Pick(random, "0 months", "1 months", "1 years")}",
        "kind" => Member(kind, random),
        "kind_or_none" => random.Next(4) == 0 ? $"kind_or_none {Pick(random, "is none", "is not none", "in (toy, none)")}" : Member(kind, random),
        "traits" => random.Next(5) == 0 ? $"traits {Pick(random, "is none", "is not none")}"
            : $"traits has {Pick(random, "radio", "battery", "any of (radio, mains)", "all of (radio, mains)", "any of (radio, mains, battery)")}",
        "origin" => Pick(random, $"origin {Pick(random, "=", "<>")} {Pick(random, "CN", "DE", "FR")}", "origin in (CN, DE)", "origin not in (DE, FR)"),
        "label" => random.Next(5) == 0 ? $"label {Pick(random, "is none", "is not none", "between \"a\" and \"b\"", "in (\"a\", \"b\")")}"
            : $"label {Pick(random, Signs)} \"{Pick(random, "", "a", "ab", "b")}\"",
        _ => random.Next(5) == 0 ? $"code {Pick(random, "is none", "is not none")}"
            : $"code {Pick(random, "", "not ")}under {Pick(random, Pick(random, Codes), $"({Pick(random, Codes)}, {Pick(random, Codes)})", "85 except 8507.60")}",
    };

    private static string Integer(Random random)
    {
        var low = random.Next(-3, 4);
        return random.Next(8) switch
        {
            0 => $"int between {Signed(low)} and {Signed(low + random.Next(3))}",
            1 => $"int in ({Signed(low)}, {random.Next(4)}, 0.5)",
            2 => Pick(random, "int_high", "int_band", "int_low", "not int_low"),
            3 => $"int_doubled {Pick(random, Signs)} {Pick(random, "3", "4", "two", "int + 2")}",
            4 => $"{Signed(low)} {Pick(random, Signs)} 2 - int",
            5 => $"int / 3 {Pick(random, Signs)} {Pick(random, "1", "0.5", "0.3333")}",
            _ => $"int {Pick(random, Signs)} {Pick(random, Signed(low), "two")}",
        };
    }

    private static string Date(string day, Random random)
    {
        var sign = Pick(random, Signs);
        var date = Pick(random, Dates);
        return random.Next(6) switch
        {
            0 => $"{day} + 1 months {sign} {date}",
            1 => $"{day} - 1 months + 1 days {sign} {date}",
            2 => $"year of {day} {sign} 2026",
            3 => $"months between {Pick(random, $"{day} and {date}", $"{date} and {day}")} {sign} {random.Next(3)}",
            4 => $"days between {Pick(random, $"{day} and {date}", $"{date} and {day}")} {sign} {random.Next(3)}",
            _ => $"{day} {sign} {date}",
        };
    }

    private static string Member(string kind, Random random) =>
        $"{kind} {Pick(random, "is", "is not", "=")} {Pick(random, "toy", "tool", "drone")}";

    private static string Signed(int number) => number < 0 ? $"0 - {-number}" : $"{number}";

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    /// <summary>All values at which a condition made here can change its answer, one to either side, and the ends of the type.</summary>
    private static IEnumerable<ConstantValue> Values(TypeSymbol type) => type.Kind switch
    {
        TypeKind.YesNo => [new YesNoConstant(true), new YesNoConstant(false)],
        TypeKind.Number when type.IsInteger => Enumerable.Range(-12, 25).Select(number => new BigInteger(number))
            .Concat([long.MinValue + 2, long.MaxValue])
            .Select(number => new NumberConstant(new Rational(number))),
        TypeKind.Number => Millionths().Distinct().Select(number => new NumberConstant(new Rational(number, 1_000_000))),
        TypeKind.Date => Days().Distinct().Select(day => new DateConstant(day)),
        TypeKind.Duration => Enumerable.Range(-2, 16).Select(months => new DurationConstant(months, 0)),
        TypeKind.Member => Enumerable.Range(0, 3).Select(member => new MemberConstant(member)),
        TypeKind.MemberSet => Enumerable.Range(0, 8).Select(mask => new MembersConstant(mask)),
        TypeKind.Country => CountryCodes.All.Select(code => new CountryConstant(code)),
        TypeKind.Text => new[] { "", "\0", "A", "a", "a\0", "aa", "ab", "ab\0", "abc", "b", "b\0", "z" }.Select(text => new TextConstant(text)),
        _ => HsEdges().Distinct().Select(code => new HsConstant(code.ToString("D13"))),
    };

    /// <summary>Where multiples of the fact cross the numbers that conditions name.</summary>
    private static IEnumerable<long> Millionths() =>
        from numerator in new[] { 0L, 500_000, 1_000_000, -500_000, -1_000_000, 1_500_000, 2_000_000, 3_000_000, 4_500_000, 6_000_000 }
        from divisor in new[] { 1, 2, 3, -1 }
        from beside in new[] { -2, -1, 0, 1, 2 }
        select (numerator / divisor) + beside;

    /// <summary>Around the dates that conditions name every day, and beyond the first and last of the years.</summary>
    private static IEnumerable<long> Days() =>
    [
        CivilDate.MinDay, CivilDate.MaxDay,
        .. Between("2025-07-25", "2026-08-05"), .. Between("2024-12-30", "2025-01-02"), .. Between("2026-09-25", "2027-04-05"),
    ];

    private static IEnumerable<long> Between(string first, string last)
    {
        Assert.True(CivilDate.TryParse(first, out var from) & CivilDate.TryParse(last, out var to));
        return Enumerable.Range(0, (int)(to - from) + 1).Select(day => from + day);
    }

    private static IEnumerable<long> HsEdges() =>
        from code in new[] { "0", "85", "86", "8507", "8508", "850760", "850761", "850780", "850781", "8507600090", "8507600091", "8501", "8502", "850110", "850164", "850165", "99999999999999" }
        let first = long.Parse(code.PadRight(13, '0')[..13])
        from beside in new[] { -1, 0, 1 }
        where first + beside is >= 0 and <= 9_999_999_999_999
        select first + beside;
}
