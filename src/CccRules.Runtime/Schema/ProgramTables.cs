using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>The numbers and texts that emitted code refers to by position.</summary>
public sealed record ProgramTables
{
    /// <summary>
    /// Sets of numbers as closed intervals, lower and upper bound in turn, ascending and disjoint.
    /// For HS codes the bounds are 13-digit codes.
    /// </summary>
    public ImmutableArray<ImmutableArray<long>> Sets { get; init; } = [];

    /// <summary>As <see cref="Sets"/>, for numbers that need more than 64 bits.</summary>
    public ImmutableArray<ImmutableArray<WideNumber>> WideSets { get; init; } = [];

    /// <summary>Texts that conditions compare with.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>Sets of texts, each ascending in ordinal order.</summary>
    public ImmutableArray<ImmutableArray<string>> TextSets { get; init; } = [];

    /// <summary>Regular expressions of <c>matches</c>; run without backtracking.</summary>
    public ImmutableArray<string> Patterns { get; init; } = [];

    /// <summary>Dated parameters: day and value in turn, ascending by day; before the first day the value is none.</summary>
    public ImmutableArray<ImmutableArray<long>> Steps { get; init; } = [];

    /// <summary>Logic nodes and outcomes of a record that are data and not code, in the order of their computation; empty where all is code.</summary>
    public ImmutableArray<ImmutableArray<int>> RecordSteps { get; init; } = [];

    /// <summary>Decision tables.</summary>
    public ImmutableArray<LookupSchema> Lookups { get; init; } = [];

    /// <summary>Calendars of working days.</summary>
    public ImmutableArray<CalendarSchema> Calendars { get; init; } = [];

    /// <summary>The tests that the columnar form makes of a column, all tests of a column together.</summary>
    public ImmutableArray<ColumnTests> Tests { get; init; } = [];

    /// <summary>By category: its bit plane "certainly" in the columnar form; "possibly" is the next.</summary>
    public ImmutableArray<int> CategoryPlanes { get; init; } = [];

    /// <summary>The HS code that settles most norms of a record by itself; -1 where there is none.</summary>
    public int GateFact { get; init; } = -1;

    /// <summary>Codes of 13 digits at which some test of <see cref="GateFact"/> changes its answer, ascending.</summary>
    public ImmutableArray<long> GateCuts { get; init; } = [];

    /// <summary>The program can compute norms one by one.</summary>
    public bool HasNormForm { get; init; }

    /// <summary>Bit planes that the columnar form needs.</summary>
    public int PlaneCount { get; init; }

    /// <summary>How candidates are computed; null where every norm is computed in planes.</summary>
    public CandidatePlan? Candidates { get; init; }
}

/// <summary>A number of 128 bits in two's complement.</summary>
public sealed record WideNumber(long Upper, long Lower);

/// <summary>The tests of one column: a fact's, or else (<paramref name="Fact"/> is -1) a derived value's.</summary>
/// <param name="MissingPlane">The bit plane that receives the rows where the column is missing; -1 for none.</param>
public sealed record ColumnTests(int Fact, int Value, int MissingPlane, ImmutableArray<ColumnTest> Tests);

/// <summary>What a column is tested for.</summary>
public enum ColumnTestKind : byte
{
    /// <summary>In a set of <see cref="ProgramTables.Sets"/>.</summary>
    InSet,

    /// <summary>An HS code in a set of <see cref="ProgramTables.Sets"/>.</summary>
    HsInSet,

    /// <summary>Shares a bit with the mask.</summary>
    HasAny,

    /// <summary>In a set of <see cref="ProgramTables.TextSets"/>.</summary>
    TextInSet,

    /// <summary>Matches one of <see cref="ProgramTables.Patterns"/>.</summary>
    Matches,
}

/// <summary>One test of a column.</summary>
/// <param name="Plane">The bit plane that receives "certainly".</param>
/// <param name="HasPossible">The next plane receives "possibly"; else that is "certainly or missing", which others put together.</param>
/// <param name="Table">Position in the table that the kind names; -1 for <see cref="ColumnTestKind.HasAny"/>.</param>
/// <param name="Mask">For <see cref="ColumnTestKind.HasAny"/>.</param>
/// <param name="IncludesNone">The answer for none.</param>
public sealed record ColumnTest(ColumnTestKind Kind, int Plane, bool HasPossible, int Table, long Mask, bool IncludesNone);
