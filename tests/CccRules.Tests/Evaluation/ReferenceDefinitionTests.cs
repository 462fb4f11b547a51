using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using static CccRules.Tests.Evaluation.BoundTrees;

namespace CccRules.Tests.Evaluation;

/// <summary>Guarded definitions and categories.</summary>
public sealed class ReferenceDefinitionTests
{
    private static readonly YesNoConstant IsYes = new(true);
    private static readonly YesNoConstant IsNo = new(false);

    private readonly BoundTrees _trees = new();

    [Fact]
    public void The_first_value_whose_guard_holds_counts()
    {
        var (g, h) = (_trees.YesNo("g"), _trees.YesNo("h"));
        var define = _trees.Define("d", TypeSymbol.Integer, (Number(1), g), (Number(2), h), (Number(3), null));
        Check("yes ()", Is(define, 1), Record((g, IsYes), (h, IsYes)));
        Check("yes ()", Is(define, 2), Record((g, IsNo), (h, IsYes)));
        Check("yes ()", Is(define, 3), Record((g, IsNo), (h, IsNo)));
        Check("open (g h)", Is(define, 1), Record());
        Check("open (g)", Is(define, 1), Record((h, IsYes)));
        Check("open (h)", Is(define, 1), Record((g, IsNo)));
        Check("yes ()", Is(define, 1), Record((g, IsYes)));
    }

    [Fact]
    public void An_open_guard_between_equal_values_does_not_matter()
    {
        var (g, a, b) = (_trees.YesNo("g"), _trees.Field("a", TypeSymbol.Integer), _trees.Field("b", TypeSymbol.Integer));
        var define = _trees.Define("d", TypeSymbol.Integer, (a, g), (b, null));
        Check("yes ()", Is(define, 1), Record((a, NumberOf(1)), (b, NumberOf(1))));
        Check("open (g)", Is(define, 1), Record((a, NumberOf(1)), (b, NumberOf(2))));
        Check("open (b g)", Is(define, 1), Record((a, NumberOf(1))));
        Check("open (b)", Is(define, 1), Record((g, IsNo), (a, NumberOf(1))));
        Check("open (a b g)", Is(define, 1), Record());
    }

    [Fact]
    public void An_open_guard_between_none_and_none_is_none()
    {
        var g = _trees.YesNo("g");
        var type = TypeSymbol.Date with { AllowsNone = true };
        var (a, b) = (_trees.Field("a", type), _trees.Field("b", type));
        var define = _trees.Define("d", type, (a, g), (b, null));
        var isNone = Compare(define, ComparisonKind.Equal, Constant(TypeSymbol.None, NoneConstant.Instance));
        Check("yes ()", isNone, Record((a, NoneConstant.Instance), (b, NoneConstant.Instance)));
        Check("open (g)", isNone, Record((a, NoneConstant.Instance), (b, DateOf("2026-01-01"))));
    }

    [Fact]
    public void A_guarded_condition_is_certain_where_every_reachable_value_agrees()
    {
        var (g, a, b) = (_trees.YesNo("g"), _trees.YesNo("a"), _trees.YesNo("b"));
        var define = _trees.Define("d", TypeSymbol.YesNo, (a, g), (b, null));
        Check("yes ()", define, Record((a, IsYes), (b, IsYes)));
        Check("no ()", define, Record((a, IsNo), (b, IsNo)));
        Check("open (g)", define, Record((a, IsYes), (b, IsNo)));
        Check("open (b g)", define, Record((a, IsYes)));
        Check("open (a)", define, Record((g, IsYes)));
        Check("open (a b g)", define, Record());
    }

    [Fact]
    public void A_condition_serves_as_a_value()
    {
        var (a, b) = (_trees.YesNo("a"), _trees.YesNo("b"));
        var define = _trees.Define("d", TypeSymbol.YesNo, (And(a, b), null));
        Check("yes ()", Compare(define, ComparisonKind.Equal, No), Record((a, IsNo)));
        Check("open (a b)", Compare(define, ComparisonKind.Equal, No), Record());
    }

    [Fact]
    public void A_code_behind_a_definition_hangs_on_the_field_it_came_from()
    {
        var (g, a, b) = (_trees.YesNo("g"), _trees.Field("a", TypeSymbol.Hs), _trees.Field("b", TypeSymbol.Hs));
        var condition = Under(_trees.Define("d", TypeSymbol.Hs, (a, g), (b, null)), "850760");
        Check("open (a)", condition, Record((g, IsYes), (a, new HsConstant("8507")), (b, new HsConstant("8507"))));
        // Which of the two it is hangs on the guard: each may still get other digits.
        Check("open (g)", condition, Record((a, new HsConstant("8507")), (b, new HsConstant("8507"))));
    }

    [Fact]
    public void A_category_holds_unless_it_does_not()
    {
        var (a, b) = (_trees.YesNo("a"), _trees.YesNo("b"));
        var category = Named(_trees.Category("c", a, unless: b));
        Check("yes ()", category, Record((a, IsYes), (b, IsNo)));
        Check("no ()", category, Record((b, IsYes)));
        Check("open (b)", category, Record((a, IsYes)));
        Check("open (b)", Named(_trees.Category("e", null, unless: b)), Record());
    }

    [Fact]
    public void A_chain_of_ten_thousand_definitions_needs_no_deep_stack()
    {
        var (a, b) = (_trees.YesNo("a"), _trees.YesNo("b"));
        BoundExpression last = a;
        for (var i = 0; i < 10_000; i++)
        {
            last = _trees.Define($"d{i}", TypeSymbol.YesNo, (Not(last), b), (last, null));
        }

        Check("open (a)", last, Record((b, IsNo)));
        Check("yes ()", last, Record((a, IsYes), (b, IsYes)));
    }

    private static BoundExpression Is(BoundExpression value, int number) => Compare(value, ComparisonKind.Equal, Number(number));

    private void Check(string expected, BoundExpression condition, ReferenceRecord record)
    {
        var answer = _trees.Evaluate(record).ConditionOf(condition);
        Assert.Equal(expected, $"{(answer.IsOpen ? "open" : answer.CanBeTrue ? "yes" : "no")} ({Names(answer.Missing)})");
    }
}
