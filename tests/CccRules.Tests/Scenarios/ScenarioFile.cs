using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CccRules.Tests.Scenarios;

/// <summary>
/// A file of scenarios: Markdown whose headings are tests. A heading with fences is a test, a heading with sub-headings
/// a group, never both. <c>tests/README.md</c> says what the fences mean.
/// </summary>
internal sealed partial class ScenarioFile
{
    private readonly ImmutableArray<string> _lines;
    private readonly List<ScenarioSection> _sections = [];
    private readonly List<(int Level, string Title, int Line, bool HasFences)> _headings = [];
    private SectionBuilder? _open;

    private ScenarioFile(string path, string text)
    {
        Path = path;
        _lines = [.. text.ReplaceLineEndings("\n").Split('\n')];
    }

    /// <summary>Path from the root of the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<ScenarioSection> Sections => _sections;

    /// <exception cref="FormatException">The file is not in the form of a scenario file; the message has the place.</exception>
    public static ScenarioFile Parse(string path, string text)
    {
        var file = new ScenarioFile(path, text);
        file.Parse();
        return file;
    }

    /// <summary>The text of the file with new contents of some snapshot fences; nothing else is ever rewritten.</summary>
    public string WithSnapshots(IReadOnlyDictionary<SnapshotFence, string> contents)
    {
        var lines = _lines.ToList();
        foreach (var (fence, content) in contents.OrderByDescending(entry => entry.Key.FirstLine))
        {
            lines.RemoveRange(fence.FirstLine, fence.LineCount);
            lines.InsertRange(fence.FirstLine, content.Length == 0 ? [] : content.TrimEnd('\n').Split('\n'));
        }

        return string.Join('\n', lines);
    }

    private void Parse()
    {
        string? path = null;
        for (var i = 0; i < _lines.Length; i++)
        {
            var line = _lines[i];
            if (Heading().Match(line) is { Success: true } heading)
            {
                CloseSection();
                OpenHeading(heading.Groups["level"].Length, heading.Groups["title"].Value, i);
            }
            else if (FileName().Match(line) is { Success: true } name)
            {
                path = name.Groups["path"].Value;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                var end = EndOfFence(i);
                AddFence(line[3..].Trim(), path, i, end);
                path = null;
                i = end;
            }
        }

        CloseSection();
        if (_sections.Count == 0)
        {
            throw Fault(0, "the file tests nothing");
        }

        if (_sections.GroupBy(section => section.Title).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw Fault(same.Last().Line - 1, "two tests have one title");
        }
    }

    private void OpenHeading(int level, string title, int line)
    {
        while (_headings.Count > 0 && _headings[^1].Level >= level)
        {
            _headings.RemoveAt(_headings.Count - 1);
        }

        if (_headings.Count > 0 && _headings[^1].HasFences)
        {
            throw Fault(line, $"the heading above, `{_headings[^1].Title}`, has fences: it is a test and cannot be a group");
        }

        _headings.Add((level, title, line, false));
    }

    private void CloseSection()
    {
        if (_open is { } open)
        {
            _sections.Add(open.Build());
            _open = null;
        }
    }

    private void AddFence(string info, string? path, int first, int end)
    {
        if (_headings.Count == 0)
        {
            throw Fault(first, "a fence before the first heading");
        }

        if (_open is null)
        {
            _headings[^1] = _headings[^1] with { HasFences = true };
            // The file's own title says nothing beside a test's.
            var title = string.Join(" / ", _headings.Select(heading => heading.Title).Skip(_headings.Count > 1 ? 1 : 0));
            _open = new SectionBuilder(Path, title, _headings[^1].Line + 1);
        }

        var lines = _lines[(first + 1)..end];
        var words = info.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["ccc"]:
                _open.AddSource(path ?? SectionBuilder.DefaultPath, lines, first + 1);
                break;
            case ["data"]:
                _open.AddData(path ?? throw Fault(first, "a `data` fence needs a line with its file name before it"), lines);
                break;
            case ["rows", .. var options]:
                _open.AddTable(RowTable.Parse(options, lines, first + 1, message => Fault(first, message)));
                break;
            case ["snapshot", var stage] when StagePrinters.Stages.Contains(stage):
                _open.AddSnapshot(new SnapshotFence(stage, first + 1, lines.Length, string.Concat(lines.Select(line => line + "\n"))));
                break;
            default:
                throw Fault(first, $"unknown fence `{info}`; known are `ccc`, `data`, `rows` and `snapshot STAGE` with a stage of {string.Join(", ", StagePrinters.Stages)}");
        }
    }

    private int EndOfFence(int first)
    {
        for (var i = first + 1; i < _lines.Length; i++)
        {
            if (_lines[i].TrimEnd() == "```")
            {
                return i;
            }
        }

        throw Fault(first, "the fence does not end");
    }

    private FormatException Fault(int line, string message) => new($"{Path}:{line + 1}: {message}");

    [GeneratedRegex(@"^(?<level>#{1,6})\s+(?<title>.*\S)\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^`(?<path>[^`]+\.\w+)`:\s*$")]
    private static partial Regex FileName();

    /// <summary>One test while it is read.</summary>
    private sealed class SectionBuilder(string file, string title, int line)
    {
        public const string DefaultPath = "rules.ccc";

        private readonly List<(string Path, List<string> Lines, List<int> Numbers)> _sources = [];
        private readonly List<RowTable> _tables = [];
        private readonly List<(string Path, string Text)> _data = [];
        private readonly List<SnapshotFence> _snapshots = [];

        /// <summary>Fences of one path are one file.</summary>
        public void AddSource(string path, ImmutableArray<string> lines, int first)
        {
            if (_sources.All(source => source.Path != path))
            {
                _sources.Add((path, [], []));
            }

            var source = _sources.First(source => source.Path == path);
            source.Lines.AddRange(lines);
            source.Numbers.AddRange(Enumerable.Range(first + 1, lines.Length));
        }

        /// <summary>A file beside the rules.</summary>
        public void AddData(string path, ImmutableArray<string> lines) => _data.Add((path, string.Concat(lines.Select(line => line + "\n"))));

        public void AddTable(RowTable table) => _tables.Add(table);

        public void AddSnapshot(SnapshotFence snapshot) => _snapshots.Add(snapshot);

        public ScenarioSection Build() => new()
        {
            File = file,
            Title = title,
            Line = line,
            Sources = [.. _sources.Select(source => new ScenarioSource(source.Path, string.Concat(source.Lines.Select(line => line + "\n")), [.. source.Numbers]))],
            Data = [.. _data],
            Tables = [.. _tables],
            Snapshots = [.. _snapshots],
        };
    }
}
