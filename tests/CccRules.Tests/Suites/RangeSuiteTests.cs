using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Syntax;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Suites;

/// <summary>Interval and list tests of a public suite, as conditions: a field, a category, and a scenario for each row.</summary>
public sealed class RangeSuiteTests
{
    [Theory]
    [InlineData("number", "decimal", 20)]
    [InlineData("date", "date", 20)]
    [InlineData("string", "text", 10)]
    public void Values_lie_in_ranges_as_the_suite_says(string type, string fieldType, int atLeast)
    {
        var rows = Rows(type);
        var text = new StringBuilder("ruleset suite\nrecord r\n");
        text.AppendJoin("", rows.Select((_, i) => $" v{i} : {fieldType}\n"));
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append($"category c{i} when {string.Join(" or ", rows[i].Tests.Select(test => Condition($"v{i}", test, type)))}\n");
            text.Append($"scenario \"{rows[i].Id}\" given v{i} {Literal(rows[i].Value, type)} expect c{i} {(rows[i].Expected ? "yes" : "no")}\n");
        }

        var compilation = Compilation.Create(SyntaxTree.Parse(text.ToString()));
        Assert.Empty(compilation.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Info).Select(diagnostic => diagnostic.ToString()));
        foreach (IScenarioEngine engine in new IScenarioEngine[] { new ReferenceScenarioEngine(), new CompiledScenarioEngine() })
        {
            var results = new ScenarioRunner(compilation.Bound, engine).RunAll();
            Assert.True(results.Length >= atLeast, $"only {results.Length} rows apply");
            Assert.Empty(results.Where(result => !result.IsPassed).Select(result => $"{result.Scenario.Scenario.Name}: {result.Expectations[0]}"));
        }
    }

    /// <summary>Rows of a type whose tests are intervals or comparisons with literals of that type, and whose answer is yes or no.</summary>
    private static List<(string Id, string Value, string[] Tests, bool Expected)> Rows(string type) =>
    [
        .. from line in Repository.Read("tests/suites/ranges.csv").Split('\n').Skip(1)
           let cells = line.Split(',')
           where cells.Length > 5 && cells[1] == type && cells[4] is "true" or "false" && cells[2].Length > 0
           let tests = cells[3].Split(" | ")
           where tests.All(test => Condition("v", test, type) is not null) && Literal(cells[2], type) is not null
           select (cells[0], cells[2], tests, cells[4] == "true"),
    ];

    private static string? Condition(string field, string test, string type)
    {
        test = test.Trim();
        if (test.Length > 2 && test[0] is '[' or '(' or ']' && test[^1] is ']' or ')' or '[' && test[1..^1].Split("..") is [var low, var high])
        {
            return Literal(low, type) is { } from && Literal(high, type) is { } to
                ? $"({field} {(test[0] == '[' ? ">=" : ">")} {from} and {field} {(test[^1] == ']' ? "<=" : "<")} {to})"
                : null;
        }

        var sign = new[] { "<=", ">=", "!=", "<", ">", "=" }.FirstOrDefault(candidate => test.StartsWith(candidate, StringComparison.Ordinal));
        return sign is not null && Literal(test[sign.Length..], type) is { } value ? $"{field} {(sign == "!=" ? "<>" : sign)} {value}" : null;
    }

    private static string? Literal(string value, string type)
    {
        value = value.Trim().Trim('"');
        return type switch
        {
            "number" => decimal.TryParse(value, out _) ? value : null,
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) ? value : null,
            _ => value.All(char.IsAsciiLetterOrDigit) ? $"\"{value}\"" : null,
        };
    }
}
