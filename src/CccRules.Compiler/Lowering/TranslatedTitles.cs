using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Titles in other languages, told by the title that they stand for: <c>"Power banks" zh "移动电源"</c> becomes a line of the
/// language <c>zh</c>. So whatever shows a title can show it in any language, and equal titles are told alike.
/// </summary>
internal static class TranslatedTitles
{
    public static ImmutableArray<TranslationSchema> Of(BoundRuleset ruleset) =>
    [
        .. from symbol in Titled(ruleset).Distinct()
           from translation in symbol.Translations
           group (symbol.Title, translation.Text) by translation.Language into titles
           orderby titles.Key
           select new TranslationSchema(titles.Key, [.. titles.DistinctBy(entry => entry.Title).OrderBy(entry => entry.Title, StringComparer.Ordinal).Select(entry => new TranslatedTitle(entry.Title, entry.Text))]),
    ];

    /// <summary>Everything whose title somebody reads, in the order of the rules.</summary>
    private static IEnumerable<Symbol> Titled(BoundRuleset ruleset)
    {
        IEnumerable<DefinitionSymbol> definitions = ruleset.Declarations.Select(declaration => declaration.Symbol).Concat(ruleset.Questions);
        return [.. ruleset.Modules, .. ruleset.Fields, .. definitions.SelectMany(Told)];
    }

    private static IEnumerable<Symbol> Told(DefinitionSymbol definition)
    {
        IEnumerable<Symbol?> bearers = definition is NormSymbol norm ? [norm.Actor, norm.Authority, .. norm.Jointly] : [];
        return bearers.OfType<Symbol>().Concat(definition.Citations.Select(citation => citation.Source)).Prepend(definition);
    }
}
