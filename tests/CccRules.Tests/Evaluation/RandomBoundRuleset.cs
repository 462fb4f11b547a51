using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;
using static CccRules.Tests.Evaluation.BoundTrees;

namespace CccRules.Tests.Evaluation;

/// <summary>A ruleset of a few definitions, categories, exemptions and norms over facts with a few values each.</summary>
internal sealed class RandomBoundRuleset
{
    private static readonly TypeSymbol IntegerOrNone = TypeSymbol.Integer with { AllowsNone = true };
    private static readonly TypeSymbol DateOrNone = TypeSymbol.Date with { AllowsNone = true };
    private static readonly string[] Days = ["2026-01-31", "2026-02-28", "2026-03-01", "2027-01-01"];
    private static readonly string[] Codes = ["85", "8507", "850760", "8507600090123", "8711600000000", "9503000000000"];

    private readonly Random _random;
    private readonly BoundTrees _trees;
    private readonly List<BoundExpression> _conditions = [];
    private readonly List<BoundExpression> _numbers = [];
    private readonly List<BoundExpression> _dates = [];
    private readonly BoundField _code;
    public RandomBoundRuleset(int seed)
    {
        _random = new Random(seed);
        _trees = new BoundTrees(
            seed % 3 == 0 ? DayOf(Days[1]) : null, seed % 5 == 0 ? DayOf(Days[2]) : null);
        _conditions.AddRange([_trees.YesNo("a"), _trees.YesNo("b"), _trees.YesNo("c"), _trees.Question("q")]);
        _numbers.AddRange([_trees.Field("n", TypeSymbol.Integer), _trees.Field("m", IntegerOrNone), Number(1), Number(2)]);
        _dates.AddRange([_trees.Field("d", TypeSymbol.Date), _trees.Field("e", DateOrNone), Date(Days[1])]);
        _code = _trees.Field("code", TypeSymbol.Hs);
        _numbers.Add(Parameter(_random.Next(2) == 0 ? null : Pick(_dates), ("2026-02-28", 1), ("2027-01-01", 2)));
        for (var i = 0; i < 4; i++)
        {
            Declare(i);
        }

        Ruleset = _trees.Build();
    }

    public BoundRuleset Ruleset { get; }

    public ReferenceEvaluator Evaluate(ReferenceRecord record) => ReferenceEvaluator.Evaluate(Ruleset, record);

    public ReferenceRecord RandomRecord() => Fill(() => _random.Next(3) == 0);

    public ReferenceRecord FullRecord()
    {
        var record = Fill(() => true);
        return record with { Fields = record.Fields.SetItem(_code.Field, new HsConstant("8507600090123")) };
    }

    /// <summary>The record with one missing fact more, each with each value; also with a longer code.</summary>
    public IEnumerable<(MissingFact Fact, ReferenceRecord Record)> Learn(ReferenceRecord record)
    {
        foreach (var field in _trees.Fields.Where(field => !record.Fields.ContainsKey(field)))
        {
            foreach (var value in ValuesOf(field))
            {
                yield return (new MissingFact(field), record with { Fields = record.Fields.Add(field, value) });
            }
        }

        if (record.Fields.GetValueOrDefault(_code.Field) is HsConstant { Digits: var digits })
        {
            foreach (var longer in Codes.Where(code => code.Length > digits.Length && code.StartsWith(digits, StringComparison.Ordinal)))
            {
                yield return (new MissingFact(_code.Field), record with { Fields = record.Fields.SetItem(_code.Field, new HsConstant(longer)) });
            }
        }

        foreach (var question in _trees.Questions.Where(question => !record.Answers.ContainsKey(question)))
        {
            yield return (new MissingFact(question), record with { Answers = record.Answers.Add(question, true) });
            yield return (new MissingFact(question), record with { Answers = record.Answers.Add(question, false) });
        }

        foreach (var day in record.EvaluationDay is null ? Days : [])
        {
            yield return (MissingFact.EvaluationDate, record with { EvaluationDay = DayOf(day) });
        }
    }

    private ReferenceRecord Fill(Func<bool> isKnown) => new()
    {
        Fields = _trees.Fields.Where(_ => isKnown()).ToImmutableDictionary(field => field, field => Pick(ValuesOf(field))),
        Answers = _trees.Questions.Where(_ => isKnown()).ToImmutableDictionary(question => question, _ => _random.Next(2) == 0),
        EvaluationDay = isKnown() ? DayOf(Pick(Days)) : null,
    };

    private static ImmutableArray<ConstantValue> ValuesOf(FieldSymbol field)
    {
        ImmutableArray<ConstantValue> values = field.Type.Kind switch
        {
            TypeKind.YesNo => [new YesNoConstant(true), new YesNoConstant(false)],
            TypeKind.Number => [NumberOf(0), NumberOf(1), NumberOf(2)],
            TypeKind.Date => [.. Days.Select(DateOf)],
            TypeKind.Hs => [.. Codes.Select(code => new HsConstant(code))],
            _ => throw new InvalidOperationException(),
        };
        return field.Type.AllowsNone ? values.Add(NoneConstant.Instance) : values;
    }

    private void Declare(int i)
    {
        switch (_random.Next(3))
        {
            case 0:
                _conditions.Add(_trees.Define($"condition{i}", TypeSymbol.YesNo, (Condition(2), Condition(1)), (Condition(2), null)));
                break;
            case 1:
                _numbers.Add(_trees.Define($"number{i}", IntegerOrNone, (RandomNumber(1), Condition(1)), (RandomNumber(1), Condition(1)), (RandomNumber(1), null)));
                break;
            default:
                _dates.Add(_trees.Define($"date{i}", DateOrNone, (Day(1), Condition(1)), (Day(1), null)));
                break;
        }

        _conditions.Add(Named(_trees.Category($"category{i}", Condition(2), MaybeCondition())));
        var exemption = _trees.Exemption($"exemption{i}", Condition(2), MaybeCondition(), Windows());
        var norm = _trees.Norm(
            $"norm{i}",
            Condition(2),
            MaybeCondition(),
            _random.Next(2) == 0 ? null : Day(1),
            Windows(),
            MaybeCondition(),
            _random.Next(2) == 0 ? [] : [exemption]);
        _conditions.Add(StatusTest(norm, (Outcome)_random.Next(1, 64)));
    }

    private BoundWindow[] Windows() =>
    [
        .. Enumerable.Range(0, _random.Next(3)).Select(_ => new BoundWindow(Day(1), _random.Next(2) == 0 ? null : Day(0), MaybeCondition())),
    ];

    private BoundExpression? MaybeCondition() => _random.Next(2) == 0 ? null : Condition(1);

    private BoundExpression Condition(int depth) => _random.Next(depth == 0 ? 1 : 9) switch
    {
        1 => And(Condition(depth - 1), Condition(depth - 1)),
        2 => Or(Condition(depth - 1), Condition(depth - 1)),
        3 => Not(Condition(depth - 1)),
        4 => AtLeast(2, Condition(depth - 1), Condition(depth - 1), Condition(depth - 1)),
        5 => Compare(RandomNumber(depth), (ComparisonKind)_random.Next(6), RandomNumber(depth)),
        6 => Compare(Day(depth), (ComparisonKind)_random.Next(6), Day(depth)),
        7 => _random.Next(2) == 0 ? Between(RandomNumber(0), RandomNumber(0), RandomNumber(0)) : In(RandomNumber(0), RandomNumber(0), RandomNumber(0)),
        8 => Under(_code, Pick(Codes), Pick(Codes)),
        _ => Pick(_conditions),
    };

    private BoundExpression RandomNumber(int depth) => _random.Next(depth == 0 ? 1 : 5) switch
    {
        1 => Sum(RandomNumber(depth - 1), RandomNumber(depth - 1)),
        2 => Extreme(_random.Next(2) == 0, RandomNumber(depth - 1), RandomNumber(depth - 1)),
        3 => new BoundYearOf(_code.Syntax, Day(depth - 1)),
        _ => Pick(_numbers),
    };

    private BoundExpression Day(int depth) => _random.Next(depth == 0 ? 1 : 4) switch
    {
        1 => Later(Day(depth - 1), Months(1)),
        2 => Extreme(_random.Next(2) == 0, Day(depth - 1), Day(depth - 1)),
        _ => Pick(_dates),
    };

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
