using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>Titles of a ruleset in another language.</summary>
/// <param name="Language">The language as the rules name it, such as <c>zh</c>.</param>
/// <param name="Titles">In the order of the titles that they stand for; of equal titles one translation holds.</param>
public sealed record TranslationSchema(string Language, ImmutableArray<TranslatedTitle> Titles);

/// <summary>A title as the rules give it first, and in another language.</summary>
public sealed record TranslatedTitle(string Title, string Text);

/// <summary>A manifest told in another language. Names, numbers, and texts without a translation stay as they are.</summary>
internal sealed class ManifestTranslator(TranslationSchema translation)
{
    private readonly FrozenDictionary<string, string> _titles = translation.Titles.ToFrozenDictionary(entry => entry.Title, entry => entry.Text, StringComparer.Ordinal);

    public RulesetManifest Translate(RulesetManifest manifest) => manifest with
    {
        Language = translation.Language,
        Modules = [.. manifest.Modules.Select(module => module with { Title = Of(module.Title) })],
        Facts = [.. manifest.Facts.Select(fact => fact with { Title = Of(fact.Title) })],
        Norms = [.. manifest.Norms.Select(Translate)],
        Categories = [.. manifest.Categories.Select(category => category with { Title = Of(category.Title), Citations = Translate(category.Citations) })],
        Definitions = [.. manifest.Definitions.Select(definition => definition with
        {
            Title = Of(definition.Title),
            Citations = Translate(definition.Citations),
            Reasons = Translate(definition.Reasons),
        })],
    };

    private NormSchema Translate(NormSchema norm) => norm with
    {
        Title = Of(norm.Title),
        Actor = norm.Actor is { } actor ? Of(actor) : null,
        Authority = norm.Authority is { } authority ? Of(authority) : null,
        Jointly = [.. norm.Jointly.Select(Of)],
        Citations = Translate(norm.Citations),
        Exemptions = [.. norm.Exemptions.Select(exemption => exemption with { Title = Of(exemption.Title), Citations = Translate(exemption.Citations) })],
        Reasons = Translate(norm.Reasons),
    };

    private ImmutableArray<CitationSchema> Translate(ImmutableArray<CitationSchema> citations) =>
        [.. citations.Select(citation => citation with { SourceTitle = Of(citation.SourceTitle) })];

    /// <summary>Reasons nest no deeper than the conditions they tell.</summary>
    private ImmutableArray<ReasonSchema> Translate(ImmutableArray<ReasonSchema> reasons) =>
        [.. reasons.Select(reason => reason with { Text = OfReason(reason.Text), Citations = Translate(reason.Citations), Parts = Translate(reason.Parts) })];

    /// <summary>A reason is a condition as written, a title, or a title after a word such as <c>exemption: </c>.</summary>
    private string OfReason(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return _titles.TryGetValue(text, out var whole) ? whole
            : colon > 0 && _titles.TryGetValue(text[(colon + 2)..], out var rest) ? $"{text[..colon]}: {rest}"
            : text;
    }

    private string Of(string title) => _titles.GetValueOrDefault(title, title);
}
