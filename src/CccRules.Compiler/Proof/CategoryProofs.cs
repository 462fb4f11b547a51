using System.Collections;
using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Proof;

/// <summary>Categories that never or always hold, that are equal, or of which one lies inside another without saying so.</summary>
internal sealed class CategoryProofs(ProofContext context)
{
    private const string Whole = "categories that never or always hold";
    private const string Pairs = "categories that are equal or inside another";

    /// <summary>Pairs that the examples do not tell apart and that are proved; the others are not proved.</summary>
    private const int MostPairs = 20_000;

    public void Check()
    {
        var categories = context.Rules.Ruleset.Declarations.OfType<BoundCategory>().Select(category => (category.Category, Node: context.NodeOf(category.Category))).ToList();
        var examples = new List<Assignment>();
        var sound = new List<(CategorySymbol Category, int Node)>();
        foreach (var (category, node) in categories)
        {
            context.CheckCancellation();
            if (Example(category, node) is { } found)
            {
                examples.AddRange(found);
                sound.Add((category, node));
            }
        }

        CheckPairs(sound, examples);
    }

    /// <summary>Records in the category and outside it; null where there are not both.</summary>
    private IEnumerable<Assignment>? Example(CategorySymbol category, int node)
    {
        try
        {
            var space = ProofSpace.Of(context.Module, [node]);
            var inside = space.Find(space.Must(node), _ => true);
            var name = $"category `{category.Name}`";
            if (context.IsNothing(Whole, inside, name))
            {
                context.Report(Whole, ProofDiagnostics.NeverMatters(category.Location, $"the {name}", "no record is in it", []), category);
                return null;
            }

            var outside = space.Find(space.Diagrams.Not(space.Can(node)), _ => true);
            if (context.IsNothing(Whole, outside, name))
            {
                context.Report(Whole, ProofDiagnostics.NeverMatters(category.Location, $"the {name}", "every record is in it", []), category);
                return null;
            }

            return inside.Kind == AnswerKind.Found && outside.Kind == AnswerKind.Found
                ? [WitnessFinder.Complete(space, inside.Record), WitnessFinder.Complete(space, outside.Record)]
                : null;
        }
        catch (ProofLimitException)
        {
            context.Count(Whole, 0, 1);
            context.NotProved.Add($"category `{category.Name}`: {ModelFinder.Limit}");
            return null;
        }
    }

    private void CheckPairs(List<(CategorySymbol Category, int Node)> categories, List<Assignment> examples)
    {
        if (categories.Count < 2)
        {
            return;
        }

        var holds = Examine(categories, examples);
        var names = References();
        var proved = 0;
        for (var i = 0; i < categories.Count; i++)
        {
            context.CheckCancellation();
            for (var j = 0; j < categories.Count; j++)
            {
                var isFirst = i < j;
                if (i == j || !IsWithin(holds[i], holds[j]) || (!isFirst && IsWithin(holds[j], holds[i])))
                {
                    continue;
                }

                if (proved++ >= MostPairs)
                {
                    context.Count(Pairs, 0, 1);
                    continue;
                }

                CheckPair(categories[i], categories[j], IsWithin(holds[j], holds[i]), names);
            }
        }
    }

    /// <summary>By category: the examples that it holds for. An example that tells two apart spares their proof.</summary>
    private List<BitArray> Examine(List<(CategorySymbol Category, int Node)> categories, List<Assignment> examples)
    {
        var holds = categories.ConvertAll(_ => new BitArray(examples.Count));
        for (var example = 0; example < examples.Count; example++)
        {
            context.Evaluator.Evaluate(examples[example]);
            for (var category = 0; category < categories.Count; category++)
            {
                holds[category][example] = ProofContext.Holds(context.Evaluator, categories[category].Node);
            }
        }

        return holds;
    }

    private static bool IsWithin(BitArray inner, BitArray outer)
    {
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] && !outer[i])
            {
                return false;
            }
        }

        return true;
    }

    private void CheckPair((CategorySymbol Category, int Node) inner, (CategorySymbol Category, int Node) outer, bool mayBeEqual, Dictionary<CategorySymbol, HashSet<DefinitionSymbol>> names)
    {
        var isNamed = names[outer.Category].Contains(inner.Category) || names[inner.Category].Contains(outer.Category);
        if (isNamed && !mayBeEqual)
        {
            return;
        }

        try
        {
            var space = ProofSpace.Of(context.Module, [inner.Node, outer.Node]);
            var (a, b) = (space.Must(inner.Node), space.Must(outer.Node));
            var isInside = space.Find(space.Diagrams.And(a, space.Diagrams.Not(b)), _ => true).Kind == AnswerKind.Nothing;
            var contains = space.Find(space.Diagrams.And(b, space.Diagrams.Not(a)), _ => true).Kind == AnswerKind.Nothing;
            context.Count(Pairs, 0, 0);
            if (isInside && contains)
            {
                context.Report(
                    Pairs,
                    ProofDiagnostics.EqualCategories(outer.Category.Location, outer.Category.Name, inner.Category.Name, inner.Category.Location),
                    outer.Category,
                    Shown(space, a, "in both categories", inner.Category, outer.Category));
            }
            else if ((isInside || contains) && !isNamed)
            {
                var (own, other, more) = isInside ? (inner, outer, space.Diagrams.And(b, space.Diagrams.Not(a))) : (outer, inner, space.Diagrams.And(a, space.Diagrams.Not(b)));
                context.Report(
                    Pairs,
                    ProofDiagnostics.CategoryInside(own.Category.Location, own.Category.Name, other.Category.Name, other.Category.Location),
                    own.Category,
                    Shown(space, more, $"in {other.Category.Name} and not in {own.Category.Name}", own.Category, other.Category));
            }
        }
        catch (ProofLimitException)
        {
            context.Count(Pairs, 0, 1);
        }
    }

    private Witness? Shown(ProofSpace space, int question, string name, CategorySymbol left, CategorySymbol right)
    {
        var (a, b) = (context.NodeOf(left), context.NodeOf(right));
        var complete = context.Witnesses.Find(space, question, _ => true, keepsFacts: true);
        if (complete.Kind != AnswerKind.Found)
        {
            return null;
        }

        context.Evaluator.Evaluate(complete.Record);
        var (isIn, isOther) = (context.Evaluator.NodeOf(a), context.Evaluator.NodeOf(b));
        var smallest = context.Witnesses.Find(space, question, evaluator => evaluator.NodeOf(a) == isIn && evaluator.NodeOf(b) == isOther);
        return context.Witness(name, smallest.Kind == AnswerKind.Found ? smallest.Record : complete.Record, [], [left, right]);
    }

    /// <summary>By category: every definition that it names, and what these name.</summary>
    private Dictionary<CategorySymbol, HashSet<DefinitionSymbol>> References()
    {
        var names = new Dictionary<DefinitionSymbol, HashSet<DefinitionSymbol>>();
        foreach (var declaration in context.Rules.Ruleset.Declarations)
        {
            ImmutableArray<BoundExpression?> clauses = declaration switch
            {
                BoundDefine define => [.. define.Values.SelectMany(entry => new[] { entry.Value, entry.Guard })],
                BoundCategory category => [category.When, category.Unless],
                _ => [],
            };
            var own = new HashSet<DefinitionSymbol>();
            var stack = new Stack<BoundExpression>(clauses.OfType<BoundExpression>());
            while (stack.TryPop(out var part))
            {
                DefinitionSymbol? named = part switch
                {
                    BoundCategoryReference reference => reference.Category,
                    BoundDefineReference reference => reference.Define,
                    _ => null,
                };
                if (named is not null && own.Add(named))
                {
                    own.UnionWith(names.GetValueOrDefault(named, []));
                }

                foreach (var inner in BoundTree.Parts(part))
                {
                    stack.Push(inner);
                }
            }

            names[declaration.Symbol] = own;
        }

        return names.Where(entry => entry.Key is CategorySymbol).ToDictionary(entry => (CategorySymbol)entry.Key, entry => entry.Value);
    }
}
