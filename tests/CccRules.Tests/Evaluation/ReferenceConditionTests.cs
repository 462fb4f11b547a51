using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using static CccRules.Tests.Evaluation.BoundTrees;

namespace CccRules.Tests.Evaluation;

/// <summary>Truth and missing facts of single conditions.</summary>
public sealed class ReferenceConditionTests
{
    private static readonly TypeSymbol DateOrNone = TypeSymbol.Date with { AllowsNone = true };

    private readonly BoundTrees _trees = new();

    [Fact]
    public void A_settled_operand_brings_no_missing_facts()
    {
        var (a, b, c) = (_trees.YesNo("a"), _trees.YesNo("b"), _trees.YesNo("c"));
        Check("open (a b)", And(a, b), Record());
        Check("no ()", And(a, b), Record((a, new YesNoConstant(false))));
        Check("open (a c)", Or(And(a, c), And(b, No)), Record());
        Check("open (a)", Or(a, Not(a)), Record());
    }

    [Fact]
    public void At_least_counts_certain_and_possible_operands()
    {
        var (a, b, c) = (_trees.YesNo("a"), _trees.YesNo("b"), _trees.YesNo("c"));
        var yes = new YesNoConstant(true);
        var no = new YesNoConstant(false);
        Check("open (b c)", AtLeast(2, a, b, c), Record((a, yes)));
        Check("yes ()", AtLeast(2, a, b, c), Record((a, yes), (b, yes)));
        Check("no ()", AtLeast(2, a, b, c), Record((a, no), (b, no)));
        Check("open (c)", AtLeast(2, a, b, c), Record((a, yes), (b, no)));
    }

    [Theory]
    [InlineData(nameof(ComparisonKind.Equal), "no", "yes")]
    [InlineData(nameof(ComparisonKind.NotEqual), "yes", "no")]
    [InlineData(nameof(ComparisonKind.Less), "no", "no")]
    [InlineData(nameof(ComparisonKind.LessOrEqual), "no", "no")]
    [InlineData(nameof(ComparisonKind.Greater), "no", "no")]
    [InlineData(nameof(ComparisonKind.GreaterOrEqual), "no", "no")]
    public void None_equals_none_and_is_never_ordered(string comparison, string withDate, string withNone)
    {
        var kind = Enum.Parse<ComparisonKind>(comparison);
        var (sold, imported) = (_trees.Field("sold", DateOrNone), _trees.Field("imported", DateOrNone));
        var none = NoneConstant.Instance;
        Check($"{withDate} ()", Compare(sold, kind, Date("2026-03-01")), Record((sold, none)));
        Check($"{withDate} ()", Compare(Date("2026-03-01"), kind, sold), Record((sold, none)));
        Check($"{withNone} ()", Compare(sold, kind, imported), Record((sold, none), (imported, none)));
        Check("open (imported)", Compare(sold, kind, imported), Record((sold, none)));
        Check("open (imported sold)", Compare(sold, kind, imported), Record());
    }

    [Fact]
    public void Between_holds_its_bounds_and_not_none()
    {
        var amount = _trees.Field("amount", TypeSymbol.Integer with { AllowsNone = true });
        var low = _trees.Field("low", TypeSymbol.Integer);
        var condition = Between(amount, low, Number(5));
        Check("yes ()", condition, Record((amount, NumberOf(5)), (low, NumberOf(5))));
        Check("no ()", condition, Record((amount, NumberOf(4)), (low, NumberOf(5))));
        Check("no ()", condition, Record((amount, NumberOf(6))));
        Check("open (low)", condition, Record((amount, NumberOf(4))));
        Check("no ()", condition, Record((amount, NoneConstant.Instance), (low, NumberOf(1))));
    }

    [Fact]
    public void In_a_list_a_known_member_outweighs_a_missing_one()
    {
        var (a, b) = (_trees.Field("a", TypeSymbol.Integer), _trees.Field("b", TypeSymbol.Integer));
        Check("yes ()", In(a, Number(1), b), Record((a, NumberOf(1))));
        Check("open (b)", In(a, Number(1), b), Record((a, NumberOf(2))));
        Check("no ()", In(a, Number(1), b), Record((a, NumberOf(2)), (b, NumberOf(3))));
    }

    [Fact]
    public void Numbers_are_exact()
    {
        var a = _trees.Field("a", TypeSymbol.Decimal);
        var third = new BoundSum(a.Syntax, TypeSymbol.Decimal, [new BoundTerm(a, new Rational(1, 3)), new BoundTerm(a, new Rational(2, 3))]);
        Check("yes ()", Compare(third, ComparisonKind.Equal, a), Record((a, new NumberConstant(Rational.Parse("0.1")))));
    }

    [Fact]
    public void A_code_that_is_too_short_is_open_and_hangs_on_itself()
    {
        var code = _trees.Field("code", TypeSymbol.Hs with { AllowsNone = true });
        var condition = Under(code, "8507600090");
        Check("open (code)", condition, Record());
        Check("open (code)", condition, Record((code, new HsConstant("850760"))));
        Check("yes ()", condition, Record((code, new HsConstant("8507600090123"))));
        Check("no ()", condition, Record((code, new HsConstant("850750"))));
        Check("no ()", condition, Record((code, NoneConstant.Instance)));
    }

    [Fact]
    public void Texts_are_compared_by_code_units_and_matched_anywhere()
    {
        var text = _trees.Field("text", TypeSymbol.Text with { AllowsNone = true });
        var matches = new BoundMatches(text.Syntax, text, "^[A-Z]+-\\d{2}");
        Check("yes ()", matches, Record((text, new TextConstant("CCC-27/2025"))));
        Check("no ()", matches, Record((text, new TextConstant("ccc-27"))));
        Check("no ()", matches, Record((text, NoneConstant.Instance)));
        Check("open (text)", matches, Record());
        var less = Compare(text, ComparisonKind.Less, Constant(TypeSymbol.Text, new TextConstant("a")));
        Check("yes ()", less, Record((text, new TextConstant("B"))));
        Check("no ()", less, Record((text, new TextConstant("ä"))));
    }

    [Fact]
    public void A_set_has_any_or_all_of_some_members()
    {
        var type = new TypeSymbol(TypeKind.MemberSet) { Enumeration = new EnumerationSymbol(["radio", "mains", "battery"]), AllowsNone = true };
        var traits = _trees.Field("traits", type);
        var any = new BoundHas(traits.Syntax, traits, 0b101, IsAll: false);
        var all = new BoundHas(traits.Syntax, traits, 0b101, IsAll: true);
        var radio = Record((traits, new MembersConstant(0b011)));
        Check("yes ()", any, radio);
        Check("no ()", all, radio);
        Check("yes ()", all, Record((traits, new MembersConstant(0b111))));
        Check("no ()", any, Record((traits, NoneConstant.Instance)));
        Check("open (traits)", any, Record());
    }

    [Fact]
    public void Arithmetic_with_none_is_none_and_missing_outweighs_none()
    {
        var (a, b) = (_trees.Field("a", TypeSymbol.Integer with { AllowsNone = true }), _trees.Field("b", TypeSymbol.Integer));
        var isNone = Compare(Sum(a, b), ComparisonKind.Equal, Constant(TypeSymbol.None, NoneConstant.Instance));
        Check("yes ()", isNone, Record((a, NoneConstant.Instance), (b, NumberOf(1))));
        Check("no ()", isNone, Record((a, NumberOf(1)), (b, NumberOf(1))));
        Check("open (b)", isNone, Record((a, NoneConstant.Instance)));
    }

    [Fact]
    public void The_earliest_skips_none_and_waits_for_what_is_missing()
    {
        var (made, sold, imported) = (_trees.Field("made", TypeSymbol.Date), _trees.Field("sold", DateOrNone), _trees.Field("imported", DateOrNone));
        var (early, late) = (DateOf("2026-01-01"), DateOf("2027-01-01"));
        var earliest = Compare(Extreme(false, sold, imported), ComparisonKind.Equal, Date("2026-01-01"));
        var latest = Compare(Extreme(true, sold, imported), ComparisonKind.Equal, Date("2026-01-01"));
        Check("yes ()", earliest, Record((sold, early), (imported, late)));
        Check("no ()", latest, Record((sold, early), (imported, late)));
        Check("yes ()", earliest, Record((sold, NoneConstant.Instance), (imported, early)));
        Check("yes ()", latest, Record((sold, NoneConstant.Instance), (imported, early)));
        Check("open (imported)", earliest, Record((sold, early)));
        Check("no ()", earliest, Record((sold, NoneConstant.Instance), (imported, NoneConstant.Instance)));
        Check("open (imported made)", Compare(Extreme(false, made, sold, imported), ComparisonKind.Less, made), Record((sold, early)));
    }

    [Fact]
    public void A_date_is_moved_by_a_month_and_waits_for_what_is_missing()
    {
        var issued = _trees.Field("issued", TypeSymbol.Date);
        var later = Compare(Later(issued, Months(1)), ComparisonKind.Equal, Date("2026-02-28"));
        Check("yes ()", later, Record((issued, DateOf("2026-01-31"))));
        Check("no ()", later, Record((issued, DateOf("2026-01-27"))));
        Check("open (issued)", later, Record());
    }

    [Theory]
    [InlineData("2004-12-31", "none")]
    [InlineData("2005-01-01", "10")]
    [InlineData("2019-06-30", "10")]
    [InlineData("2019-07-01", "50")]
    public void A_parameter_has_its_value_of_the_evaluation_date(string day, string expected)
    {
        var parameter = Parameter(null, ("2019-07-01", 50), ("2005-01-01", 10));
        Check("yes ()", Compare(parameter, ComparisonKind.Equal, NumberOrNone(expected)), Record(day));
        Check("open (date)", Compare(parameter, ComparisonKind.Equal, NumberOrNone(expected)), Record());
    }

    [Fact]
    public void A_parameter_at_a_date_of_the_record_waits_for_it()
    {
        var imported = _trees.Field("imported", DateOrNone);
        var parameter = Parameter(imported, (null, 10), ("2019-07-01", 50));
        var isTen = Compare(parameter, ComparisonKind.Equal, Number(10));
        Check("yes ()", isTen, Record("2026-01-01", (imported, DateOf("0001-01-01"))));
        Check("no ()", isTen, Record("2026-01-01", (imported, DateOf("2020-01-01"))));
        Check("no ()", isTen, Record("2026-01-01", (imported, NoneConstant.Instance)));
        Check("open (imported)", isTen, Record("2026-01-01"));
    }

    [Fact]
    public void A_question_is_open_until_it_is_answered()
    {
        var question = _trees.Question("stock");
        Check("open (stock)", question, Record());
        Check("no ()", Not(question), new ReferenceRecord { Answers = ReferenceRecord.Empty.Answers.Add(question.Question, true) });
    }

    private static BoundConstant NumberOrNone(string text) =>
        text == "none" ? Constant(TypeSymbol.None, NoneConstant.Instance) : Number(int.Parse(text));

    private void Check(string expected, BoundExpression condition, ReferenceRecord record)
    {
        var answer = _trees.Evaluate(record).ConditionOf(condition);
        Assert.Equal(expected, $"{(answer.IsOpen ? "open" : answer.CanBeTrue ? "yes" : "no")} ({Names(answer.Missing)})");
    }
}
