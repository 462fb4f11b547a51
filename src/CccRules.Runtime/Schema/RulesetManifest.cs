using System.Collections.Immutable;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Schema;

/// <summary>
/// Everything about a compiled ruleset that is data and not code: its facts, norms, texts, tables and the
/// graph of its conditions. No text of the rules stands in the emitted C#: it stands here.
/// </summary>
public sealed record RulesetManifest
{
    /// <summary>Modules that were compiled together, in order of their names.</summary>
    public required ImmutableArray<ModuleSchema> Modules { get; init; }

    /// <summary>Fields, then questions, then the evaluation date.</summary>
    public required ImmutableArray<FactSchema> Facts { get; init; }

    /// <summary>Obligations and options, in order of their qualified names.</summary>
    public required ImmutableArray<NormSchema> Norms { get; init; }

    /// <summary>Reported conditions, in order of their qualified names.</summary>
    public required ImmutableArray<CategorySchema> Categories { get; init; }

    /// <summary>Named conditions that reasons refer to; each stands after those it names.</summary>
    public ImmutableArray<DefinitionSchema> Definitions { get; init; } = [];

    /// <summary>Lists of nested records, and what is derived from them before a record is judged.</summary>
    public ImmutableArray<ListSchema> Lists { get; init; } = [];

    public required ProgramTables Tables { get; init; }

    public required RuleGraph Graph { get; init; }

    /// <summary>Titles in other languages, in the order of the languages.</summary>
    public ImmutableArray<TranslationSchema> Translations { get; init; } = [];

    /// <summary>The language that titles are told in; null: as the rules give them first.</summary>
    public string? Language { get; init; }

    /// <summary>The same with its titles in a language, where the rules have them.</summary>
    /// <param name="language">A language of <see cref="Translations"/>, such as <c>zh</c>; with any other nothing changes.</param>
    public RulesetManifest In(string language) =>
        Translations.FirstOrDefault(translation => translation.Language == language) is { } found ? new ManifestTranslator(found).Translate(this) : this;
}

/// <summary>One module: a <c>ruleset</c> of the rules text.</summary>
public sealed record ModuleSchema(string Name, string Title, string? Version, string? Jurisdiction);

/// <summary>A place in a source: the document and, where given, the article or heading.</summary>
public sealed record CitationSchema(string Source, string SourceTitle, string? Locator);

/// <summary>What a norm is.</summary>
public enum NormKind : byte
{
    /// <summary>What must be done.</summary>
    Obligation,

    /// <summary>What may be done: a voluntary certification that is open to the record.</summary>
    Option,

    /// <summary>A date by which something is due.</summary>
    Deadline,
}

/// <summary>What a norm means for whoever wants to sell.</summary>
public enum NormImpact : byte
{
    /// <summary>The rules do not say.</summary>
    Unstated,

    /// <summary>Without it the product may not be put on the market.</summary>
    MarketAccess,

    /// <summary>No law demands it, and buyers or operators admit nothing without it.</summary>
    DeFactoAdmission,

    /// <summary>Without it there are no subsidies.</summary>
    Subsidies,
}

/// <summary>A category: a named condition that is reported.</summary>
public sealed record CategorySchema
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Logic node of the condition.</summary>
    public required int Node { get; init; }

    public ImmutableArray<CitationSchema> Citations { get; init; } = [];
}

/// <summary>An obligation or an option.</summary>
public sealed record NormSchema
{
    public required int Index { get; init; }

    /// <summary>Short name, unique within its module; the name of the outcome's column.</summary>
    public required string Name { get; init; }

    /// <summary>Name with its module: <c>cn.ccc.qr_pilot.qr_mark</c>.</summary>
    public required string QualifiedName { get; init; }

    public required NormKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>Title of the actor who bears the duty; null where the rules name none.</summary>
    public string? Actor { get; init; }

    /// <summary>Title of the authority that leads; null where the rules name none.</summary>
    public string? Authority { get; init; }

    /// <summary>Titles of the authorities that manage it together with the leading one.</summary>
    public ImmutableArray<string> Jointly { get; init; } = [];

    /// <summary>What it means for whoever wants to sell.</summary>
    public NormImpact Impact { get; init; }

    /// <summary>The documents that fulfilling it takes.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>What happens otherwise, in the law's words.</summary>
    public string? Otherwise { get; init; }

    /// <summary>What the norm also depends on and the language cannot say.</summary>
    public ImmutableArray<string> SubjectTo { get; init; } = [];

    public ImmutableArray<CitationSchema> Citations { get; init; } = [];

    public ImmutableArray<ExemptionSchema> Exemptions { get; init; } = [];

    public ImmutableArray<WindowSchema> Windows { get; init; } = [];

    /// <summary>Logic node: <c>when</c> and not <c>unless</c>.</summary>
    public required int Applies { get; init; }

    /// <summary>Logic node: an exemption holds.</summary>
    public required int Exempted { get; init; }

    /// <summary>Logic node: in force on the obligation's date.</summary>
    public required int InForce { get; init; }

    /// <summary>Logic node: <c>fulfilled when</c>; -1 where the norm does not say.</summary>
    public required int Fulfilled { get; init; }

    /// <summary>Value of the norm's date: its <c>as of</c>, else the evaluation date.</summary>
    public required int Date { get; init; }

    /// <summary>The norm's date is the evaluation date, so "applies from" makes sense.</summary>
    public required bool IsJudgedByEvaluationDate { get; init; }

    /// <summary>What a deadline has besides; null for other norms.</summary>
    public DeadlineSchema? Deadline { get; init; }

    /// <summary>Why, as a tree in the law's words: applicability, exemptions, force, fulfilment.</summary>
    public ImmutableArray<ReasonSchema> Reasons
    {
        get => LateReasons.Items;
        init => LateReasons = new LateList<ReasonSchema>(value);
    }

    /// <summary>The reasons, which are read when they are asked for.</summary>
    internal LateList<ReasonSchema> LateReasons { get; init; } = new([]);
}

/// <summary>What makes a norm a deadline. Its <see cref="NormSchema.Fulfilled"/> says whether it is met.</summary>
/// <param name="Due">Value of the date due.</param>
/// <param name="Earliest">Value of the earliest date that it can be; the same as <paramref name="Due"/> where that is all that can be said.</param>
/// <param name="Latest">Value of the latest date that it can be.</param>
/// <param name="Overdue">Logic node: the date due has passed.</param>
/// <param name="Soon">Logic node: the time of reminding has begun.</param>
/// <param name="For">Index of the norm that it belongs to; -1: none.</param>
public sealed record DeadlineSchema(int Due, int Earliest, int Latest, int Overdue, int Soon, int For);

/// <summary>An exemption as it bears on one norm.</summary>
/// <param name="Node">Logic node: the exemption holds and is in force on the norm's date.</param>
public sealed record ExemptionSchema(
    string Name,
    string Title,
    int Node,
    bool IsPerShipment,
    ImmutableArray<string> Needs,
    ImmutableArray<CitationSchema> Citations);

/// <summary>A line <c>from … until … where …</c>. Values and node of the graph; -1 where absent.</summary>
public sealed record WindowSchema(int From, int Until, int Where);

/// <summary>A condition in the reader's words with its truth's node and the conditions it consists of.</summary>
/// <param name="Text">The condition as written, or the title of the definition it stands for.</param>
/// <param name="Node">Logic node whose truth is reported beside the text.</param>
/// <param name="Definition">The definition that the text names, in <see cref="RulesetManifest.Definitions"/>; -1: none.</param>
public sealed record ReasonSchema(
    string Text,
    int Node,
    ImmutableArray<CitationSchema> Citations,
    ImmutableArray<ReasonSchema> Parts,
    int Definition = -1);

/// <summary>A named condition, and the conditions it consists of; told once, however often it is named.</summary>
public sealed record DefinitionSchema(
    string Name,
    string Title,
    int Node,
    ImmutableArray<CitationSchema> Citations,
    ImmutableArray<ReasonSchema> Reasons);
