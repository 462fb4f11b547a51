using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>All modules bound together: what every later stage reads.</summary>
internal sealed record BoundRuleset
{
    public required ImmutableArray<ModuleSymbol> Modules { get; init; }

    /// <summary>Null where the modules declare none.</summary>
    public required RecordSymbol? Record { get; init; }

    /// <summary>Fields in the order of the record's facts.</summary>
    public required ImmutableArray<FieldSymbol> Fields { get; init; }

    /// <summary>Questions in the order of the facts, after the fields.</summary>
    public required ImmutableArray<QuestionSymbol> Questions { get; init; }

    /// <summary>Definitions, categories, exemptions and norms; each stands after all that it names.</summary>
    public required ImmutableArray<BoundDeclaration> Declarations { get; init; }

    /// <summary>Processes, in the order of their modules and of the text.</summary>
    public ImmutableArray<ProcessSymbol> Processes { get; init; } = [];

    public required ImmutableArray<BoundScenario> Scenarios { get; init; }

    public ImmutableArray<BoundClaim> Claims { get; init; } = [];

    /// <summary>Parameters; a use of one that never changes is bound to its value.</summary>
    public ImmutableArray<ParameterSymbol> Parameters { get; init; } = [];

    /// <summary>What binding found, in the order of the places.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Calendars in the order of the facts, after the questions.</summary>
    public ImmutableArray<BoundCalendar> Calendars { get; init; } = [];

    /// <summary>What conditions ask of lists, in the order of the facts, after the calendars.</summary>
    public ImmutableArray<BoundListCall> ListCalls { get; init; } = [];

    /// <summary>The facts of a record in their order; null: the evaluation date, which is the last.</summary>
    public ImmutableArray<Symbol?> Facts => [.. Fields, .. Questions, .. Calendars.Select(calendar => calendar.Calendar), .. ListCalls.Select(call => call.Fact), null];

    /// <summary>Obligations, options and deadlines.</summary>
    public IEnumerable<NormSymbol> Norms => Declarations.Select(declaration => declaration.Symbol).OfType<NormSymbol>();
}

/// <summary>A declaration with its conditions bound.</summary>
internal abstract record BoundDeclaration(DefinitionSymbol Symbol);

/// <summary>A definition: the first value whose guard holds; the last has no guard.</summary>
internal sealed record BoundDefine(DefineSymbol Define, TypeSymbol Type, ImmutableArray<BoundGuardedValue> Values) : BoundDeclaration(Define);

internal sealed record BoundGuardedValue(BoundExpression Value, BoundExpression? Guard);

/// <summary>Holds where <paramref name="When"/> does (null: always) and <paramref name="Unless"/> does not (null: never).</summary>
internal sealed record BoundCategory(CategorySymbol Category, BoundExpression? When, BoundExpression? Unless) : BoundDeclaration(Category);

internal sealed record BoundExemption(
    ExemptionSymbol Exemption,
    ImmutableArray<NormSymbol> Lifts,
    BoundExpression? When,
    BoundExpression? Unless,
    ImmutableArray<BoundWindow> Windows) : BoundDeclaration(Exemption);

/// <summary>An obligation or an option.</summary>
/// <param name="AsOf">The norm's date; null: the evaluation date.</param>
/// <param name="Fulfilled">Null where the norm does not say how to see it.</param>
/// <param name="Exemptions">Those that lift it, in the order of their names.</param>
internal sealed record BoundNorm(
    NormSymbol Norm,
    BoundExpression? When,
    BoundExpression? Unless,
    BoundExpression? AsOf,
    ImmutableArray<BoundWindow> Windows,
    BoundExpression? Fulfilled,
    ImmutableArray<ExemptionSymbol> Exemptions) : BoundDeclaration(Norm);

/// <summary>A deadline.</summary>
/// <param name="For">The norm that it belongs to: it applies where that one is to be fulfilled. Null: by itself.</param>
/// <param name="Due">The date due; where it is none, nothing is.</param>
/// <param name="Met">Null where the deadline does not say how to see it.</param>
/// <param name="Remind">How long before the date due it is soon; null: never.</param>
internal sealed record BoundDeadline(
    NormSymbol Norm,
    BoundExpression? When,
    BoundExpression? Unless,
    NormSymbol? For,
    BoundExpression Due,
    BoundExpression? Met,
    DurationConstant? Remind,
    MonthRounding Rounding) : BoundDeclaration(Norm);

/// <summary>A calendar's days, counted from 0001-01-01: those from Monday to Friday that are off, those at weekends that are worked.</summary>
internal sealed record BoundCalendar(CalendarSymbol Calendar, long FirstDay, long LastDay, ImmutableArray<long> DaysOff, ImmutableArray<long> WorkingWeekends);

/// <summary>A window of force, both days included; null: open.</summary>
internal sealed record BoundWindow(BoundExpression? From, BoundExpression? Until, BoundExpression? Where);

/// <summary>What must hold of every record that meets a condition.</summary>
/// <param name="When">Null: of every record.</param>
internal sealed record BoundClaim(ClaimSymbol Claim, BoundExpression? When, BoundExpression That);

/// <summary>A test beside the rules.</summary>
/// <param name="AsOfDay">The evaluation date; null: not known.</param>
/// <param name="KnownDay">Only sources issued until then; null: all.</param>
internal sealed record BoundScenario(
    ScenarioSymbol Scenario,
    ScenarioDeclarationSyntax Syntax,
    ImmutableArray<(FieldSymbol Field, ConstantValue Value)> Facts,
    ImmutableArray<(QuestionSymbol Question, bool Answer)> Assumptions,
    long? AsOfDay,
    long? KnownDay,
    ImmutableArray<BoundExpectation> Expectations)
{
    /// <summary>The entries of each list that it gives.</summary>
    public ImmutableArray<(FieldSymbol List, ImmutableArray<ImmutableArray<(FieldSymbol Field, ConstantValue Value)>> Entries)> Lists { get; init; } = [];
}

internal abstract record BoundExpectation(ExpectationSyntax Syntax);

internal sealed record BoundExpectedOutcome(ExpectationSyntax Syntax, NormSymbol Norm, Outcome Outcome) : BoundExpectation(Syntax);

/// <summary>A category holds (true), does not (false), or is open (null).</summary>
internal sealed record BoundExpectedCategory(ExpectationSyntax Syntax, CategorySymbol Category, bool? Holds) : BoundExpectation(Syntax);

/// <summary>Exactly these facts (fields, questions; null: the evaluation date) still matter for the norms and categories the scenario names.</summary>
internal sealed record BoundExpectedMissing(ExpectationSyntax Syntax, ImmutableArray<Symbol?> Facts) : BoundExpectation(Syntax);

/// <summary>The earliest and the latest date that a deadline can be due; null: not known. Both <see cref="Runtime.Facts.Fact.None"/>: nothing is due.</summary>
internal sealed record BoundExpectedDue(ExpectationSyntax Syntax, NormSymbol Deadline, long Earliest, long Latest) : BoundExpectation(Syntax);

internal sealed record BoundExpectedApplies(ExpectationSyntax Syntax, NormSymbol Norm, long Day) : BoundExpectation(Syntax);
