using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Evaluation;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Scenarios;

/// <summary>
/// The language by example: each heading of a scenario file with what it announces, the rows it lists, the <c>scenario</c>s its
/// rules hold, and the stages it pins. With <c>CCC_UPDATE=1</c> snapshot fences are written instead of compared.
/// </summary>
public sealed class ScenarioTests
{
    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("CCC_UPDATE") == "1";

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var section in ScenarioFiles.All)
            {
                data.Add(section.File, section.Title);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_says_what_the_language_means(string file, string title)
    {
        var section = ScenarioFiles.Find(file, title);
        var findings = Announced(section)
            .Concat(Rows(section))
            .Concat(Declared(section))
            .Concat(IsUpdate ? [] : Snapshots(section));
        Assert.True(!findings.Any(), $"{section}\n{string.Join('\n', findings)}");
        if (IsUpdate)
        {
            Update(file);
        }
    }

    /// <summary>Each error and warning is announced, and each announcement comes true.</summary>
    private static IEnumerable<string> Announced(ScenarioSection section)
    {
        var open = section.Sources.SelectMany(source => source.Announcements).ToList();
        foreach (var diagnostic in section.Compilation.Diagnostics)
        {
            var at = diagnostic.Location;
            var (path, line) = section.Sources.Any(source => source.Path == at.Path) ? (at.Path, at.StartLine) : Naming(section, at.Path);
            var match = open.FirstOrDefault(announcement =>
                announcement.Source.Path == path && announcement.Line == line && announcement.Id == diagnostic.Id
                && (announcement.Pointed is null || announcement.Pointed == at.SpanText.Split('\n')[0].TrimEnd('\r')));
            if (match is not null)
            {
                open.Remove(match);
            }
            else if (diagnostic.Severity != DiagnosticSeverity.Info)
            {
                var source = section.Sources.First(source => source.Path == path);
                yield return $"line {source.LineNumber(line)}: not announced: {diagnostic.Id} `{at.SpanText.Split('\n')[0]}` {diagnostic.Message}";
            }
        }

        foreach (var announcement in open)
        {
            yield return $"line {announcement.Source.LineNumber(announcement.Line)}: announced and not found: {announcement}";
        }
    }

    /// <summary>What is wrong in a data file is announced where the rules name it.</summary>
    private static (string Path, int Line) Naming(ScenarioSection section, string file) =>
        (from source in section.Sources
         from line in source.Text.Split('\n').Index()
         where line.Item.Contains($"\"{file}\"", StringComparison.Ordinal)
         select (source.Path, line.Index)).First();

    private static IEnumerable<string> Rows(ScenarioSection section)
    {
        if (!section.Tables.IsEmpty && section.Compilation.HasErrors)
        {
            return ["rows need rules without errors"];
        }

        return section.Tables.SelectMany(table => RowChecker.Mismatches(table, section.Compilation.Bound));
    }

    /// <summary>The <c>scenario</c> declarations among the rules.</summary>
    private static IEnumerable<string> Declared(ScenarioSection section)
    {
        if (section.Compilation.HasErrors)
        {
            return [];
        }

        return from result in new ScenarioRunner(section.Compilation.Bound, new ReferenceScenarioEngine()).RunAll()
               from expectation in result.Expectations
               where !expectation.IsPassed
               select $"scenario \"{result.Scenario.Scenario.Name}\": {expectation}";
    }

    private static IEnumerable<string> Snapshots(ScenarioSection section) =>
        from snapshot in section.Snapshots
        let actual = Printed(section.Compilation, snapshot.Stage)
        where actual != snapshot.Content
        select $"line {snapshot.FirstLine}: the {snapshot.Stage} differ; write them with CCC_UPDATE=1. Now they are:\n{actual}";

    private static string Printed(Compilation compilation, string stage)
    {
        var text = StagePrinters.Print(compilation, stage).TrimEnd('\n');
        return text.Length == 0 ? "" : text + "\n";
    }

    /// <summary>All tests of a file run one after the other, so the file is read and written by one at a time.</summary>
    private static void Update(string path)
    {
        var file = ScenarioFile.Parse(path, Repository.Read(path));
        var contents = file.Sections
            .SelectMany(section => section.Snapshots.Select(snapshot => (snapshot, text: Printed(section.Compilation, snapshot.Stage))))
            .ToDictionary(entry => entry.snapshot, entry => entry.text);
        var text = file.WithSnapshots(contents);
        if (text != Repository.Read(path).ReplaceLineEndings("\n"))
        {
            File.WriteAllText(Repository.FullPath(path), text);
        }
    }
}
