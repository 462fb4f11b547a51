using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Ir;

/// <summary>
/// A ruleset without its language: facts, values computed from them, atoms that test values, three-valued logic
/// over the atoms, and norms that point into the logic. Every list is in an order in which each entry stands after
/// all that it uses, and no two entries of a list are equal, so each atom is computed once.
/// </summary>
/// <remarks>
/// Backends (scalar and columnar C#, tables, SQL, proofs) read this and nothing earlier. Texts that only people
/// read (titles, citations, reasons) ride along in the norms and are never looked into.
/// </remarks>
internal sealed record IrModule
{
    public required ImmutableArray<FactSchema> Facts { get; init; }

    public required ImmutableArray<IrValue> Values { get; init; }

    public required ImmutableArray<IrAtom> Atoms { get; init; }

    public required ImmutableArray<IrLogic> Logic { get; init; }

    public required ImmutableArray<NormSchema> Norms { get; init; }

    public required ImmutableArray<CategorySchema> Categories { get; init; }

    /// <summary>Named conditions that the norms' reasons refer to.</summary>
    public ImmutableArray<DefinitionSchema> Definitions { get; init; } = [];

    public required ImmutableArray<ModuleSchema> Modules { get; init; }

    /// <summary>Titles in other languages.</summary>
    public ImmutableArray<TranslationSchema> Translations { get; init; } = [];

    /// <summary>Values of dated parameters; <see cref="IrStep.Table"/> points here.</summary>
    public required ImmutableArray<IrStepTable> StepTables { get; init; }

    /// <summary>Lists of nested records.</summary>
    public ImmutableArray<IrEntryModule> Lists { get; init; } = [];

    /// <summary>Calendars of working days; <see cref="IrAddWorkingDays.Calendar"/> points here.</summary>
    public ImmutableArray<CalendarSchema> Calendars { get; init; } = [];

    /// <summary>Decision tables that are looked up; <see cref="IrLookup.Table"/> points here.</summary>
    public ImmutableArray<IrTable> Tables { get; init; } = [];
}

/// <summary>A parameter's values: the value from each day on, ascending. Before the first day there is none.</summary>
internal sealed record IrStepTable(ImmutableArray<IrStepEntry> Entries);

internal sealed record IrStepEntry(long FromDay, long Value);
