using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;

namespace CccRules.Tests.Evaluation;

/// <summary>Runs the three-valued logic of two public suites (tests/suites/kleene.csv).</summary>
public sealed class KleeneSuiteTests
{
    private const int BooleanRows = 33;

    [Fact]
    public void Every_boolean_row_of_the_suite_gives_the_expected_truth()
    {
        List<Row> rows = [.. ReadRows()];
        Assert.Equal(BooleanRows, rows.Count);
        Assert.All(rows, row => Assert.Equal($"{row.Id} {row.Expected}", $"{row.Id} {Answer(row)}"));
    }

    private static string Answer(Row row)
    {
        var trees = new BoundTrees();
        var operands = row.Operands.Select((operand, i) => (Field: trees.YesNo($"f{i}"), Known: operand != "unknown", IsTrue: operand == "true")).ToArray();
        BoundExpression[] fields = [.. operands.Select(operand => operand.Field)];
        BoundExpression condition = row.Operator switch
        {
            "and" or "all" => BoundTrees.And(fields),
            "or" or "any" => BoundTrees.Or(fields),
            "not" => BoundTrees.Not(fields[0]),
            _ => throw new InvalidOperationException(row.Operator),
        };
        var record = BoundTrees.Record(
            [.. operands.Where(operand => operand.Known).Select(operand => (operand.Field, (ConstantValue)new YesNoConstant(operand.IsTrue)))]);
        var answer = ReferenceEvaluator.Evaluate(trees.Build(), record).ConditionOf(condition);
        return answer.IsOpen ? "unknown" : answer.CanBeTrue ? "true" : "false";
    }

    private static IEnumerable<Row> ReadRows()
    {
        var lines = File.ReadAllLines(Path.Combine(SuitesFolder(), "kleene.csv"));
        Assert.StartsWith("id,op,a,b,expected,operand_class,", lines[0], StringComparison.Ordinal);
        foreach (var cells in lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[5] == "boolean"))
        {
            string[] operands = [.. cells[2].Split('|'), .. cells[3].Length == 0 ? Array.Empty<string>() : [cells[3]]];
            yield return new Row(cells[0], cells[1], operands, cells[4]);
        }
    }

    private static string SuitesFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var suites = Path.Combine(folder.FullName, "tests", "suites");
            if (Directory.Exists(suites))
            {
                return suites;
            }
        }

        throw new DirectoryNotFoundException("tests/suites was not found above the test assembly");
    }

    private sealed record Row(string Id, string Operator, string[] Operands, string Expected);
}
