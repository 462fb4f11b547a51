using System.Collections.Frozen;

namespace CccRules.Compiler.Syntax;

/// <summary>Tables about kinds: how the fixed tokens are written, and which words are keywords.</summary>
public static class SyntaxFacts
{
    private static readonly (SyntaxKind Kind, string Text)[] Fixed =
    [
        (SyntaxKind.OpenParenToken, "("),
        (SyntaxKind.CloseParenToken, ")"),
        (SyntaxKind.CommaToken, ","),
        (SyntaxKind.ColonToken, ":"),
        (SyntaxKind.DotToken, "."),
        (SyntaxKind.DotDotToken, ".."),
        (SyntaxKind.EqualsToken, "="),
        (SyntaxKind.NotEqualsToken, "<>"),
        (SyntaxKind.LessOrEqualToken, "<="),
        (SyntaxKind.GreaterOrEqualToken, ">="),
        (SyntaxKind.LessToken, "<"),
        (SyntaxKind.GreaterToken, ">"),
        (SyntaxKind.PlusToken, "+"),
        (SyntaxKind.MinusToken, "-"),
        (SyntaxKind.StarToken, "*"),
        (SyntaxKind.SlashToken, "/"),
        (SyntaxKind.OpenBracketToken, "["),
        (SyntaxKind.CloseBracketToken, "]"),
        (SyntaxKind.BarToken, "|"),
        (SyntaxKind.DoubleBarToken, "||"),
        (SyntaxKind.RulesetKeyword, "ruleset"),
        (SyntaxKind.UseKeyword, "use"),
        (SyntaxKind.SourceKeyword, "source"),
        (SyntaxKind.AuthorityKeyword, "authority"),
        (SyntaxKind.ActorKeyword, "actor"),
        (SyntaxKind.RecordKeyword, "record"),
        (SyntaxKind.ExtendKeyword, "extend"),
        (SyntaxKind.ParameterKeyword, "parameter"),
        (SyntaxKind.DefineKeyword, "define"),
        (SyntaxKind.CategoryKeyword, "category"),
        (SyntaxKind.QuestionKeyword, "question"),
        (SyntaxKind.ObligationKeyword, "obligation"),
        (SyntaxKind.OptionKeyword, "option"),
        (SyntaxKind.ExemptionKeyword, "exemption"),
        (SyntaxKind.ScenarioKeyword, "scenario"),
        (SyntaxKind.TableKeyword, "table"),
        (SyntaxKind.DeadlineKeyword, "deadline"),
        (SyntaxKind.ProcessKeyword, "process"),
        (SyntaxKind.CalendarKeyword, "calendar"),
        (SyntaxKind.ClaimKeyword, "claim"),
        (SyntaxKind.OnKeyword, "on"),
        (SyntaxKind.WhenKeyword, "when"),
        (SyntaxKind.UnlessKeyword, "unless"),
        (SyntaxKind.FromKeyword, "from"),
        (SyntaxKind.UntilKeyword, "until"),
        (SyntaxKind.WhereKeyword, "where"),
        (SyntaxKind.OtherwiseKeyword, "otherwise"),
        (SyntaxKind.CitesKeyword, "cites"),
        (SyntaxKind.LiftsKeyword, "lifts"),
        (SyntaxKind.GivenKeyword, "given"),
        (SyntaxKind.ExpectKeyword, "expect"),
        (SyntaxKind.AndKeyword, "and"),
        (SyntaxKind.OrKeyword, "or"),
        (SyntaxKind.NotKeyword, "not"),
        (SyntaxKind.IsKeyword, "is"),
        (SyntaxKind.InKeyword, "in"),
        (SyntaxKind.AsKeyword, "as"),
        (SyntaxKind.OfKeyword, "of"),
        (SyntaxKind.AtKeyword, "at"),
        (SyntaxKind.ToKeyword, "to"),
        (SyntaxKind.UnderKeyword, "under"),
        (SyntaxKind.ExceptKeyword, "except"),
        (SyntaxKind.BetweenKeyword, "between"),
        (SyntaxKind.MatchesKeyword, "matches"),
        (SyntaxKind.HasKeyword, "has"),
        (SyntaxKind.YesKeyword, "yes"),
        (SyntaxKind.NoKeyword, "no"),
        (SyntaxKind.NoneKeyword, "none"),
        (SyntaxKind.JurisdictionKeyword, "jurisdiction"),
        (SyntaxKind.VersionKeyword, "version"),
        (SyntaxKind.RoundKeyword, "round"),
        (SyntaxKind.DownKeyword, "down"),
        (SyntaxKind.UpKeyword, "up"),
        (SyntaxKind.IssuedKeyword, "issued"),
        (SyntaxKind.LinkKeyword, "link"),
        (SyntaxKind.ArticleKeyword, "article"),
        (SyntaxKind.ReplacesKeyword, "replaces"),
        (SyntaxKind.ConfidenceKeyword, "confidence"),
        (SyntaxKind.LedKeyword, "led"),
        (SyntaxKind.ByKeyword, "by"),
        (SyntaxKind.JointlyKeyword, "jointly"),
        (SyntaxKind.WithKeyword, "with"),
        (SyntaxKind.FulfilledKeyword, "fulfilled"),
        (SyntaxKind.SubjectKeyword, "subject"),
        (SyntaxKind.PerKeyword, "per"),
        (SyntaxKind.ShipmentKeyword, "shipment"),
        (SyntaxKind.NeedsKeyword, "needs"),
        (SyntaxKind.AssumeKeyword, "assume"),
        (SyntaxKind.KnownKeyword, "known"),
        (SyntaxKind.MissingKeyword, "missing"),
        (SyntaxKind.AppliesKeyword, "applies"),
        (SyntaxKind.ThatKeyword, "that"),
        (SyntaxKind.KeyKeyword, "key"),
        (SyntaxKind.RequiredKeyword, "required"),
        (SyntaxKind.EmptyKeyword, "empty"),
        (SyntaxKind.ActionableKeyword, "actionable"),
        (SyntaxKind.IntegerKeyword, "integer"),
        (SyntaxKind.DecimalKeyword, "decimal"),
        (SyntaxKind.MoneyKeyword, "money"),
        (SyntaxKind.TextKeyword, "text"),
        (SyntaxKind.DateKeyword, "date"),
        (SyntaxKind.DurationKeyword, "duration"),
        (SyntaxKind.CountryKeyword, "country"),
        (SyntaxKind.HsKeyword, "hs"),
        (SyntaxKind.OneKeyword, "one"),
        (SyntaxKind.SetKeyword, "set"),
        (SyntaxKind.AnyKeyword, "any"),
        (SyntaxKind.AllKeyword, "all"),
        (SyntaxKind.LeastKeyword, "least"),
        (SyntaxKind.EarliestKeyword, "earliest"),
        (SyntaxKind.LatestKeyword, "latest"),
        (SyntaxKind.MinKeyword, "min"),
        (SyntaxKind.MaxKeyword, "max"),
        (SyntaxKind.MatchKeyword, "match"),
        (SyntaxKind.GivesKeyword, "gives"),
        (SyntaxKind.UniqueKeyword, "unique"),
        (SyntaxKind.FirstKeyword, "first"),
        (SyntaxKind.CollectKeyword, "collect"),
        (SyntaxKind.SheetKeyword, "sheet"),
        (SyntaxKind.ForKeyword, "for"),
        (SyntaxKind.DueKeyword, "due"),
        (SyntaxKind.BeforeKeyword, "before"),
        (SyntaxKind.AfterKeyword, "after"),
        (SyntaxKind.EveryKeyword, "every"),
        (SyntaxKind.MetKeyword, "met"),
        (SyntaxKind.LastKeyword, "last"),
        (SyntaxKind.DoneKeyword, "done"),
        (SyntaxKind.RemindKeyword, "remind"),
        (SyntaxKind.WorkingKeyword, "working"),
        (SyntaxKind.ListKeyword, "list"),
        (SyntaxKind.CountKeyword, "count"),
        (SyntaxKind.YearKeyword, "year"),
        (SyntaxKind.YearsKeyword, "years"),
        (SyntaxKind.MonthKeyword, "month"),
        (SyntaxKind.MonthsKeyword, "months"),
        (SyntaxKind.WeekKeyword, "week"),
        (SyntaxKind.WeeksKeyword, "weeks"),
        (SyntaxKind.DayKeyword, "day"),
        (SyntaxKind.DaysKeyword, "days"),
        (SyntaxKind.StepKeyword, "step"),
        (SyntaxKind.LastsKeyword, "lasts"),
        (SyntaxKind.UnknownKeyword, "unknown"),
        (SyntaxKind.ImpactKeyword, "impact"),
    ];

    private static readonly FrozenDictionary<string, SyntaxKind> Kinds =
        Fixed.ToFrozenDictionary(entry => entry.Text, entry => entry.Kind, StringComparer.Ordinal);

    private static readonly FrozenDictionary<SyntaxKind, string> Texts =
        Fixed.ToFrozenDictionary(entry => entry.Kind, entry => entry.Text);

    /// <summary>The kind of a token that is always written the same; null for any other text.</summary>
    public static SyntaxKind? FixedKind(string text) => Kinds.TryGetValue(text, out var kind) ? kind : null;

    /// <summary>How a kind is always written; null where it varies.</summary>
    public static string? FixedText(SyntaxKind kind) => Texts.GetValueOrDefault(kind);

    public static bool IsKeyword(SyntaxKind kind) => kind is >= SyntaxKind.RulesetKeyword and <= SyntaxKind.ImpactKeyword;

    public static bool IsToken(SyntaxKind kind) => kind <= SyntaxKind.ImpactKeyword;

    public static bool IsTrivia(SyntaxKind kind) => kind is >= SyntaxKind.SpaceTrivia and <= SyntaxKind.SkippedTrivia;

    /// <summary>A word that is a keyword wherever it stands; as a name it needs backticks.</summary>
    public static bool IsReserved(SyntaxKind kind) => kind is >= SyntaxKind.RulesetKeyword and <= SyntaxKind.NoneKeyword;

    /// <summary>A keyword that begins a declaration; parsing starts again at one after an error.</summary>
    public static bool BeginsDeclaration(SyntaxKind kind) => kind is >= SyntaxKind.RulesetKeyword and <= SyntaxKind.ClaimKeyword;

    /// <summary>The keywords, for completion and suggestions.</summary>
    public static IEnumerable<string> Keywords => Fixed.Where(entry => IsKeyword(entry.Kind)).Select(entry => entry.Text);

    /// <summary>A kind in a reader's words: `when`, a name, a number.</summary>
    public static string Describe(SyntaxKind kind) => FixedText(kind) is { } text ? $"`{text}`" : kind switch
    {
        SyntaxKind.EndOfFileToken => "the end of the file",
        SyntaxKind.IdentifierToken or SyntaxKind.QuotedIdentifierToken => "a name",
        SyntaxKind.IntegerToken => "a whole number",
        SyntaxKind.DecimalToken => "a number",
        SyntaxKind.HsCodeToken => "an HS code",
        SyntaxKind.DateToken => "a date",
        SyntaxKind.CellToken => "a cell",
        SyntaxKind.RowEndToken => "the end of the row",
        SyntaxKind.StringToken => "a text in quotes",
        _ => "something else",
    };
}
