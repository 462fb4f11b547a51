using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// Conditions as alternatives of terms, a term being one condition for each of some columns:
/// <code>
/// hs under 8507 and (power &gt; 100 or not is_sold)    →    {hs: under 8507, power: &gt; 100} or {hs: under 8507, is_sold: not}
/// </code>
/// Three-valued logic distributes and knows De Morgan, so this changes nothing; nothing else is ever simplified. What has too many
/// alternatives, and what is no and, or, not, stays whole: a column of its own, computed in planes.
/// </summary>
internal sealed class NormalForm
{
    /// <summary>Alternatives of a condition; more cost more than they are worth.</summary>
    private const int MostTerms = 6;

    /// <summary>Steps of a condition's formula: what conditions share is written into each, so without a bound it would double again and again.</summary>
    private const int MostSteps = 64;

    private readonly IrModule _module;
    private readonly CandidateColumns _columns;
    private readonly NodeForm?[] _forms;

    public NormalForm(IrModule module, CandidateColumns columns)
    {
        _module = module;
        _columns = columns;
        _forms = new NodeForm?[module.Logic.Length];
    }

    /// <summary>The alternatives of a node; none for "never", one without conditions for "always".</summary>
    public ImmutableArray<Term> Of(int root)
    {
        // With a stack of its own: conditions may be deep.
        var stack = new Stack<int>([root]);
        while (stack.TryPeek(out var node))
        {
            var pending = _forms[node] is null ? OperandsOf(node).Where(operand => _forms[operand] is null).ToList() : [];
            if (pending.Count == 0)
            {
                _forms[stack.Pop()] ??= Form(node) is var form && form.Steps <= MostSteps ? form : NodeForm.Of(_columns.Plane(node));
            }

            pending.ForEach(stack.Push);
        }

        return _forms[root]!.Positive;
    }

    private ImmutableArray<int> OperandsOf(int node) => _module.Logic[node] is IrAnd or IrOr or IrNot ? IrOperands.Of(_module.Logic[node]) : [];

    private NodeForm Form(int node) => _module.Logic[node] switch
    {
        IrTruth { IsTrue: true } => new NodeForm([Term.Always], [], null),
        IrTruth => new NodeForm([], [Term.Always], null),
        IrNot not when _forms[not.Operand] is { } operand => new NodeForm(operand.Negative, operand.Positive, operand.Condition?.Negated()),
        IrAnd and => Whole(and.Operands.Items, CandidateLiteral.And) ?? new NodeForm(
            All(and.Operands.Items, isNegated: false) ?? Leaf(node), Any(and.Operands.Items, isNegated: true) ?? Negated(node), null),
        IrOr or => Whole(or.Operands.Items, CandidateLiteral.Or) ?? new NodeForm(
            Any(or.Operands.Items, isNegated: false) ?? Leaf(node), All(or.Operands.Items, isNegated: true) ?? Negated(node), null),
        IrAtomNode atom when _columns.TryTest(atom.Atom) is { } condition => NodeForm.Of(condition),
        _ => NodeForm.Of(_columns.Plane(node)),
    };

    private ImmutableArray<Term> Leaf(int node) => [Term.Of(_columns.Plane(node))];

    private ImmutableArray<Term> Negated(int node) => [Term.Of(_columns.Plane(node).Negated())];

    /// <summary>Conditions on one column are one condition on it.</summary>
    private NodeForm? Whole(ImmutableArray<int> operands, int operation)
    {
        if (_forms[operands[0]]!.Condition is not { } whole)
        {
            return null;
        }

        foreach (var operand in operands.Skip(1))
        {
            if (_forms[operand]!.Condition is not { } next || next.Column != whole.Column)
            {
                return null;
            }

            whole = whole.Join(next, operation);
        }

        return NodeForm.Of(whole);
    }

    /// <summary>The product of the operands' alternatives. Where it is too large, the operand with the most stays whole.</summary>
    private ImmutableArray<Term>? All(ImmutableArray<int> operands, bool isNegated)
    {
        var factors = operands.Select(operand => _forms[operand]!.Terms(isNegated)).ToList();
        if (factors.Exists(terms => terms.IsEmpty))
        {
            // One that never holds: the product of the others need not be made.
            return [];
        }

        while (factors.Aggregate(1L, (product, terms) => Math.Min(product * terms.Length, int.MaxValue)) > MostTerms)
        {
            var largest = factors.IndexOf(factors.MaxBy(terms => terms.Length));
            factors[largest] = isNegated ? Negated(operands[largest]) : Leaf(operands[largest]);
        }

        var product = new List<Term> { Term.Always };
        foreach (var terms in factors)
        {
            var longer = new List<Term>(product.Count * terms.Length);
            foreach (var left in product)
            {
                foreach (var right in terms)
                {
                    longer.Add(left.And(right));
                }
            }

            product = longer;
        }

        return [.. product];
    }

    /// <summary>The operands' alternatives together, those that are one condition on the same column as one; null where they are too many.</summary>
    private ImmutableArray<Term>? Any(ImmutableArray<int> operands, bool isNegated)
    {
        var joined = new SortedDictionary<int, ColumnCondition>();
        var terms = ImmutableArray.CreateBuilder<Term>();
        foreach (var form in operands.Select(operand => _forms[operand]!))
        {
            if (form.Condition is { } condition)
            {
                condition = isNegated ? condition.Negated() : condition;
                joined[condition.Column] = joined.TryGetValue(condition.Column, out var before) ? before.Join(condition, CandidateLiteral.Or) : condition;
            }
            else
            {
                terms.AddRange(form.Terms(isNegated));
            }
        }

        terms.AddRange(joined.Values.Select(Term.Of));
        return terms.Count > MostTerms ? null : terms.ToImmutable();
    }

    /// <summary>Alternatives of a node and of its opposite; where all of it is about one column, that condition.</summary>
    private sealed record NodeForm(ImmutableArray<Term> Positive, ImmutableArray<Term> Negative, ColumnCondition? Condition)
    {
        public static NodeForm Of(ColumnCondition condition) => new([Term.Of(condition)], [Term.Of(condition.Negated())], condition);

        /// <summary>The length of the longest formula.</summary>
        public int Steps => Math.Max(Condition?.Formula.Items.Length ?? 0, Math.Max(Longest(Positive), Longest(Negative)));

        public ImmutableArray<Term> Terms(bool isNegated) => isNegated ? Negative : Positive;

        private static int Longest(ImmutableArray<Term> terms)
        {
            var longest = 0;
            foreach (var term in terms)
            {
                foreach (var condition in term.Conditions)
                {
                    longest = Math.Max(longest, condition.Formula.Items.Length);
                }
            }

            return longest;
        }
    }
}

/// <summary>A condition on one column's tests, in postfix order as in <see cref="CandidateLiteral"/>.</summary>
internal sealed record ColumnCondition(int Column, IrList<int> Formula)
{
    public ColumnCondition Negated() => Formula.Items is [.. var rest, CandidateLiteral.Not]
        ? this with { Formula = new IrList<int>(rest) }
        : this with { Formula = new IrList<int>([.. Formula.Items, CandidateLiteral.Not]) };

    public ColumnCondition Join(ColumnCondition other, int operation) =>
        this with { Formula = new IrList<int>([.. Formula.Items, .. other.Formula.Items, operation]) };
}

/// <summary>Conditions that must all hold, one a column, in order of the columns.</summary>
internal sealed record Term(ImmutableArray<ColumnCondition> Conditions)
{
    public static Term Always { get; } = new([]);

    public static Term Of(ColumnCondition condition) => new([condition]);

    public bool IsAbout(int column) => Conditions.Any(condition => condition.Column == column);

    public Term And(Term other)
    {
        if (Conditions.IsEmpty)
        {
            return other;
        }

        var conditions = ImmutableArray.CreateBuilder<ColumnCondition>(Conditions.Length + other.Conditions.Length);
        for (var (i, j) = (0, 0); i < Conditions.Length || j < other.Conditions.Length;)
        {
            var order = j == other.Conditions.Length ? -1 : i == Conditions.Length ? 1 : Conditions[i].Column.CompareTo(other.Conditions[j].Column);
            conditions.Add(order < 0 ? Conditions[i] : order > 0 ? other.Conditions[j] : Conditions[i].Join(other.Conditions[j], CandidateLiteral.And));
            (i, j) = (order <= 0 ? i + 1 : i, order >= 0 ? j + 1 : j);
        }

        return new Term(conditions.DrainToImmutable());
    }
}
