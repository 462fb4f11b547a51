namespace CccRules.Compiler.Proof;

/// <summary>
/// Decision diagrams over variables with several values each: yes/no questions to records, each stored once, so that two
/// questions are the same exactly where their numbers are. A node asks one variable; its children stand for its values.
/// </summary>
/// <remarks>Bryant 1986, with more than two branches a node (Srinivasan, Ham, Malik, Brayton 1990).</remarks>
internal sealed class Diagrams(int mostNodes)
{
    /// <summary>The question that no record meets.</summary>
    public const int False = 0;

    /// <summary>The question that every record meets.</summary>
    public const int True = 1;

    private const int Terminal = int.MaxValue;

    private readonly List<int> _variables = [Terminal, Terminal];
    private readonly List<int[]> _children = [[], []];
    private readonly List<int> _arities = [];
    private readonly Dictionary<Node, int> _nodes = new(NodeComparer.Instance);
    private readonly Dictionary<(int, int, int), int> _chosen = [];
    private int _room = mostNodes;

    public int NodeCount => _variables.Count;

    public int VariableCount => _arities.Count;

    /// <summary>Adds a variable below all others.</summary>
    /// <param name="arity">How many values it has.</param>
    public int AddVariable(int arity)
    {
        _arities.Add(arity);
        return _arities.Count - 1;
    }

    public int ArityOf(int variable) => _arities[variable];

    /// <summary>The variable that a node asks; not for the two constants.</summary>
    public int VariableOf(int node) => _variables[node];

    public ReadOnlySpan<int> ChildrenOf(int node) => _children[node];

    public static bool IsConstant(int node) => node <= True;

    /// <summary>The variable has one of some values.</summary>
    public int Test(int variable, Func<int, bool> holds)
    {
        var children = new int[_arities[variable]];
        for (var value = 0; value < children.Length; value++)
        {
            children[value] = holds(value) ? True : False;
        }

        return Make(variable, children);
    }

    public int Not(int node) => Choose(node, False, True);

    public int And(int left, int right) => left <= right ? Choose(left, right, False) : Choose(right, left, False);

    public int Or(int left, int right) => left <= right ? Choose(left, True, right) : Choose(right, True, left);

    public int And(params ReadOnlySpan<int> nodes)
    {
        var all = True;
        foreach (var node in nodes)
        {
            all = And(all, node);
        }

        return all;
    }

    /// <summary>The one where the question is met, the other where it is not.</summary>
    /// <exception cref="ProofLimitException">The diagrams have no more room.</exception>
    public int Choose(int question, int then, int otherwise)
    {
        if (question <= True || then == otherwise)
        {
            return question == False ? otherwise : then;
        }

        if (then == True && otherwise == False)
        {
            return question;
        }

        var key = (question, then, otherwise);
        if (_chosen.TryGetValue(key, out var known))
        {
            return known;
        }

        var variable = Math.Min(_variables[question], Math.Min(_variables[then], _variables[otherwise]));
        var children = new int[_arities[variable]];
        for (var value = 0; value < children.Length; value++)
        {
            children[value] = Choose(Under(question, variable, value), Under(then, variable, value), Under(otherwise, variable, value));
        }

        var result = Make(variable, children);
        Spend(1);
        _chosen[key] = result;
        return result;
    }

    /// <summary>What is left of a question where a variable has a value.</summary>
    public int Restrict(int node, int variable, int value) => Restrict(node, variable, value, []);

    /// <summary>The variables that a question depends on, ascending.</summary>
    public SortedSet<int> SupportOf(int node)
    {
        var support = new SortedSet<int>();
        var seen = new HashSet<int>();
        var stack = new Stack<int>([node]);
        while (stack.TryPop(out var at))
        {
            if (IsConstant(at) || !seen.Add(at))
            {
                continue;
            }

            support.Add(_variables[at]);
            foreach (var child in _children[at])
            {
                stack.Push(child);
            }
        }

        return support;
    }

    private int Restrict(int node, int variable, int value, Dictionary<int, int> done)
    {
        if (IsConstant(node) || _variables[node] > variable)
        {
            return node;
        }

        if (_variables[node] == variable)
        {
            return _children[node][value];
        }

        if (!done.TryGetValue(node, out var result))
        {
            var children = Array.ConvertAll(_children[node], child => Restrict(child, variable, value, done));
            done[node] = result = Make(_variables[node], children);
        }

        return result;
    }

    private int Under(int node, int variable, int value) => _variables[node] == variable ? _children[node][value] : node;

    private int Make(int variable, int[] children)
    {
        var first = children[0];
        if (Array.TrueForAll(children, child => child == first))
        {
            return first;
        }

        var node = new Node(variable, children);
        if (!_nodes.TryGetValue(node, out var known))
        {
            Spend(1 + (children.Length / 8));
            known = _variables.Count;
            _variables.Add(variable);
            _children.Add(children);
            _nodes[node] = known;
        }

        return known;
    }

    private void Spend(int nodes)
    {
        _room -= nodes;
        if (_room < 0)
        {
            throw new ProofLimitException();
        }
    }

    private readonly record struct Node(int Variable, int[] Children);

    private sealed class NodeComparer : IEqualityComparer<Node>
    {
        public static NodeComparer Instance { get; } = new();

        public bool Equals(Node x, Node y) => x.Variable == y.Variable && x.Children.AsSpan().SequenceEqual(y.Children);

        public int GetHashCode(Node node)
        {
            var hash = (uint)node.Variable * 2654435761u;
            foreach (var child in node.Children)
            {
                hash = (System.Numerics.BitOperations.RotateLeft(hash, 5) ^ (uint)child) * 2654435761u;
            }

            return (int)hash;
        }
    }
}

/// <summary>A proof has come to its limit of room: what it asked stays not proved. Never leaves this stage.</summary>
#pragma warning disable CA1064, CA1032, RCS1194 // An exception for the way out of a recursion, not for callers.
internal sealed class ProofLimitException() : Exception("A proof has come to its limit.");
#pragma warning restore CA1064, CA1032, RCS1194
