using System.Collections.Immutable;

namespace CccRules.Compiler.Proof;

/// <summary>The variables of a proof and what they stand for. Facts come first, in the order in which conditions come upon them.</summary>
internal sealed class VariableTable
{
    private readonly Diagrams _diagrams;
    private readonly List<ProofVariable> _variables = [];
    private readonly Dictionary<int, int> _facts = [];
    private readonly Dictionary<(int Fact, long Mask), int> _groups = [];
    private readonly Dictionary<string, int> _byMeaning = new(StringComparer.Ordinal);

    /// <param name="isPartial">Facts may be missing.</param>
    public VariableTable(Diagrams diagrams, CutTable cuts, Ir.IrModule module, ImmutableArray<int> facts, bool isPartial)
    {
        _diagrams = diagrams;
        IsPartial = isPartial;
        foreach (var fact in facts)
        {
            var schema = module.Facts[fact];
            if (schema.Kind != Runtime.Facts.FactKind.Members)
            {
                var cells = cuts.CellsOf(fact, isPartial);
                _facts[fact] = Add(new FactVariable(fact, cells), cells.Length);
                continue;
            }

            var canBeMissing = isPartial && !schema.IsRequired;
            _facts[fact] = Add(new SetVariable(fact, canBeMissing, schema.AllowsNone), 3);
            foreach (var group in cuts.GroupsOf(fact))
            {
                _groups[(fact, group)] = Add(new MembersVariable(fact, group), 2);
            }
        }
    }

    public bool IsPartial { get; }

    public ProofVariable this[int variable] => _variables[variable];

    public ImmutableArray<ProofCell> CellsOf(int fact) => ((FactVariable)_variables[_facts[fact]]).Cells;

    /// <summary>The variable of a fact; -1 where no condition asks it.</summary>
    public int VariableOf(int fact) => _facts.GetValueOrDefault(fact, -1);

    /// <summary>A condition compares the fact with another one, so not every value of a cell comes to the same.</summary>
    public bool IsCompared(int fact) => _variables.Any(variable => variable switch
    {
        SumVariable sum => sum.Bound.Terms.Any(term => term.Quantity.Fact == fact),
        SameVariable same => same.Left == fact || same.Right == fact,
        _ => false,
    });

    public int Cells(int fact, Func<ProofCell, bool> holds)
    {
        var cells = CellsOf(fact);
        return _diagrams.Test(_facts[fact], value => holds(cells[value]));
    }

    public int IsSetMissing(int fact) => _variables[_facts[fact]] is SetVariable { CanBeMissing: true } ? _diagrams.Test(_facts[fact], value => value == 0) : Diagrams.False;

    public int IsSetNone(int fact) => _variables[_facts[fact]] is SetVariable { CanBeNone: true } ? _diagrams.Test(_facts[fact], value => value == 1) : Diagrams.False;

    /// <summary>The set has any of some members.</summary>
    public int Members(int fact, long mask) => _groups.Where(group => group.Key.Fact == fact && (group.Key.Mask & mask) != 0)
        .Aggregate(Diagrams.False, (any, group) => _diagrams.Or(any, _diagrams.Test(group.Value, value => value == 1)));

    public int Sum(LinearBound bound) => Meaning(bound.Key, () => new SumVariable(bound));

    public int Same(int left, int right)
    {
        var (first, second) = (Math.Min(left, right), Math.Max(left, right));
        return Meaning(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"same {first} {second}"), () => new SameVariable(first, second));
    }

    public int Opaque(string key, string reason) => Meaning(key, () => new OpaqueVariable(reason));

    private int Meaning(string key, Func<ProofVariable> create)
    {
        if (!_byMeaning.TryGetValue(key, out var variable))
        {
            _byMeaning[key] = variable = Add(create(), 2);
        }

        return _diagrams.Test(variable, value => value == 1);
    }

    private int Add(ProofVariable variable, int arity)
    {
        _variables.Add(variable);
        return _diagrams.AddVariable(arity);
    }
}
