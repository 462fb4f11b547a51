using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Collects values, atoms and logic, each once: asking for an equal entry gives the one that is there. The rewritings are
/// those that hold in Kleene's logic: flattening, dropping what is certain, double negation.
/// </summary>
internal sealed class IrBuilder
{
    private readonly List<IrValue> _values = [];
    private readonly List<IrAtom> _atoms = [];
    private readonly List<IrLogic> _logic = [];
    private readonly List<IrStepTable> _tables = [];
    private readonly List<IrTable> _lookups = [];
    private readonly Dictionary<IrValue, int> _valueIds = [];
    private readonly Dictionary<IrAtom, int> _atomIds = [];
    private readonly Dictionary<IrLogic, int> _logicIds = [];
    private readonly Dictionary<IrList<long>, int> _tableIds = [];

    public ImmutableArray<IrValue> Values => [.. _values];

    public ImmutableArray<IrAtom> Atoms => [.. _atoms];

    public ImmutableArray<IrLogic> Logic => [.. _logic];

    public ImmutableArray<IrStepTable> StepTables => [.. _tables];

    public ImmutableArray<IrTable> Tables => [.. _lookups];

    public int True => Add(new IrTruth(true));

    public int False => Add(new IrTruth(false));

    public IrValue ValueAt(int value) => _values[value];

    public int Add(IrValue value) => Intern(value, _values, _valueIds);

    public int Add(IrAtom atom) => Add(new IrAtomNode(Intern(atom, _atoms, _atomIds)));

    public int Add(IrStepTable table)
    {
        var key = new IrList<long>([.. table.Entries.SelectMany(entry => new[] { entry.FromDay, entry.Value })]);
        if (!_tableIds.TryGetValue(key, out var id))
        {
            _tableIds[key] = id = _tables.Count;
            _tables.Add(table);
        }

        return id;
    }

    public int Add(IrTable table)
    {
        _lookups.Add(table);
        return _lookups.Count - 1;
    }

    public int Not(int operand) => _logic[operand] switch
    {
        IrTruth truth => truth.IsTrue ? False : True,
        IrNot not => not.Operand,
        _ => Add(new IrNot(operand)),
    };

    public int And(params IEnumerable<int> operands) =>
        Join(operands, neutral: true, logic => logic is IrAnd and ? and.Operands.Items : null, items => new IrAnd(items));

    public int Or(params IEnumerable<int> operands) =>
        Join(operands, neutral: false, logic => logic is IrOr or ? or.Operands.Items : null, items => new IrOr(items));

    public int IfThenElse(int guard, int then, int otherwise) => _logic[guard] switch
    {
        IrTruth truth => truth.IsTrue ? then : otherwise,
        _ => Add(new IrIfThenElse(guard, then, otherwise)),
    };

    /// <summary>A guarded value; a guard that is certain chooses now.</summary>
    public int Select(IrType type, int guard, int then, int otherwise) => _logic[guard] switch
    {
        IrTruth truth => truth.IsTrue ? then : otherwise,
        _ => Add(new IrSelect(type, guard, then, otherwise)),
    };

    public int AtLeast(int count, ImmutableArray<int> operands) =>
        count == 1 ? Or(operands) : count == operands.Length ? And(operands) : Add(new IrAtLeast(count, new IrList<int>(operands)));

    public int Add(IrLogic logic) => Intern(logic, _logic, _logicIds);

    /// <summary>A number's set test over an interval; null bounds are open ends.</summary>
    public int InRange(int value, BigInteger? low, BigInteger? high)
    {
        var (least, most) = Domain(_values[value].Type);
        var from = low is { } l ? BigInteger.Max(l, least) : least;
        var to = high is { } h ? BigInteger.Min(h, most) : most;
        return InSet(value, from > to ? [] : [from, to], includesNone: false);
    }

    public int InSet(int value, ImmutableArray<BigInteger> bounds, bool includesNone) =>
        Add(new IrInSet(value, new IrList<BigInteger>(bounds), includesNone));

    /// <summary>The smallest and largest number that a value can have.</summary>
    public static (BigInteger Least, BigInteger Most) Domain(IrType type) => type.IsWide
        ? (-(BigInteger.One << 126), BigInteger.One << 126)
        : (Fact.None + 1, long.MaxValue);

    /// <summary>The one interval test that two tests of a value make together; null where they are not such tests.</summary>
    public int? Intersect(int left, int right)
    {
        if (_logic[left] is not IrAtomNode leftNode || _logic[right] is not IrAtomNode rightNode
            || _atoms[leftNode.Atom] is not IrInSet a || _atoms[rightNode.Atom] is not IrInSet b
            || a.Value != b.Value || a.Bounds.Items.Length != 2 || b.Bounds.Items.Length != 2 || a.IncludesNone || b.IncludesNone)
        {
            return null;
        }

        return InRange(a.Value, BigInteger.Max(a.Bounds.Items[0], b.Bounds.Items[0]), BigInteger.Min(a.Bounds.Items[1], b.Bounds.Items[1]));
    }

    private int Join(IEnumerable<int> operands, bool neutral, Func<IrLogic, ImmutableArray<int>?> flatten, Func<IrList<int>, IrLogic> combine)
    {
        var items = ImmutableArray.CreateBuilder<int>();
        var seen = new HashSet<int>();
        foreach (var operand in operands.SelectMany(operand => flatten(_logic[operand]) ?? [operand]))
        {
            if (_logic[operand] is IrTruth truth)
            {
                if (truth.IsTrue != neutral)
                {
                    return operand;
                }
            }
            else if (seen.Add(operand))
            {
                items.Add(operand);
            }
        }

        return items.Count switch
        {
            0 => Add(new IrTruth(neutral)),
            1 => items[0],
            _ => Add(combine(new IrList<int>(items.ToImmutable()))),
        };
    }

    private static int Intern<T>(T item, List<T> items, Dictionary<T, int> ids)
        where T : notnull
    {
        if (!ids.TryGetValue(item, out var id))
        {
            ids[item] = id = items.Count;
            items.Add(item);
        }

        return id;
    }
}
