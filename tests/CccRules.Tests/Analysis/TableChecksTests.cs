using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Analysis;

/// <summary>Tables of a size that no scenario shows.</summary>
public sealed class TableChecksTests
{
    private const string Rules = """
        record item
          code : integer
          day : date
        table sizes
          match code, day
          gives size : integer
          from "sizes.csv"
        category found when size = 7
        """;

    [Fact]
    public void What_takes_too_long_to_compare_is_said_and_not_passed_over_in_silence()
    {
        // Each row spans those before it in one column, and only the other tells them apart.
        var compilation = Compile(3_000, row => $"0..{row},{CivilDate.Format(730_000 + row)},1");
        Assert.Equal(["CCC4012"], compilation.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Two_of_many_thousand_rows_that_overlap_are_found()
    {
        var compilation = Compile(10_000, row => row == 9_999 ? "4711,2026-01-01,7" : $"{row},-,1");
        var diagnostic = Assert.Single(compilation.Diagnostics);
        Assert.Equal("CCC4010", diagnostic.Id);
        Assert.Contains("4711", diagnostic.Message + string.Concat(diagnostic.Notes), StringComparison.Ordinal);
    }

    /// <summary>The rows are data: the program that is compiled is the same whatever their number. With <c>CCC_FUZZ</c> a hundred thousand of them.</summary>
    [Fact]
    public void Many_thousand_rows_are_data_and_no_code()
    {
        var rows = Differential.DifferentialTests.Times > 1 ? 100_000 : 20_000;
        var small = Compile(100, Row);
        var large = Compile(rows, Row);
        Assert.Equal(CSharpOf(small), CSharpOf(large));

        var evaluator = new Evaluator(large.Load());
        Assert.Equal([Truth.False, Truth.True, Truth.False, Truth.Open], new[] { 0L, 17_777, rows, Fact.Missing }.Select(code => Found(evaluator, code)));

        static string Row(int row) => $"{row},>= 2000-01-01,{(row == 17_777 || row == 77 ? 7 : row % 5)}";
    }

    private static Truth Found(Evaluator evaluator, long code)
    {
        evaluator.Evaluate([code, CivilDate.FromYearMonthDay(2026, 1, 1), Fact.Missing], new TextDictionary());
        return evaluator.CategoryOf(0);
    }

    private static string CSharpOf(Compilation compilation) => compilation.Emitted.Source;

    private static Compilation Compile(int rows, Func<int, string> row)
    {
        var csv = new StringBuilder("code,day,size\n");
        for (var i = 0; i < rows; i++)
        {
            csv.Append(row(i)).Append('\n');
        }

        return Compilation.Create(
            [SyntaxTree.Parse(SourceText.From("rules.ccc", Rules))],
            new CompilationOptions { Files = [new DataFile("sizes.csv", Encoding.UTF8.GetBytes(csv.ToString()))] });
    }
}
