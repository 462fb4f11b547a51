using System.Text;
using System.Text.RegularExpressions;
using CccRules.Batch;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Facts;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Batch;

/// <summary>Each fault of data has a page, and its examples do what the page says.</summary>
public sealed partial class FaultPagesTests
{
    private static readonly IReadOnlyList<string> InUse =
    [
        .. Enum.GetValues<FactFault>().Where(fault => fault != FactFault.None).Select(fault => fault.Code())
            .Concat(Enum.GetValues<RowFaultKind>().Where(fault => fault != RowFaultKind.None).Select(fault => fault.Code()))
            .Concat(Enum.GetValues<BatchProblemKind>().Select(kind => new BatchProblem(kind, "").Code))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> OfFacts => [.. Pages("ccc")];

    public static TheoryData<string> OfRows => [.. Pages("csv").Except(Pages("ccc"))];

    [Fact]
    public void Every_code_in_use_has_a_page_and_every_page_a_code() => Assert.Equal(InUse, FaultPages.Codes);

    [Fact]
    public void Every_page_has_its_form() =>
        Findings.AssertNone(FaultPages.Codes.Where(code => !Heading().IsMatch(Text(code)) || !Text(code).StartsWith($"# {code} ", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(OfFacts))]
    public void A_value_that_fails_is_refused_with_the_code_and_the_fixed_one_read(string code)
    {
        Assert.Equal([code, ""], Examples(code, "ccc").Zip(Examples(code, "csv"), FaultOf));
    }

    [Theory]
    [MemberData(nameof(OfRows))]
    public void A_row_that_fails_is_rejected_with_the_code_and_the_fixed_one_read(string code)
    {
        var examples = Examples(code, "csv").ToList();
        using var run = new BatchRun();
        Assert.Equal(1, run.Run(examples[0]).Rejected);
        Assert.Contains(code, run.RejectLines()[1], StringComparison.Ordinal);
        Assert.Equal(0, run.Run(examples[1]).Rejected);
    }

    /// <summary>The fault of the first cell of the first row as a value of the record's field; empty: none.</summary>
    private static string FaultOf(string rules, string csv)
    {
        var schema = Compilation.Create(SyntaxTree.Parse(rules)).Ir.Facts[0];
        var row = csv.Split('\n')[1];
        var cell = row[..row.LastIndexOf(',')].Trim('"');
        return cell.Length == 0 ? (schema.IsRequired ? FactFault.RequiredButEmpty.Code() : "")
            : new FactReader(schema).Read(Encoding.UTF8.GetBytes(cell), new TextDictionary(), out _).Code();
    }

    private static IEnumerable<string> Pages(string fence) => FaultPages.Codes.Where(code => Examples(code, fence).Any());

    private static IEnumerable<string> Examples(string code, string fence) => Markdown.Fences(Text(code), fence).Select(found => found.Text);

    private static string Text(string code) => FaultPages.Find(code) ?? "";

    [GeneratedRegex("^# CCC8[0-9]{3} [a-z0-9]+(-[a-z0-9]+)*\n\n.")]
    private static partial Regex Heading();
}
