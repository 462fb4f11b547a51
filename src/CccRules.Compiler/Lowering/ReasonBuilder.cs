using System.Collections.Immutable;
using System.Text;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// The conditions of a norm as a tree in the analyst's words, each with the node whose truth belongs beside it. A named
/// definition is told once and referred to, so a ruleset's reasons are never larger than its text.
/// </summary>
internal sealed class ReasonBuilder(ConditionLowerer conditions)
{
    private readonly List<DefinitionSchema> _definitions = [];
    private readonly Dictionary<DefinitionSymbol, int> _index = [];

    public ImmutableArray<DefinitionSchema> Definitions => [.. _definitions];

    public void Define(BoundDefine define) =>
        Add(define.Define, [.. define.Values.SelectMany(entry => new[] { entry.Guard, entry.Value }).OfType<BoundExpression>().Select(Of)]);

    public void Define(BoundCategory category) =>
        Add(category.Category, [.. Clause("when", category.When), .. Clause("unless", category.Unless)]);

    public ImmutableArray<ReasonSchema> Of(BoundNorm norm, NormSchema schema, ImmutableArray<BoundExemption> exemptions, ImmutableArray<int> windows)
    {
        var reasons = ImmutableArray.CreateBuilder<ReasonSchema>();
        reasons.AddRange(Clause("when", norm.When));
        reasons.AddRange(Clause("unless", norm.Unless));
        for (var i = 0; i < exemptions.Length; i++)
        {
            var exemption = exemptions[i].Exemption;
            ImmutableArray<ReasonSchema> parts = [.. Clause("when", exemptions[i].When), .. Clause("unless", exemptions[i].Unless)];
            reasons.Add(new ReasonSchema($"exemption: {exemption.Title}", schema.Exemptions[i].Node, Citations(exemption.Citations), parts));
        }

        for (var i = 0; i < norm.Windows.Length; i++)
        {
            var window = norm.Windows[i];
            var text = new StringBuilder("in force");
            Append(text, " from ", window.From);
            Append(text, " until ", window.Until);
            Append(text, " where ", window.Where);
            reasons.Add(new ReasonSchema(text.ToString(), windows[i], [], window.Where is { } where ? [Of(where)] : []));
        }

        if (norm.Norm.Module is { FromDay: not null } or { UntilDay: not null })
        {
            reasons.Add(new ReasonSchema("the ruleset itself is in force", schema.InForce, [], []));
        }

        reasons.AddRange(Clause("fulfilled when", norm.Fulfilled));
        return reasons.ToImmutable();
    }

    public ImmutableArray<ReasonSchema> Of(BoundDeadline deadline, NormSchema schema, int owner)
    {
        var reasons = ImmutableArray.CreateBuilder<ReasonSchema>();
        reasons.AddRange(Clause("when", deadline.When));
        reasons.AddRange(Clause("unless", deadline.Unless));
        if (deadline.For is { } norm)
        {
            reasons.Add(new ReasonSchema($"to be fulfilled: {norm.Title}", owner, [], []));
        }

        if (schema.Deadline is { } dates)
        {
            reasons.AddRange(Clause("met when", deadline.Met));
            reasons.Add(new ReasonSchema($"{Written(deadline.Due.Syntax)}, and that is over", dates.Overdue, [], []));
            if (deadline.Remind is not null)
            {
                reasons.Add(new ReasonSchema("the time of reminding has begun", dates.Soon, [], []));
            }
        }

        return reasons.ToImmutable();
    }

    public static ImmutableArray<CitationSchema> Citations(ImmutableArray<CitationSymbol> citations) =>
        [.. citations.Select(citation => new CitationSchema(citation.Source.Name, citation.Source.Title, citation.Locator))];

    private void Add(DefinitionSymbol symbol, ImmutableArray<ReasonSchema> reasons)
    {
        _index[symbol] = _definitions.Count;
        _definitions.Add(new DefinitionSchema(symbol.QualifiedName, symbol.Title, conditions[symbol], Citations(symbol.Citations), reasons));
    }

    private IEnumerable<ReasonSchema> Clause(string word, BoundExpression? condition)
    {
        if (condition is not null)
        {
            yield return new ReasonSchema(word, conditions.Lower(condition), [], [Of(condition)]);
        }
    }

    private ReasonSchema Of(BoundExpression condition)
    {
        var node = conditions.Lower(condition);
        return condition switch
        {
            BoundCategoryReference { Category: var category } => new ReasonSchema(category.Title, node, [], [], _index[category]),
            BoundDefineReference { Define: var define } when _index.TryGetValue(define, out var index) => new ReasonSchema(define.Title, node, [], [], index),
            BoundQuestion { Question: var question } => new ReasonSchema($"open question: {question.Title}", node, Citations(question.Citations), []),
            BoundAnd and => new ReasonSchema("all of these", node, [], [.. and.Operands.Select(Of)]),
            BoundOr or => new ReasonSchema("any of these", node, [], [.. or.Operands.Select(Of)]),
            BoundAtLeast atLeast => new ReasonSchema($"at least {atLeast.Count} of these", node, [], [.. atLeast.Operands.Select(Of)]),
            BoundNot not => new ReasonSchema("not", node, [], [Of(not.Operand)]),
            _ => new ReasonSchema(Written(condition.Syntax), node, [], []),
        };
    }

    private static void Append(StringBuilder text, string word, BoundExpression? expression)
    {
        if (expression is not null)
        {
            text.Append(word).Append(Written(expression.Syntax));
        }
    }

    /// <summary>As written, in one line and without comments.</summary>
    private static string Written(SyntaxElement syntax)
    {
        var text = new StringBuilder();
        foreach (var token in syntax is SyntaxToken single ? [single] : ((SyntaxNode)syntax).DescendantTokens())
        {
            if (text.Length > 0 && !token.LeadingTrivia.IsEmpty)
            {
                text.Append(' ');
            }

            text.Append(token.Text);
        }

        return text.ToString();
    }
}
