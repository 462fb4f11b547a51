using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Analysis;

/// <summary>
/// Random conditions over one fact: the analysis reports one exactly where the reference evaluator gives it, or a part of
/// it, one answer for every value of the fact at which some comparison can change, and beside those, and none. <c>CCC_FUZZ=N</c> tries N times as many.
/// </summary>
public sealed class SingleFactTests
{
    private static readonly int Conditions = 60 * Differential.DifferentialTests.Times;

    [Theory]
    [MemberData(nameof(RandomCondition.Kinds), MemberType = typeof(RandomCondition))]
    public void What_is_reported_is_what_no_value_or_every_value_meets(string kind)
    {
        var random = new Random(20260301);
        var (reported, silent) = (0, 0);
        for (var i = 0; i < Conditions; i++)
        {
            var condition = RandomCondition.Of(kind, random);
            var compilation = Compilation.Create(SyntaxTree.Parse(RandomCondition.Rules + $"category c when {condition}", "test.ccc"));
            Assert.Empty(compilation.Diagnostics.Where(found => found.Id[3] is not '9' && found.Id is not ("CCC4002" or "CCC4003")).Select(found => $"{condition}: {found}"));
            var isReported = compilation.Diagnostics.Any(found => found.Id is "CCC4002" or "CCC4003");
            Assert.True(isReported == IsSettled(compilation.Bound, kind), $"{(isReported ? "" : "not ")}reported: {condition}");
            _ = isReported ? reported++ : silent++;
        }

        Assert.True(reported > Conditions / 20 && silent > Conditions / 20, $"{reported} reported, {silent} silent");
    }

    private static bool IsSettled(BoundRuleset ruleset, string kind)
    {
        var condition = ruleset.Declarations.OfType<BoundCategory>().Single(category => category.Category.Name == "c").When!;
        var parts = Parts(condition).ToList();
        var (canHold, canFail) = (new bool[parts.Count], new bool[parts.Count]);
        foreach (var record in RandomCondition.Records(ruleset, kind))
        {
            var evaluator = ReferenceEvaluator.Evaluate(ruleset, record);
            for (var i = 0; i < parts.Count; i++)
            {
                var answer = evaluator.ConditionOf(parts[i]);
                Assert.False(answer.IsOpen);
                canHold[i] |= answer.CanBeTrue;
                canFail[i] |= answer.CanBeFalse;
            }
        }

        return canHold.Contains(false) || canFail.Contains(false);
    }

    private static IEnumerable<BoundExpression> Parts(BoundExpression condition) =>
        BoundTree.Parts(condition).Where(part => part.Type is { Kind: TypeKind.YesNo, AllowsNone: false } && part is not BoundConstant)
            .SelectMany(Parts)
            .Prepend(condition);
}
