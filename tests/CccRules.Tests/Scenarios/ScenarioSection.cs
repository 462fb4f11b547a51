using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CccRules.Compiler;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Scenarios;

/// <summary>One test of a scenario file: some rules, and what is said of them.</summary>
internal sealed record ScenarioSection
{
    private readonly Lazy<Compilation> _compilation;

    public ScenarioSection() => _compilation = new(Compile);

    /// <summary>Path of the scenario file from the root of the repository.</summary>
    public required string File { get; init; }

    /// <summary>Headings from the group down; unique in the file.</summary>
    public required string Title { get; init; }

    /// <summary>Line of the heading, from 1.</summary>
    public required int Line { get; init; }

    public required ImmutableArray<ScenarioSource> Sources { get; init; }

    /// <summary>Files beside the rules, which they name.</summary>
    public ImmutableArray<(string Path, string Text)> Data { get; init; } = [];

    public ImmutableArray<RowTable> Tables { get; init; } = [];

    public ImmutableArray<SnapshotFence> Snapshots { get; init; } = [];

    /// <summary>The rules, compiled once for all tests.</summary>
    public Compilation Compilation => _compilation.Value;

    public override string ToString() => $"{File}:{Line} {Title}";

    /// <summary>The rules from their text, sharing nothing with <see cref="Compilation"/>.</summary>
    public Compilation Compile() => Compilation.Create(Sources.Select(source => SyntaxTree.Parse(SourceText.From(source.Path, source.Text))), Options);

    /// <summary>What a compilation of the rules needs besides their text.</summary>
    public CompilationOptions Options => CompilationOptions.Default with { Files = [.. Data.Select(file => new DataFile(file.Path, Encoding.UTF8.GetBytes(file.Text)))] };
}

/// <summary>A file of rules. <paramref name="LineNumbers"/> gives for each of its lines the line of the scenario file.</summary>
internal sealed partial record ScenarioSource(string Path, string Text, ImmutableArray<int> LineNumbers)
{
    /// <summary>
    /// What <c>//~ CCC2001 `text`</c> announces: a diagnostic of that number on this line (a <c>^</c> after the tilde means a
    /// line further up, a <c>v</c> one further down) which points at that text.
    /// </summary>
    public IEnumerable<Announcement> Announcements =>
        from line in Text.Split('\n').Index()
        from Match mark in Mark().Matches(line.Item)
        let up = mark.Groups["up"].Length - mark.Groups["down"].Length
        from Match item in Item().Matches(mark.Groups["items"].Value)
        select new Announcement(this, line.Index - up, item.Groups["id"].Value, item.Groups["text"] is { Success: true, Value: var text } ? text : null);

    /// <summary>Line of the scenario file for a line of this text, 0-based; the last line and what is beyond count as the end.</summary>
    public int LineNumber(int line) => LineNumbers.Length == 0 ? 0 : LineNumbers[Math.Clamp(line, 0, LineNumbers.Length - 1)];

    [GeneratedRegex(@"//~(?<up>\^*)(?<down>v*)\s+(?<items>CCC.*)$")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<id>CCC[0-9]{4})(\s+`(?<text>[^`]*)`)?")]
    private static partial Regex Item();
}

/// <summary>An announced diagnostic. <paramref name="Line"/> is 0-based in the source; <paramref name="Pointed"/> is the text pointed at, null: any.</summary>
internal sealed record Announcement(ScenarioSource Source, int Line, string Id, string? Pointed)
{
    public override string ToString() => Pointed is null ? Id : $"{Id} `{Pointed}`";
}

/// <summary>A fence that the update writes. Lines are 0-based in the scenario file.</summary>
internal sealed record SnapshotFence(string Stage, int FirstLine, int LineCount, string Content);
