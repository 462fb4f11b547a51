using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Schema;

/// <summary>
/// What a manifest's parts consist of, told once for writing and reading. A test writes and reads manifests in which everything is said, and
/// finds a property that is forgotten here.
/// </summary>
internal static partial class ManifestFormat
{
    public static RulesetManifest Manifest(ManifestArchive a, RulesetManifest? x) => new()
    {
        Modules = a.List(x?.Modules ?? [], Module),
        Facts = a.List(x?.Facts ?? [], Fact),
        Norms = a.List(x?.Norms ?? [], Norm),
        Categories = a.List(x?.Categories ?? [], Category),
        Definitions = a.List(x?.Definitions ?? [], Definition),
        Lists = a.List(x?.Lists ?? [], List),
        Tables = Tables(a, x?.Tables),
        Graph = Graph(a, x?.Graph),
        Translations = a.List(x?.Translations ?? [], Translation),
        Language = a.TextOrNull(x?.Language),
    };

    private static ModuleSchema Module(ManifestArchive a, ModuleSchema? x) =>
        new(a.Text(x?.Name), a.Text(x?.Title), a.TextOrNull(x?.Version), a.TextOrNull(x?.Jurisdiction));

    private static FactSchema Fact(ManifestArchive a, FactSchema? x) => new()
    {
        Index = a.Int(x?.Index ?? 0),
        Name = a.Text(x?.Name),
        Kind = (FactKind)a.Int((int)(x?.Kind ?? 0)),
        Role = (FactRole)a.Int((int)(x?.Role ?? 0)),
        AllowsNone = a.Bool(x?.AllowsNone ?? false),
        EmptyIsNone = a.Bool(x?.EmptyIsNone ?? false),
        IsRequired = a.Bool(x?.IsRequired ?? false),
        IsActionable = a.Bool(x?.IsActionable ?? false),
        IsKey = a.Bool(x?.IsKey ?? false),
        Origins = a.Ints(x?.Origins ?? []),
        Unit = a.TextOrNull(x?.Unit),
        Members = a.Texts(x?.Members ?? []),
        Title = a.Text(x?.Title),
    };

    private static NormSchema Norm(ManifestArchive a, NormSchema? x) => new()
    {
        Index = a.Int(x?.Index ?? 0),
        Name = a.Text(x?.Name),
        QualifiedName = a.Text(x?.QualifiedName),
        Kind = (NormKind)a.Int((int)(x?.Kind ?? 0)),
        Title = a.Text(x?.Title),
        Actor = a.TextOrNull(x?.Actor),
        Authority = a.TextOrNull(x?.Authority),
        Jointly = a.Texts(x?.Jointly ?? []),
        Impact = (NormImpact)a.Int((int)(x?.Impact ?? 0)),
        Needs = a.Texts(x?.Needs ?? []),
        Otherwise = a.TextOrNull(x?.Otherwise),
        SubjectTo = a.Texts(x?.SubjectTo ?? []),
        Citations = a.List(x?.Citations ?? [], Citation),
        Exemptions = a.List(x?.Exemptions ?? [], Exemption),
        Windows = a.List(x?.Windows ?? [], Window),
        Applies = a.Int(x?.Applies ?? 0),
        Exempted = a.Int(x?.Exempted ?? 0),
        InForce = a.Int(x?.InForce ?? 0),
        Fulfilled = a.Int(x?.Fulfilled ?? 0),
        Date = a.Int(x?.Date ?? 0),
        IsJudgedByEvaluationDate = a.Bool(x?.IsJudgedByEvaluationDate ?? false),
        Deadline = a.Optional(x?.Deadline, Deadline),
        LateReasons = a.Late(x?.LateReasons, Reason),
    };

    private static CitationSchema Citation(ManifestArchive a, CitationSchema? x) =>
        new(a.Text(x?.Source), a.Text(x?.SourceTitle), a.TextOrNull(x?.Locator));

    private static ExemptionSchema Exemption(ManifestArchive a, ExemptionSchema? x) => new(
        a.Text(x?.Name),
        a.Text(x?.Title),
        a.Int(x?.Node ?? 0),
        a.Bool(x?.IsPerShipment ?? false),
        a.Texts(x?.Needs ?? []),
        a.List(x?.Citations ?? [], Citation));

    private static WindowSchema Window(ManifestArchive a, WindowSchema? x) => new(a.Int(x?.From ?? 0), a.Int(x?.Until ?? 0), a.Int(x?.Where ?? 0));

    private static DeadlineSchema Deadline(ManifestArchive a, DeadlineSchema? x) => new(
        a.Int(x?.Due ?? 0), a.Int(x?.Earliest ?? 0), a.Int(x?.Latest ?? 0), a.Int(x?.Overdue ?? 0), a.Int(x?.Soon ?? 0), a.Int(x?.For ?? 0));

    private static ReasonSchema Reason(ManifestArchive a, ReasonSchema? x) => new(
        a.Text(x?.Text), a.Int(x?.Node ?? 0), a.List(x?.Citations ?? [], Citation), a.List(x?.Parts ?? [], Reason), a.Int(x?.Definition ?? 0));

    private static CategorySchema Category(ManifestArchive a, CategorySchema? x) => new()
    {
        Name = a.Text(x?.Name),
        Title = a.Text(x?.Title),
        Node = a.Int(x?.Node ?? 0),
        Citations = a.List(x?.Citations ?? [], Citation),
    };

    private static DefinitionSchema Definition(ManifestArchive a, DefinitionSchema? x) => new(
        a.Text(x?.Name), a.Text(x?.Title), a.Int(x?.Node ?? 0), a.List(x?.Citations ?? [], Citation), a.List(x?.Reasons ?? [], Reason));

    private static ListSchema List(ManifestArchive a, ListSchema? x) =>
        new(a.Int(x?.Fact ?? 0), a.Int(x?.EntryFields ?? 0), Manifest(a, x?.Entry), a.List(x?.Derived ?? [], Derived));

    private static DerivedFact Derived(ManifestArchive a, DerivedFact? x) => new(a.Int(x?.Fact ?? 0), (ListWord)a.Int((int)(x?.Word ?? 0)), a.Int(x?.Category ?? 0));

    private static TranslationSchema Translation(ManifestArchive a, TranslationSchema? x) => new(a.Text(x?.Language), a.List(x?.Titles ?? [], Translated));

    private static TranslatedTitle Translated(ManifestArchive a, TranslatedTitle? x) => new(a.Text(x?.Title), a.Text(x?.Text));

    private static RuleGraph Graph(ManifestArchive a, RuleGraph? x) => new(a.List(x?.Logic ?? [], Logic), a.List(x?.Values ?? [], Value));

    private static LogicNode Logic(ManifestArchive a, LogicNode? x) =>
        new((LogicKind)a.Int((int)(x?.Kind ?? 0)), a.Ints(x?.Nodes ?? []), a.Ints(x?.Values ?? []), a.Int(x?.Norm ?? 0));

    private static ValueNode Value(ManifestArchive a, ValueNode? x) => new(a.Int(x?.Fact ?? 0), a.Ints(x?.Values ?? []), a.Int(x?.Guard ?? 0), a.Bool(x?.IsWide ?? false))
    {
        Lookup = a.Int(x?.Lookup ?? 0),
        IsLastResort = a.Bool(x?.IsLastResort ?? false),
        Output = a.Int(x?.Output ?? 0),
    };
}
