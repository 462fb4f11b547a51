using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;

namespace CccRules.Tests.Differential;

/// <summary>
/// Records for some rules: each fact is a constant of the rules or a neighbour of one, an end of its type, missing, or none. So
/// random records meet the places where answers change.
/// </summary>
internal sealed class RecordSource
{
    private static readonly string[] Texts = ["", "A", "a", "AB", "B", "Ä", "\u2028", "\U0001F50B", "Z9", "z", "lithium-ion"];
    private static readonly string[] Countries = ["CN", "DE", "US", "AD", "ZW"];
    private static readonly string[] Codes = ["01", "85", "8507", "850760", "8507600000000", "9999999999999"];
    private static readonly string[] Days =
    [
        "0001-01-01", "9999-12-31", "2024-01-30", "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-01", "2023-02-28", "2025-02-28", "2025-03-31", "2024-12-31",
    ];

    private readonly BoundRuleset _rules;
    private readonly Random _random;
    private readonly HashSet<Rational> _numbers = [];
    private readonly HashSet<long> _days = [];
    private readonly HashSet<BigInteger> _durations = [];
    private readonly HashSet<string> _texts = [.. Texts];
    private readonly HashSet<string> _countries = [.. Countries];
    private readonly HashSet<string> _codes = [.. Codes];
    private readonly Dictionary<FieldSymbol, List<ConstantValue>> _candidates = [];

    public RecordSource(BoundRuleset rules, int seed)
    {
        _rules = rules;
        _random = new Random(seed);
        _days.UnionWith(Days.Select(day => (long)DateOnly.ParseExact(day, "yyyy-MM-dd").DayNumber));
        foreach (var part in BoundParts.All(rules))
        {
            Collect(part);
        }

        foreach (var cell in rules.Declarations.OfType<BoundTable>().SelectMany(table => table.Rows).SelectMany(row => row.Cells))
        {
            Collect(cell);
        }

        foreach (var module in rules.Modules)
        {
            _days.UnionWith(new[] { module.FromDay, module.UntilDay }.OfType<long>());
        }

        foreach (var fact in rules.Scenarios.SelectMany(scenario => scenario.Facts))
        {
            Collect(fact.Value);
        }

        foreach (var field in rules.Fields.Concat(rules.Fields.SelectMany(field => field.Entry?.Fields ?? [])).Where(field => field.Type.Kind != TypeKind.List))
        {
            _candidates[field] = [.. Candidates(field.Type)];
        }
    }

    /// <summary>Every value that a field may take here; never empty.</summary>
    public IReadOnlyList<ConstantValue> CandidatesOf(FieldSymbol field) => _candidates[field];

    public long AnyDay() => Any([.. Near(_days)]);

    /// <summary>The entries of a list where more is known of them than a record says.</summary>
    public ImmutableArray<ImmutableDictionary<FieldSymbol, ConstantValue>> Learnt(FieldSymbol list, ReferenceRecord record)
    {
        if (!record.Lists.TryGetValue(list, out var entries))
        {
            return [.. Enumerable.Range(0, _random.Next(4)).Select(_ => EntryOf(list, 0.3))];
        }

        return [.. entries.Select(entry => entry.AddRange(EntryOf(list, 0.5).Where(value => !entry.ContainsKey(value.Key))))];
    }

    public IEnumerable<ReferenceRecord> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    private ReferenceRecord Next()
    {
        // Some records know everything, some hardly anything.
        var missing = new[] { 0, 0.1, 0.3, 0.7 }[_random.Next(4)];
        var record = ReferenceRecord.Empty with { EvaluationDay = IsMissing(missing) ? null : AnyDay() };
        foreach (var list in _rules.Fields.Where(field => field.Entry is not null && !IsMissing(missing)))
        {
            record = record with { Lists = record.Lists.Add(list, [.. Enumerable.Range(0, _random.Next(4)).Select(_ => EntryOf(list, missing))]) };
        }

        foreach (var field in _rules.Fields.Where(field => field.Type.Kind != TypeKind.List && !IsMissing(missing)))
        {
            record = record with { Fields = record.Fields.Add(field, Any(_candidates[field])) };
        }

        foreach (var question in _rules.Questions.Where(_ => !IsMissing(Math.Max(missing, 0.3))))
        {
            record = record with { Answers = record.Answers.Add(question, _random.Next(2) == 0) };
        }

        return record;
    }

    private ImmutableDictionary<FieldSymbol, ConstantValue> EntryOf(FieldSymbol list, double missing) =>
        (list.Entry?.Fields ?? []).Where(_ => !IsMissing(missing)).ToImmutableDictionary(field => field, field => Any(_candidates[field]));

    private bool IsMissing(double share) => _random.NextDouble() < share;

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private void Collect(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConstant constant:
                Collect(constant.Value);
                break;
            case BoundParameter parameter:
                foreach (var entry in parameter.Entries)
                {
                    Collect(entry.Value);
                    _days.UnionWith(new[] { entry.FromDay }.OfType<long>());
                }

                break;
            case BoundUnder under:
                _codes.UnionWith(under.Included.Concat(under.Excluded).SelectMany(range => new[] { range.First, range.Last }));
                break;
            case BoundSum sum:
                // The threshold of `2 * a > 3` is 3 / 2.
                foreach (var term in sum.Terms.Where(term => term.Factor != Rational.Zero))
                {
                    _numbers.UnionWith(BoundParts.Of(sum).OfType<BoundConstant>().Select(part => part.Value).OfType<NumberConstant>().Select(number => number.Value / term.Factor).ToList());
                }

                break;
            case BoundComparison { Left: BoundSum sum, Right: BoundConstant { Value: NumberConstant number } }:
                _numbers.UnionWith(sum.Terms.Where(term => term.Factor != Rational.Zero).Select(term => number.Value / term.Factor));
                break;
        }
    }

    private void Collect(BoundCell? cell)
    {
        IEnumerable<ConstantValue?> values = cell switch
        {
            BoundRangeCell ranges => ranges.Ranges.SelectMany(range => new[] { range.Low, range.High }),
            BoundValueCell constants => constants.Values,
            BoundCodeCell codes => codes.Codes.SelectMany(range => new[] { new HsConstant(range.First), new HsConstant(range.Last) }),
            _ => [],
        };
        foreach (var value in values.OfType<ConstantValue>())
        {
            Collect(value);
        }
    }

    private void Collect(ConstantValue value)
    {
        switch (value)
        {
            case NumberConstant number:
                _numbers.Add(number.Value);
                break;
            case DateConstant date:
                _days.Add(date.Day);
                break;
            case DurationConstant duration:
                _durations.UnionWith([duration.Months, duration.Days]);
                break;
            case TextConstant text:
                _texts.UnionWith([text.Value, text.Value + "a"]);
                break;
            case CountryConstant country:
                _countries.Add(country.Code);
                break;
            case HsConstant code:
                _codes.Add(code.Digits);
                break;
        }
    }

    private IEnumerable<ConstantValue> Candidates(TypeSymbol type)
    {
        IEnumerable<ConstantValue> values = type.Kind switch
        {
            TypeKind.YesNo => [new YesNoConstant(false), new YesNoConstant(true)],
            TypeKind.Number => Numbers(type.IsInteger).Select(number => new NumberConstant(number)),
            TypeKind.Text => _texts.Select(text => new TextConstant(text)),
            TypeKind.Date => Near(_days).Where(day => day >= 0 && day <= DateOnly.MaxValue.DayNumber).Select(day => new DateConstant(day)),
            TypeKind.Duration => Durations().Select(count => type.Basis == DurationBasis.Months ? new DurationConstant(count, 0) : new DurationConstant(0, count)),
            TypeKind.Member => Enumerable.Range(0, type.Enumeration!.Members.Length).Select(ordinal => new MemberConstant(ordinal)),
            TypeKind.MemberSet => Enumerable.Range(0, 12).Select(_ => new MembersConstant(_random.NextInt64() & ((1L << type.Enumeration!.Members.Length) - 1))).Append(new MembersConstant(0)),
            TypeKind.Country => _countries.Select(code => new CountryConstant(code)),
            TypeKind.Hs => _codes.SelectMany(NearCode).Distinct().Select(digits => new HsConstant(digits)),
            _ => throw new NotSupportedException(type.ToString()),
        };
        var list = values.ToList();

        // One in eight or so is none.
        return type.AllowsNone ? list.Concat(Enumerable.Repeat(NoneConstant.Instance, 1 + (list.Count / 8))) : list;
    }

    private IEnumerable<Rational> Numbers(bool isInteger)
    {
        var scale = new Rational(isInteger ? 1 : 1_000_000);
        var most = new Rational(long.MaxValue) / scale;
        var step = Rational.One / scale;
        var around = _numbers.Append(Rational.Zero).SelectMany(number =>
        {
            var whole = new Rational((number * scale).Floor()) / scale;
            return new[] { whole - step, whole, whole + step, -whole };
        });
        return around.Append(most).Append(-most + step).Where(number => number <= most && number > -most).Distinct();
    }

    private IEnumerable<BigInteger> Durations() =>
        _durations.Append(0).SelectMany(count => new[] { count - 1, count, count + 1, -count })
            .Append(int.MaxValue).Append(int.MinValue + 2).Where(count => count > int.MinValue + 1 && count <= int.MaxValue).Distinct();

    private static IEnumerable<long> Near(IEnumerable<long> days) =>
        days.SelectMany(day => new[] { day - 1, day, day + 1 }).Where(day => day >= 0 && day <= DateOnly.MaxValue.DayNumber).Distinct();

    /// <summary>The code, shorter and longer ones, and the first and last full codes about it.</summary>
    private static IEnumerable<string> NearCode(string code)
    {
        foreach (var length in new[] { 2, 4, 6, 8, 10, 13 })
        {
            if (length <= code.Length)
            {
                yield return code[..length];
            }
            else
            {
                yield return code.PadRight(length, '0');
                yield return code.PadRight(length, '9');
            }
        }

        yield return code;
        var number = BigInteger.Parse(code.PadRight(13, '0'));
        yield return BigInteger.Max(0, number - 1).ToString("D13");
        var last = BigInteger.Parse(code.PadRight(13, '9'));
        yield return BigInteger.Min(9_999_999_999_999, last + 1).ToString("D13");
    }
}
