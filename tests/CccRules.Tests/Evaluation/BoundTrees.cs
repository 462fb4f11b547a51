using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Evaluation;

/// <summary>Bound trees made by hand: for laws over random trees, and for conditions that stand alone.</summary>
internal sealed class BoundTrees
{
    private static readonly DeclarationSyntax AnyDeclaration = SyntaxTree.Parse("category any when yes").Root.Declarations.First();
    private static readonly TextLocation Nowhere = new(SourceText.From("test", ""), default);
    private readonly List<FieldSymbol> _fields = [];
    private readonly List<QuestionSymbol> _questions = [];
    private readonly List<BoundDeclaration> _declarations = [];

    public BoundTrees(long? from = null, long? until = null)
    {
        Module = new ModuleSymbol("test", "test", Nowhere) { FromDay = from, UntilDay = until };
    }

    public ModuleSymbol Module { get; }

    public IReadOnlyList<FieldSymbol> Fields => _fields;

    public IReadOnlyList<QuestionSymbol> Questions => _questions;

    public static BoundConstant Yes => Constant(TypeSymbol.YesNo, new YesNoConstant(true));

    public static BoundConstant No => Constant(TypeSymbol.YesNo, new YesNoConstant(false));

    public static BoundConstant Constant(TypeSymbol type, ConstantValue value) => new(AnyDeclaration, type, value);

    public static BoundConstant Number(int value) => Constant(TypeSymbol.Integer, NumberOf(value));

    public static NumberConstant NumberOf(int value) => new(new Rational(value));

    public static BoundConstant Date(string day) => Constant(TypeSymbol.Date, DateOf(day));

    public static DateConstant DateOf(string day) => new(DayOf(day));

    public static long DayOf(string day) => CivilDate.TryParse(day, out var number) ? number : throw new FormatException(day);

    public static BoundConstant Months(int months) => Constant(
        new TypeSymbol(TypeKind.Duration) { Basis = DurationBasis.Months }, new DurationConstant(months, BigInteger.Zero));

    public static BoundExpression And(params BoundExpression[] operands) => new BoundAnd(AnyDeclaration, [.. operands]);

    public static BoundExpression Or(params BoundExpression[] operands) => new BoundOr(AnyDeclaration, [.. operands]);

    public static BoundExpression Not(BoundExpression operand) => new BoundNot(AnyDeclaration, operand);

    public static BoundExpression AtLeast(int count, params BoundExpression[] operands) =>
        new BoundAtLeast(AnyDeclaration, count, [.. operands]);

    public static BoundExpression Compare(BoundExpression left, ComparisonKind kind, BoundExpression right) =>
        new BoundComparison(AnyDeclaration, kind, left, right);

    public static BoundExpression Between(BoundExpression operand, BoundExpression low, BoundExpression high) =>
        new BoundBetween(AnyDeclaration, operand, low, high);

    public static BoundExpression In(BoundExpression operand, params BoundExpression[] items) =>
        new BoundIn(AnyDeclaration, operand, [.. items]);

    public static BoundExpression Under(BoundExpression operand, params string[] prefixes) =>
        new BoundUnder(AnyDeclaration, operand, [.. prefixes.Select(prefix => new HsRange(prefix, prefix))], []);

    public static BoundExpression StatusTest(NormSymbol norm, Outcome statuses) => new BoundStatusTest(AnyDeclaration, norm, statuses);

    public static BoundExpression Named(CategorySymbol category) => new BoundCategoryReference(AnyDeclaration, category);

    public static BoundExpression Named(DefineSymbol define, TypeSymbol type) => new BoundDefineReference(AnyDeclaration, type, define);

    public static BoundExpression Extreme(bool isLargest, params BoundExpression[] operands) =>
        new BoundExtreme(AnyDeclaration, operands[0].Type, isLargest, [.. operands]);

    public static BoundExpression Sum(params BoundExpression[] operands) =>
        new BoundSum(AnyDeclaration, operands[0].Type, [.. operands.Select(operand => new BoundTerm(operand, Rational.One))]);

    public static BoundExpression Later(BoundExpression date, BoundExpression duration, MonthRounding rounding = MonthRounding.Down) =>
        new BoundMovedDate(AnyDeclaration, date, [new BoundMove(duration, IsBackwards: false)], rounding);

    public static BoundExpression Parameter(BoundExpression? at, params (string? From, int Value)[] entries) => new BoundParameter(
        AnyDeclaration,
        TypeSymbol.Integer,
        new ParameterSymbol(new ModuleSymbol("test", "test", Nowhere), "p", "p", Nowhere, AnyDeclaration, TypeSymbol.Integer),
        [.. entries.Select(entry => new ParameterEntry(entry.From is null ? null : DayOf(entry.From), NumberOf(entry.Value)))],
        at);

    public BoundField Field(string name, TypeSymbol type)
    {
        var field = new FieldSymbol(Module, name, name, Nowhere, type);
        _fields.Add(field);
        return new BoundField(AnyDeclaration, field);
    }

    public BoundField YesNo(string name) => Field(name, TypeSymbol.YesNo);

    public BoundQuestion Question(string name)
    {
        var question = new QuestionSymbol(Module, name, name, Nowhere, AnyDeclaration);
        _questions.Add(question);
        return new BoundQuestion(AnyDeclaration, question);
    }

    /// <summary>A guarded definition; the last value has no guard.</summary>
    public BoundExpression Define(string name, TypeSymbol type, params (BoundExpression Value, BoundExpression? Guard)[] values)
    {
        var define = new DefineSymbol(Module, name, name, Nowhere, AnyDeclaration);
        _declarations.Add(new BoundDefine(define, type, [.. values.Select(value => new BoundGuardedValue(value.Value, value.Guard))]));
        return Named(define, type);
    }

    public CategorySymbol Category(string name, BoundExpression? when, BoundExpression? unless = null, params string?[] issued)
    {
        var category = new CategorySymbol(Module, name, name, Nowhere, AnyDeclaration) { Citations = Citations(issued) };
        _declarations.Add(new BoundCategory(category, when, unless));
        return category;
    }

    public ExemptionSymbol Exemption(
        string name, BoundExpression? when, BoundExpression? unless = null, BoundWindow[]? windows = null, ModuleSymbol? module = null, string?[]? issued = null)
    {
        var exemption = new ExemptionSymbol(module ?? Module, name, name, Nowhere, AnyDeclaration) { Citations = Citations(issued) };
        _declarations.Add(new BoundExemption(exemption, [], when, unless, [.. windows ?? []]));
        return exemption;
    }

    public NormSymbol Norm(
        string name,
        BoundExpression? when = null,
        BoundExpression? unless = null,
        BoundExpression? asOf = null,
        BoundWindow[]? windows = null,
        BoundExpression? fulfilled = null,
        ExemptionSymbol[]? exemptions = null,
        string?[]? issued = null,
        bool isOption = false)
    {
        var norm = new NormSymbol(Module, name, name, Nowhere, AnyDeclaration, isOption ? NormKind.Option : NormKind.Obligation) { Citations = Citations(issued) };
        _declarations.Add(new BoundNorm(norm, when, unless, asOf, [.. windows ?? []], fulfilled, [.. exemptions ?? []]));
        return norm;
    }

    public static BoundWindow Window(string? from, string? until = null, BoundExpression? where = null) =>
        new(from is null ? null : Date(from), until is null ? null : Date(until), where);

    public BoundRuleset Build() => new()
    {
        Modules = [Module],
        Record = null,
        Fields = [.. _fields],
        Questions = [.. _questions],
        Declarations = [.. _declarations],
        Scenarios = [],
        Diagnostics = [],
    };

    public ReferenceEvaluator Evaluate(ReferenceRecord record) => ReferenceEvaluator.Evaluate(Build(), record);

    /// <summary>A record that knows these fields, and the date where one is given.</summary>
    public static ReferenceRecord Record(string? day, params (BoundField Field, ConstantValue Value)[] values) => new()
    {
        Fields = values.ToImmutableDictionary(value => value.Field.Field, value => value.Value),
        EvaluationDay = day is null ? null : DayOf(day),
    };

    public static ReferenceRecord Record(params (BoundField Field, ConstantValue Value)[] values) => Record(null, values);

    /// <summary>Names of missing facts, in order; the evaluation date is <c>date</c>.</summary>
    public static string Names(IEnumerable<MissingFact> missing) =>
        string.Join(" ", missing.Select(fact => fact.Symbol?.Name ?? "date").Order(StringComparer.Ordinal));

    private ImmutableArray<CitationSymbol> Citations(string?[]? issued) =>
    [
        .. (issued ?? []).Select(day => new CitationSymbol(
            new SourceSymbol(Module, "source", "source", Nowhere) { IssuedDay = day is null ? null : DayOf(day) }, null)),
    ];
}
