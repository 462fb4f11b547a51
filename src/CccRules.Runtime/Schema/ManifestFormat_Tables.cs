using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>The numbers and texts that emitted code refers to.</summary>
internal static partial class ManifestFormat
{
    private static ProgramTables Tables(ManifestArchive a, ProgramTables? x) => new()
    {
        Sets = LongLists(a, x?.Sets ?? []),
        WideSets = WideLists(a, x?.WideSets ?? []),
        Texts = a.Texts(x?.Texts ?? []),
        TextSets = TextLists(a, x?.TextSets ?? []),
        Patterns = a.Texts(x?.Patterns ?? []),
        Steps = LongLists(a, x?.Steps ?? []),
        RecordSteps = IntLists(a, x?.RecordSteps ?? []),
        Lookups = a.List(x?.Lookups ?? [], Lookup),
        Calendars = a.List(x?.Calendars ?? [], Calendar),
        Tests = a.List(x?.Tests ?? [], ColumnTests),
        CategoryPlanes = a.Ints(x?.CategoryPlanes ?? []),
        GateFact = a.Int(x?.GateFact ?? 0),
        GateCuts = a.Longs(x?.GateCuts ?? []),
        HasNormForm = a.Bool(x?.HasNormForm ?? false),
        PlaneCount = a.Int(x?.PlaneCount ?? 0),
        Candidates = a.Optional(x?.Candidates, Candidates),
    };

    private static ImmutableArray<ImmutableArray<long>> LongLists(ManifestArchive a, ImmutableArray<ImmutableArray<long>> x)
    {
        var lists = new ImmutableArray<long>[a.Int(x.Length)];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = a.Longs(i < x.Length ? x[i] : []);
        }

        return [.. lists];
    }

    private static ImmutableArray<ImmutableArray<int>> IntLists(ManifestArchive a, ImmutableArray<ImmutableArray<int>> x)
    {
        var lists = new ImmutableArray<int>[a.Int(x.Length)];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = a.Ints(i < x.Length ? x[i] : []);
        }

        return [.. lists];
    }

    private static ImmutableArray<ImmutableArray<string>> TextLists(ManifestArchive a, ImmutableArray<ImmutableArray<string>> x)
    {
        var lists = new ImmutableArray<string>[a.Int(x.Length)];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = a.Texts(i < x.Length ? x[i] : []);
        }

        return [.. lists];
    }

    private static ImmutableArray<ImmutableArray<WideNumber>> WideLists(ManifestArchive a, ImmutableArray<ImmutableArray<WideNumber>> x)
    {
        var lists = new ImmutableArray<WideNumber>[a.Int(x.Length)];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = a.List(i < x.Length ? x[i] : [], Wide);
        }

        return [.. lists];
    }

    private static WideNumber Wide(ManifestArchive a, WideNumber? x) => new(a.Long(x?.Upper ?? 0), a.Long(x?.Lower ?? 0));

    private static LookupSchema Lookup(ManifestArchive a, LookupSchema? x) => new()
    {
        Inputs = a.List(x?.Inputs ?? [], Input),
        Cells = a.Ints(x?.Cells ?? []),
        Given = a.Longs(x?.Given ?? []),
        Outputs = a.Int(x?.Outputs ?? 0),
    };

    private static LookupInput Input(ManifestArchive a, LookupInput? x) => new((LookupKind)a.Int((int)(x?.Kind ?? 0)), a.List(x?.Cells ?? [], Cell));

    private static LookupCell Cell(ManifestArchive a, LookupCell? x) => new(
        a.Longs(x?.Bounds ?? []), a.Long(x?.Mask ?? 0), a.Texts(x?.Texts ?? []), a.Bool(x?.IsNegated ?? false), a.Bool(x?.IncludesNone ?? false));

    private static CalendarSchema Calendar(ManifestArchive a, CalendarSchema? x) => new(
        a.Text(x?.Name), a.Long(x?.FirstDay ?? 0), a.Long(x?.LastDay ?? 0), a.Longs(x?.DaysOff ?? []), a.Longs(x?.WorkingWeekends ?? []));

    private static ColumnTests ColumnTests(ManifestArchive a, ColumnTests? x) =>
        new(a.Int(x?.Fact ?? 0), a.Int(x?.Value ?? 0), a.Int(x?.MissingPlane ?? 0), a.List(x?.Tests ?? [], ColumnTest));

    private static ColumnTest ColumnTest(ManifestArchive a, ColumnTest? x) => new(
        (ColumnTestKind)a.Int((int)(x?.Kind ?? 0)),
        a.Int(x?.Plane ?? 0),
        a.Bool(x?.HasPossible ?? false),
        a.Int(x?.Table ?? 0),
        a.Long(x?.Mask ?? 0),
        a.Bool(x?.IncludesNone ?? false));

    private static CandidatePlan Candidates(ManifestArchive a, CandidatePlan? x) => new()
    {
        IsForBatches = a.Bool(x?.IsForBatches ?? false),
        Key = a.Int(x?.Key ?? 0),
        Columns = a.List(x?.Columns ?? [], Column),
        Literals = a.List(x?.Literals ?? [], Literal),
        Norms = a.List(x?.Norms ?? [], CandidateNorm),
    };

    private static CandidateColumn Column(ManifestArchive a, CandidateColumn? x) => new(a.Optional(x?.Tests, ColumnTests), a.Int(x?.Node ?? 0), a.Int(x?.Plane ?? 0));

    private static CandidateLiteral Literal(ManifestArchive a, CandidateLiteral? x) => new(a.Int(x?.Column ?? 0), IntLists(a, x?.Parts ?? []));

    private static CandidateNorm CandidateNorm(ManifestArchive a, CandidateNorm? x) => new(a.Int(x?.Norm ?? 0), a.Bool(x?.IsOption ?? false), a.List(x?.Slots ?? [], Slot));

    private static CandidateSlot Slot(ManifestArchive a, CandidateSlot? x) => new((byte)a.Int(x?.Initial ?? 0), a.Ints(x?.Literals ?? []));
}
