using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Architecture;

/// <summary>Compiles a ruleset that a document shows.</summary>
internal static class SnippetCompiler
{
    /// <summary>What is wrong with the ruleset; empty when nothing is. For now it is only parsed.</summary>
    public static IEnumerable<string> Compile(string place, string text) =>
        SyntaxTree.Parse(text, place).Diagnostics.Select(diagnostic => $"{place}: {diagnostic.Descriptor.Id} {diagnostic.Message}");
}
