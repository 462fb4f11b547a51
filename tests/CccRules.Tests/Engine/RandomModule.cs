using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Engine;

/// <summary>
/// Makes a well-formed module from a seed: facts of every kind, derived values of every kind, atoms, logic and norms, with
/// guards that make values depend on logic and statuses that make norms depend on norms.
/// </summary>
internal sealed class RandomModule
{
    private static readonly string[] Texts = ["", "A", "AB", "B", "a", "Ä", "\u2028x", "Z9", "lithium-ion", "\U0001F50B"];
    private static readonly string[] Patterns = ["^A", "B$", "[0-9]", "", "^(A|B)+$", "ion"];

    private readonly Random _random;
    private readonly List<FactSchema> _facts = [];
    private readonly List<IrValue> _values = [];
    private readonly List<IrAtom> _atoms = [];
    private readonly List<IrLogic> _logic = [];
    private readonly List<NormSchema> _norms = [];
    private readonly List<IrStepTable> _steps = [];
    private readonly Dictionary<object, int> _known = [];

    private RandomModule(int seed) => _random = new Random(seed);

    /// <summary>First and last day of dates in records and constants: few, so that tests meet.</summary>
    public static int FirstDay { get; } = new DateOnly(2024, 1, 27).DayNumber;

    public static IrModule Create(int seed) => new RandomModule(seed).Build();

    private IrModule Build()
    {
        MakeFacts();
        Logic(new IrTruth(true));
        Logic(new IrTruth(false));
        var steps = 20 + _random.Next(120);
        var norms = 1 + _random.Next(_random.Next(4) == 0 ? 40 : 8);
        for (var i = 0; i < steps; i++)
        {
            switch (_random.Next(10))
            {
                case 0 or 1:
                    MakeValue();
                    break;
                case 2 or 3 or 4:
                    MakeAtom();
                    break;
                case 5 when _norms.Count < norms:
                    MakeNorm();
                    break;
                default:
                    MakeLogic();
                    break;
            }
        }

        while (_norms.Count < norms)
        {
            MakeNorm();
        }

        return new IrModule
        {
            Facts = [.. _facts],
            Values = [.. _values],
            Atoms = [.. _atoms],
            Logic = [.. _logic],
            Norms = [.. _norms],
            Categories = [.. Enumerable.Range(0, _random.Next(4)).Select(i => new CategorySchema { Name = $"c{i}", Title = $"C{i}", Node = AnyNode() })],
            Modules = [new ModuleSchema("random", "Random", null, null)],
            StepTables = [.. _steps],
        };
    }

    private void MakeFacts()
    {
        var kinds = Enum.GetValues<FactKind>().Where(kind => kind != FactKind.List).ToArray();
        var count = 3 + _random.Next(12);
        for (var i = 0; i < count; i++)
        {
            MakeFact(kinds[_random.Next(kinds.Length)], FactRole.Field);
        }

        MakeFact(FactKind.Date, FactRole.EvaluationDate);
    }

    private void MakeFact(FactKind kind, FactRole role)
    {
        // Some enumerations are too large for a byte.
        var members = kind switch
        {
            FactKind.Member => _random.Next(4) == 0 ? 300 : 2 + _random.Next(250),
            FactKind.Members => 2 + _random.Next(61),
            _ => 0,
        };
        _facts.Add(new FactSchema
        {
            Index = _facts.Count,
            Name = $"f{_facts.Count}",
            Kind = kind,
            Role = role,
            AllowsNone = true,
            Members = [.. Enumerable.Range(0, members).Select(i => $"m{i}")],
        });
        Value(new IrFact(TypeOf(kind), _facts.Count - 1));
    }

    public static IrType TypeOf(FactKind kind) => kind switch
    {
        FactKind.YesNo => IrType.Of(IrKind.YesNo),
        FactKind.Integer => IrType.Number(1),
        FactKind.Decimal => IrType.Number(1_000_000),
        FactKind.Text => IrType.Of(IrKind.Text),
        FactKind.Date => IrType.Of(IrKind.Date),
        FactKind.Days => IrType.Of(IrKind.Days),
        FactKind.Months => IrType.Of(IrKind.Months),
        FactKind.Member => IrType.Of(IrKind.Member),
        FactKind.Members => IrType.Of(IrKind.Members),
        FactKind.Country => IrType.Of(IrKind.Country),
        _ => IrType.Of(IrKind.HsCode),
    };

    private void MakeValue()
    {
        var type = _values[_random.Next(_values.Count)].Type;
        switch (_random.Next(9))
        {
            case 0:
                Value(Constant(type));
                break;
            case 1 when type.Kind is IrKind.Number or IrKind.Date or IrKind.Days or IrKind.Months:
                var operands = Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => Operand(type.Kind, type.Denominator)).ToImmutableArray();
                var isWide = operands.Any(operand => _values[operand].Type.IsWide);
                Value(new IrExtreme(type with { IsWide = isWide }, _random.Next(2) == 0, new IrList<int>(operands)));
                break;
            case 2:
                Value(new IrAddPeriod(Operand(IrKind.Date), Operand(IrKind.Months), Operand(IrKind.Days), Rounding()));
                break;
            case 3:
                var kind = _random.Next(5) == 0 ? IrKind.Days : IrKind.Number;
                var terms = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => new IrTerm(NarrowOperand(kind), _random.Next(-9, 10))).ToImmutableArray();
                var denominator = kind == IrKind.Days ? BigInteger.One : new BigInteger(new[] { 1, 7, 1_000_000 }[_random.Next(3)]);
                Value(new IrLinear(new IrType(kind, denominator, true), new IrList<IrTerm>(terms), _random.Next(-1000, 1000)));
                break;
            case 4 or 5:
                var then = Operand(type.Kind, type.Denominator);
                var otherwise = Operand(type.Kind, type.Denominator);
                var width = _values[then].Type.IsWide || _values[otherwise].Type.IsWide;
                Value(new IrSelect(type with { IsWide = width }, AnyNode(), then, otherwise));
                break;
            case 6:
                Value(new IrStep(IrType.Number(100), StepTable(), Operand(IrKind.Date)));
                break;
            case 7:
                Value(_random.Next(2) == 0
                    ? new IrYearOf(Operand(IrKind.Date))
                    : new IrDaysBetween(Operand(IrKind.Date), Operand(IrKind.Date)));
                break;
            default:
                Value(new IrMonthsBetween(Operand(IrKind.Date), Operand(IrKind.Date), Rounding()));
                break;
        }
    }

    private void MakeAtom()
    {
        var value = _random.Next(_values.Count);
        var type = _values[value].Type;
        IrAtom atom;
        if (_random.Next(4) == 0)
        {
            var right = Operand(type.Kind);
            var (left, other) = (type.Denominator, _values[right].Type.Denominator);
            var common = left * other / BigInteger.GreatestCommonDivisor(left, other);
            atom = new IrCompare((IrComparison)_random.Next(type.Kind is IrKind.HsCode or IrKind.Members ? 2 : 4), value, right, common / left, common / other);
        }
        else
        {
            atom = type.Kind switch
            {
                IrKind.HsCode => new IrHsInSet(value, new IrList<long>(HsBounds()), Flag()),
                IrKind.Members => new IrHasAny(value, _random.NextInt64(1, 1L << 20), Flag()),
                IrKind.Text when Flag() => new IrMatches(value, Patterns[_random.Next(Patterns.Length)]),
                IrKind.Text => new IrTextInSet(value, new IrList<string>([.. Texts.Where(_ => _random.Next(3) == 0).Order(StringComparer.Ordinal)]), Flag()),
                _ => new IrInSet(value, new IrList<BigInteger>(Bounds(type)), Flag()),
            };
        }

        if (!_known.ContainsKey(atom))
        {
            _known.Add(atom, _atoms.Count);
            _atoms.Add(atom);
            Logic(new IrAtomNode(_atoms.Count - 1));
        }
    }

    private void MakeLogic()
    {
        switch (_random.Next(12))
        {
            case 0 or 1 or 2:
                Logic(new IrAnd(Nodes(2)));
                break;
            case 3 or 4 or 5:
                Logic(new IrOr(Nodes(2)));
                break;
            case 6 or 7:
                Logic(new IrNot(AnyNode()));
                break;
            case 8:
                Logic(new IrIfThenElse(AnyNode(), AnyNode(), AnyNode()));
                break;
            case 9 or 10:
                var nodes = Nodes(1);
                Logic(new IrAtLeast(_random.Next(nodes.Items.Length + 2), nodes));
                break;
            default:
                if (_norms.Count != 0)
                {
                    Logic(new IrStatus(_random.Next(_norms.Count), (Outcome)_random.Next(1, 64)));
                }

                break;
        }
    }

    private void MakeNorm()
    {
        var index = _norms.Count;
        var date = Operand(IrKind.Date);
        _norms.Add(new NormSchema
        {
            Index = index,
            Name = $"n{index}",
            QualifiedName = $"random.n{index}",
            Kind = Flag() ? NormKind.Obligation : NormKind.Option,
            Title = $"N{index}",
            Applies = AnyNode(),
            Exempted = _random.Next(3) == 0 ? 1 : AnyNode(),
            InForce = _random.Next(3) == 0 ? 0 : AnyNode(),
            Fulfilled = Flag() ? -1 : AnyNode(),
            Date = date,
            IsJudgedByEvaluationDate = Flag(),
            Reasons = [new ReasonSchema("why", AnyNode(), [], [])],
        });
    }

    private IrList<int> Nodes(int fewest)
    {
        var most = _random.Next(8) == 0 ? 40 : 4;
        return new IrList<int>([.. Enumerable.Range(0, fewest + _random.Next(most)).Select(_ => AnyNode())]);
    }

    /// <summary>Mostly a recent node, so that conditions grow deep.</summary>
    private int AnyNode() => _random.Next(3) == 0 ? _random.Next(_logic.Count) : _random.Next(Math.Max(0, _logic.Count - 12), _logic.Count);

    private int NarrowOperand(IrKind kind)
    {
        var candidates = Enumerable.Range(0, _values.Count).Where(i => _values[i].Type.Kind == kind && !_values[i].Type.IsWide).ToList();
        return candidates.Count == 0 ? Value(Constant(IrType.Of(kind))) : candidates[_random.Next(candidates.Count)];
    }

    private int Operand(IrKind kind, BigInteger? denominator = null)
    {
        // Derived dates stay near the facts: the naive interpreter's calendar ends at the year 9999.
        var candidates = Enumerable.Range(0, _values.Count)
            .Where(i => _values[i].Type.Kind == kind && (denominator is null || _values[i].Type.Denominator == denominator))
            .ToList();
        return candidates.Count == 0 || _random.Next(8) == 0
            ? Value(Constant(new IrType(kind, denominator ?? BigInteger.One, false)))
            : candidates[_random.Next(candidates.Count)];
    }

    private int StepTable()
    {
        var days = Enumerable.Range(0, _random.Next(5)).Select(_ => (long)(FirstDay + _random.Next(60))).Distinct().Order();
        _steps.Add(new IrStepTable([.. days.Select(day => new IrStepEntry(day, _random.Next(500)))]));
        return _steps.Count - 1;
    }

    private IrValue Constant(IrType type)
    {
        if (type.Kind == IrKind.Text)
        {
            return new IrTextConstant(Texts[_random.Next(Texts.Length)]);
        }

        return _random.Next(8) == 0
            ? new IrConstant(type, 0, IsNone: true)
            : new IrConstant(type, type.IsWide && type.Kind == IrKind.Number && Flag() ? BigInteger.Pow(10, 25) * _random.Next(-3, 4) : Number(_random, type.Kind, type.Denominator));
    }

    private ImmutableArray<BigInteger> Bounds(IrType type)
    {
        var points = Enumerable.Range(0, 2 * (1 + _random.Next(_random.Next(3) == 0 ? 12 : 3)))
            .Select(_ => Number(_random, type.Kind, type.Denominator)).Distinct().Order().ToList();
        var bounds = new List<BigInteger>();
        for (var i = 0; i < points.Count; i++)
        {
            if (bounds.Count != 0 && points[i] <= bounds[^1] + 1)
            {
                continue;
            }

            bounds.Add(points[i]);
            i += i + 1 < points.Count ? _random.Next(2) : 0;
            bounds.Add(points[i]);
        }

        // Some sets have no lower or no upper end.
        bounds[0] = _random.Next(6) == 0 ? -BigInteger.Pow(10, 30) : bounds[0];
        bounds[^1] = _random.Next(6) == 0 ? BigInteger.Pow(10, 30) : bounds[^1];
        return [.. bounds];
    }

    private ImmutableArray<long> HsBounds()
    {
        var codes = Enumerable.Range(0, 1 + _random.Next(_random.Next(4) == 0 ? 30 : 4)).Select(_ => Hs(_random))
            .Select(code => (long.Parse(code.PadRight(13, '0'), CultureInfo.InvariantCulture), long.Parse(code.PadRight(13, '9'), CultureInfo.InvariantCulture)))
            .Order();
        var bounds = new List<long>();
        foreach (var (lower, upper) in codes)
        {
            if (bounds.Count != 0 && lower <= bounds[^1] + 1)
            {
                bounds[^1] = Math.Max(bounds[^1], upper);
            }
            else
            {
                bounds.AddRange([lower, upper]);
            }
        }

        return [.. bounds];
    }

    /// <summary>A number that a constant or a record may hold.</summary>
    public static BigInteger Number(Random random, IrKind kind, BigInteger denominator) => kind switch
    {
        IrKind.YesNo => random.Next(2),
        IrKind.Date => FirstDay + random.Next(60),
        IrKind.Days or IrKind.Months => random.Next(-3, 14),
        IrKind.Member => random.Next(300),
        IrKind.Members => random.NextInt64(1L << 20),
        IrKind.Country => random.Next(26 * 26),
        IrKind.HsCode => NaiveValue.Hs(Hs(random)).Number,
        _ => random.Next(4) switch
        {
            0 => (random.NextInt64() >> 4) * (random.Next(2) * 2 - 1),
            1 => random.Next(-3, 4),
            _ => random.Next(-5, 30) * denominator,
        },
    };

    /// <summary>An HS code of 2 to 13 digits from a small family, so that codes often begin alike.</summary>
    public static string Hs(Random random)
    {
        var digits = new[] { 2, 4, 6, 8, 10, 13 }[random.Next(6)];
        var code = new char[digits];
        for (var i = 0; i < digits; i++)
        {
            code[i] = (char)('0' + random.Next(i < 4 ? 2 : 3));
        }

        return new string(code);
    }

    public static string Text(Random random) => Texts[random.Next(Texts.Length)];

    private MonthRounding Rounding() => Flag() ? MonthRounding.Down : MonthRounding.Up;

    private bool Flag() => _random.Next(2) == 0;

    private int Value(IrValue value) => Intern(value, _values);

    private int Logic(IrLogic node) => Intern(node, _logic);

    private int Intern<T>(T entry, List<T> list)
        where T : notnull
    {
        if (!_known.TryGetValue(entry, out var position))
        {
            position = list.Count;
            _known.Add(entry, position);
            list.Add(entry);
        }

        return position;
    }
}
