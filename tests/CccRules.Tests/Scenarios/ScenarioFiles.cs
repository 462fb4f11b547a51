using System.Collections.Immutable;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Scenarios;

/// <summary>Every scenario of the repository, read once.</summary>
internal static class ScenarioFiles
{
    private static readonly Lazy<ImmutableArray<ScenarioSection>> Sections = new(() =>
        [.. Paths.SelectMany(path => ScenarioFile.Parse(path, Repository.Read(path)).Sections)]);

    /// <summary>Scenario files, by their path from the root.</summary>
    public static IEnumerable<string> Paths => Repository.Files.Where(file =>
        (file.StartsWith("tests/scenarios/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal) && !file.EndsWith("README.md", StringComparison.Ordinal))
        || (file.StartsWith("rulesets/", StringComparison.Ordinal) && file.EndsWith(".scenarios.md", StringComparison.Ordinal)));

    public static ImmutableArray<ScenarioSection> All => Sections.Value;

    /// <summary>Tests without an announced error, whose rules run.</summary>
    public static IEnumerable<ScenarioSection> Compiling => All.Where(section => !section.Compilation.HasErrors);

    public static ScenarioSection Find(string file, string title) =>
        All.FirstOrDefault(section => section.File == file && section.Title == title)
        ?? throw new InvalidOperationException($"{file} has no test `{title}`");
}
