using System.Collections.Frozen;

namespace CccRules.Compiler.Syntax;

/// <summary>Words that people bring from other languages and from speech, and how the rules language says it.</summary>
internal static class ForeignWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["if"] = "when",
        ["else"] = "otherwise",
        ["true"] = "yes",
        ["false"] = "no",
        ["null"] = "none",
        ["nil"] = "none",
        ["contains"] = "has",
        ["includes"] = "has",
        ["like"] = "matches",
        ["equals"] = "=",
        ["before"] = "<",
        ["after"] = ">",
        ["yuan"] = "CNY",
        ["rmb"] = "CNY",
        ["RMB"] = "CNY",
        ["euro"] = "EUR",
        ["euros"] = "EUR",
        ["dollar"] = "USD",
        ["dollars"] = "USD",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words that ask whether a fact is known.</summary>
    private static readonly FrozenSet<string> OfKnowledge = FrozenSet.ToFrozenSet(["missing", "known", "unknown", "empty", "blank", "given"], StringComparer.Ordinal);

    /// <summary>What is written here instead; null for a word that nothing is known of.</summary>
    public static string? Find(string word) => Words.GetValueOrDefault(word);

    /// <summary>The word asks what nothing in the language can ask.</summary>
    public static bool AsksForKnowledge(string word) => OfKnowledge.Contains(word);
}
