using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>Collects the columns that candidates look at, and the tests of each.</summary>
internal sealed class CandidateColumns(IrModule module)
{
    private readonly Dictionary<int, int> _columnOfValue = [];
    private readonly Dictionary<int, int> _columnOfNode = [];
    private readonly Dictionary<int, ColumnCondition> _conditions = [];
    private readonly List<Column> _columns = [];

    public int Count => _columns.Count;

    /// <summary>Logic nodes that are to be computed in planes.</summary>
    public IEnumerable<int> Nodes(IEnumerable<int> columns) => columns.Select(column => _columns[column].Node).Where(node => node >= 0);

    /// <summary>Values whose columns are tested.</summary>
    public IEnumerable<int> Values(IEnumerable<int> columns) => columns.Select(column => _columns[column].Value).Where(value => value >= 0);

    public bool IsHsCode(int column) => _columns[column].Value is >= 0 and var value && module.Values[value].Type.Kind == IrKind.HsCode;

    /// <summary>Sets of which the tests are made; for costs.</summary>
    public IEnumerable<IrAtom> Atoms(int column) => _columns[column].Atoms.Select(atom => module.Atoms[atom]);

    /// <summary>The name of a column for readers.</summary>
    public string NameOf(int column) => _columns[column] switch
    {
        { Node: >= 0 and var node } => $"n{node}",
        { Value: var value } => module.Values[value] is IrFact fact ? module.Facts[fact.Fact].Name : $"v{value}",
    };

    /// <summary>An atom as a test of its column; null where it is none that cells can answer.</summary>
    public ColumnCondition? TryTest(int atom)
    {
        if (_conditions.TryGetValue(atom, out var condition))
        {
            return condition;
        }

        var test = module.Atoms[atom];
        // Sets of members have no cells: there would be too many.
        if (AtomForms.Of(test, module) != AtomForm.Test || test is IrHasAny)
        {
            return null;
        }

        var value = IrOperands.Of(test)[0];
        if (!_columnOfValue.TryGetValue(value, out var column))
        {
            column = Add(_columnOfValue, value, new Column(value, -1, []));
        }

        condition = new ColumnCondition(column, new IrList<int>([_columns[column].Atoms.Count]));
        _columns[column].Atoms.Add(atom);
        _conditions.Add(atom, condition);
        return condition;
    }

    /// <summary>The truth of a node as the only test of a column of its own.</summary>
    public ColumnCondition Plane(int node)
    {
        if (!_columnOfNode.TryGetValue(node, out var column))
        {
            column = Add(_columnOfNode, node, new Column(-1, node, []));
        }

        return new ColumnCondition(column, new IrList<int>([0]));
    }

    public CandidateColumn ToSchema(int column, BatchPlan? plan, TableBuilder tables)
    {
        var (value, node, atoms) = _columns[column];
        if (node >= 0)
        {
            return new CandidateColumn(null, node, plan?.PlaneOf(node) ?? -1);
        }

        var fact = module.Values[value] is IrFact { Fact: var index } ? index : -1;
        ImmutableArray<ColumnTest> tests = [.. atoms.Select(atom => AtomForms.Test(module.Atoms[atom], -1, hasPossible: true, tables))];
        return new CandidateColumn(new ColumnTests(fact, fact < 0 ? value : -1, -1, tests), -1, -1);
    }

    private int Add(Dictionary<int, int> index, int key, Column column)
    {
        _columns.Add(column);
        index.Add(key, _columns.Count - 1);
        return _columns.Count - 1;
    }

    private sealed record Column(int Value, int Node, List<int> Atoms);
}
