using System.Globalization;

namespace CccRules.Compare.Workload;

/// <summary>
/// Rules from a seed, with constants from a common pool as notices share them. The more rules, the more special their goods: a prefix
/// is drawn among the codes with a probability of 1 / rank^e, and e falls as rules become more, so that a record meets about 1.5, 3.5,
/// 18 or 79 candidates of 12, 100, 1,000 or 10,000 rules.
/// </summary>
internal sealed class RuleSet
{
    private static readonly int[] OtherLengths = [6, 8, 10];

    private readonly Random _random;
    private readonly HsCodes _codes;
    private readonly double _exponent;
    private readonly double _headings;

    private RuleSet(int count, int seed, HsCodes codes)
    {
        _random = new Random(seed);
        _codes = codes;
        (_exponent, _headings, Candidates) = count switch
        {
            <= 12 => (0.9, 0.7, 1.52),
            <= 100 => (0.7, 0.5, 3.55),
            <= 1000 => (0.5, 0.66, 17.8),
            _ => (0.3, 0.68, 79.1),
        };
        Rules = [.. Enumerable.Range(0, count).Select(Create)];
    }

    /// <summary>The day for which the records are judged where a rule names no date of its own.</summary>
    public static DateOnly EvaluationDate { get; } = new(2026, 7, 1);

    /// <summary>The parameter's value on <see cref="EvaluationDate"/>; 50 before 2026.</summary>
    public const decimal SmallPower = 75;

    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Rules that leave a record about this many candidates.</summary>
    public double Candidates { get; }

    /// <summary>The first seed whose rules leave a record about as many candidates as they should.</summary>
    public static RuleSet Create(int count, HsCodes codes)
    {
        for (var seed = count; ; seed++)
        {
            var rules = new RuleSet(count, seed, codes);
            var candidates = rules.Rules.Sum(rule => rule.Prefixes.Sum(codes.ShareOf));
            if (Math.Abs(candidates - rules.Candidates) <= 0.1 * rules.Candidates)
            {
                return rules;
            }
        }
    }

    private Rule Create(int index)
    {
        // A field stands once in a rule, so that no condition can contradict another.
        var fields = new Queue<Field>(Shuffled(
            [Field.Origin, Field.DeclaredOn, Field.CertificateIssuedOn, Field.Purpose, Field.Channel, Field.HasRadio, Field.RatedPower, Field.RatedVoltage, Field.Quantity]));
        var prefixes = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Prefix()).Distinct().ToList();
        prefixes.RemoveAll(prefix => prefixes.Exists(other => other != prefix && prefix.StartsWith(other, StringComparison.Ordinal)));
        var when = Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Condition(fields.Dequeue())).ToList();
        Condition[] either = _random.Next(2) == 0 ? [Condition(fields.Dequeue()), Condition(fields.Dequeue())] : [];
        var hasWindow = _random.Next(3) == 0;
        var from = Day();
        return new Rule(
            string.Create(CultureInfo.InvariantCulture, $"r{index:00000}"),
            prefixes,
            when,
            either,
            _random.Next(3) switch { 0 => Field.MarketDate, 1 => Field.ManufacturedOn, _ => Field.ImportedOn },
            hasWindow ? from : null,
            hasWindow && _random.Next(3) == 0 ? from.AddMonths(18) : null,
            _random.Next(3) == 0 ? new FlagCondition(Field.HasMark, IsNot: false) : null,
            _random.Next(4) == 0 ? [Condition(fields.Dequeue()), Condition(fields.Dequeue())] : []);
    }

    private Condition Condition(Field field) => Fields.KindOf(field) switch
    {
        FieldKind.Member or FieldKind.Country => new MemberCondition(field, Members(Fields.MembersOf(field))),
        FieldKind.YesNo => new FlagCondition(field, _random.Next(2) == 0),
        FieldKind.Decimal when field == Field.RatedPower && _random.Next(4) == 0 => new AboveParameterCondition(field),
        FieldKind.Decimal => new NumberCondition(field, (1 + _random.Next(40)) * 12.5m, _random.Next(2) == 0),
        FieldKind.Integer => new NumberCondition(field, (1 + _random.Next(40)) * 25, _random.Next(2) == 0),
        FieldKind.Date when field == Field.CertificateIssuedOn && _random.Next(6) == 0 => new LaterCondition(Field.CertificateIssuedOn, Field.ManufacturedOn),
        _ => new DateCondition(field, Day(), _random.Next(2) == 0),
    };

    /// <summary>One of sixty days: notices come into force on the first of a month.</summary>
    private DateOnly Day() => new DateOnly(2023, 1, 1).AddMonths(_random.Next(60));

    private List<string> Members(IReadOnlyList<string> all)
    {
        // A run of neighbours: some tens of different sets, as rules name them.
        var (first, count) = (_random.Next(all.Count), 1 + _random.Next(Math.Min(3, all.Count - 1)));
        return [.. Enumerable.Range(first, count).Select(i => all[i % all.Count]).Order(StringComparer.Ordinal)];
    }

    private string Prefix()
    {
        var code = _codes.Draw(_random, _exponent);
        return code[..(_random.NextDouble() < _headings ? 4 : OtherLengths[_random.Next(OtherLengths.Length)])];
    }

    private T[] Shuffled<T>(T[] items)
    {
        _random.Shuffle(items);
        return items;
    }
}
