using System.Collections.Immutable;
using System.Numerics;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>Where a fact is used, and which numbers stand on the other side of its comparisons.</summary>
internal sealed class FactUses
{
    /// <summary>Numbers that a value is followed to; more are no help to a reader.</summary>
    private const int MostPossible = 64;

    /// <summary>Cells of tables that divide a fact for a reader.</summary>
    private const int MostCells = 500;

    private readonly KnownValues _known;
    private readonly bool[] _depends;
    private readonly ImmutableArray<BigInteger>?[] _possible;
    private ImmutableArray<IrCell>? _cells;

    public FactUses(IrModule module, int fact, KnownValues known)
    {
        Module = module;
        Fact = fact;
        _known = known;
        _possible = new ImmutableArray<BigInteger>?[module.Values.Length];
        _depends = new bool[module.Values.Length];
        for (var i = 0; i < _depends.Length; i++)
        {
            _depends[i] = module.Values[i] is IrFact own ? own.Fact == fact : IrOperands.Of(module.Values[i]).Any(operand => _depends[operand]);
        }
    }

    public IrModule Module { get; }

    public int Fact { get; }

    /// <summary>A value is computed from the fact. A guard is a condition of its own.</summary>
    public bool Depends(int value) => _depends[value];

    /// <summary>A series of dates begins at the fact: what it gives comes again and again.</summary>
    public bool IsPeriodic => Module.Values.OfType<IrNextOccurrence>().Any(next => Depends(next.Start) || Depends(next.Day));

    /// <summary>The atoms that test the fact or what is computed from it.</summary>
    public IEnumerable<IrAtom> Atoms => Module.Atoms.Where(atom => IrOperands.Of(atom).Any(Depends));

    /// <summary>The cells of tables that test the fact itself; none where they are too many to tell a reader.</summary>
    public ImmutableArray<IrCell> Cells => _cells ??= FindCells();

    private ImmutableArray<IrCell> FindCells()
    {
        var cells = Module.Values.OfType<IrLookup>()
            .Where(lookup => lookup.Output == 0)
            .SelectMany(lookup => lookup.Inputs.Items.Index()
                .Where(input => Module.Values[input.Item] is IrFact own && own.Fact == Fact)
                .SelectMany(input => Module.Tables[lookup.Table].Rows.Select(row => row.Cells[input.Index]).OfType<IrCell>()))
            .Take(MostCells + 1)
            .ToImmutableArray();
        return cells.Length > MostCells ? [] : cells;
    }

    /// <summary>
    /// The numbers that a value can be, as far as that is known: its own in the record, else those that the rules name. None is no number.
    /// </summary>
    public ImmutableArray<BigInteger> Possible(int value) => _possible[value] ??= FindPossible(value);

    /// <summary>The texts that a value can be, as far as that is known.</summary>
    public ImmutableArray<string> PossibleTexts(int value) => _known.Text(value) is { } known ? [known] : Module.Values[value] switch
    {
        IrTextConstant constant => [constant.Text],
        IrSelect select => [.. PossibleTexts(select.Then), .. PossibleTexts(select.Else)],
        _ => [],
    };

    private ImmutableArray<BigInteger> FindPossible(int value)
    {
        if (_known.Number(value) is { } known)
        {
            return [known];
        }

        IEnumerable<BigInteger> found = Module.Values[value] switch
        {
            IrConstant { IsNone: false } constant => [constant.Value],
            IrStep step => Module.StepTables[step.Table].Entries.Where(entry => Runtime.Facts.Fact.IsKnown(entry.Value)).Select(entry => (BigInteger)entry.Value),
            IrSelect select => Possible(select.Then).Concat(Possible(select.Else)),
            IrExtreme extreme => extreme.Operands.Items.SelectMany(operand => Possible(operand)),
            IrLinear linear => Sums(linear, except: -1),
            IrAddPeriod add => from date in Possible(add.Date)
                               from months in Possible(add.Months)
                               from days in Possible(add.Days)
                               select (BigInteger)CivilDate.AddPeriod((long)date, (long)months, (long)days, add.Rounding),
            _ => [],
        };
        return [.. found.Distinct().Take(MostPossible)];
    }

    /// <summary>What a sum can be without one of its terms (by position; -1: with all).</summary>
    public IEnumerable<BigInteger> Sums(IrLinear linear, int except)
    {
        IEnumerable<BigInteger> sums = [linear.Constant];
        for (var i = 0; i < linear.Terms.Items.Length; i++)
        {
            if (i != except)
            {
                var (operand, factor) = linear.Terms.Items[i];
                ImmutableArray<BigInteger> before = [.. sums];
                sums = [.. Possible(operand).SelectMany(number => before.Select(sum => sum + (factor * number))).Distinct().Take(MostPossible)];
            }
        }

        return sums;
    }
}
