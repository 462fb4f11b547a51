using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;
using CccRules.Tests.Architecture;
using CccRules.Tests.Proof;

namespace CccRules.Tests.Diagnostics;

/// <summary>Every diagnostic has a page, and the examples on it behave as the page says.</summary>
public sealed class DiagnosticPagesTests
{
    // Numbers whose example cannot be shown on a page; each page says why.
    private static readonly string[] WithoutExample = ["CCC0020", "CCC0021", "CCC0022", "CCC1005", "CCC1202", "CCC4012"];

    // Numbers that nothing raises yet. To be emptied.
    private static readonly string[] Pending = [];

    public static TheoryData<string> IdsWithExample => [.. DiagnosticDocs.Ids.Except(WithoutExample)];

    [Fact]
    public void Every_number_has_a_page_and_every_page_a_number()
    {
        var expected = DiagnosticCatalog.All.Where(descriptor => !descriptor.Retired).Select(descriptor => descriptor.Id).ToList();

        Findings.AssertNone(
        [
            .. expected.Except(DiagnosticDocs.Ids).Select(id => $"{id} has no page"),
            .. DiagnosticDocs.Ids.Except(DiagnosticCatalog.All.Select(descriptor => descriptor.Id)).Select(id => $"the page {id} has no diagnostic"),
        ]);
    }

    [Fact]
    public void Every_page_stands_under_the_number_and_the_name_of_its_diagnostic() =>
        Assert.All(DiagnosticDocs.Ids, id => Assert.Equal(
            (id, DiagnosticCatalog.Find(id)?.Name),
            (DiagnosticDocs.Find(id)?.Id, DiagnosticDocs.Find(id)?.Name)));

    [Fact]
    public void Only_pages_that_are_known_to_have_no_example_have_none() =>
        Assert.Equal(WithoutExample, DiagnosticDocs.Ids.Where(id => DiagnosticDocs.Find(id)?.NoExample is not null));

    [Theory]
    [MemberData(nameof(IdsWithExample))]
    public void The_failing_example_gives_its_diagnostic_and_nothing_else_but_remarks(string id)
    {
        var raised = Diagnose(id, DiagnosticDocs.Find(id)?.FailingExample, "Fails")
            .Where(diagnostic => diagnostic.Id == id || diagnostic.Severity != DiagnosticSeverity.Info)
            .Select(diagnostic => diagnostic.Id)
            .Distinct();

        if (Pending.Contains(id))
        {
            Assert.DoesNotContain(id, raised);
        }
        else
        {
            Assert.Equal([id], raised);
        }
    }

    [Theory]
    [MemberData(nameof(IdsWithExample))]
    public void The_fixed_example_compiles_without_the_diagnostic(string id) =>
        Findings.AssertNone(
            from diagnostic in Diagnose(id, DiagnosticDocs.Find(id)?.FixedExample, "Fixed")
            where diagnostic.Id == id || diagnostic.Severity != DiagnosticSeverity.Info
            select DiagnosticRenderer.Render(diagnostic));

    [Theory]
    [MemberData(nameof(IdsWithExample))]
    public void The_fixed_example_differs_from_the_failing_one(string id) =>
        Assert.NotEqual(DiagnosticDocs.Find(id)?.FailingExample, DiagnosticDocs.Find(id)?.FixedExample);

    [Theory]
    [InlineData("CCC2001")]
    [InlineData("ccc2001")]
    [InlineData("unknown-name")]
    public void A_diagnostic_is_found_by_its_number_or_its_name(string idOrName) =>
        Assert.Equal("CCC2001", DiagnosticCatalog.Find(idOrName)?.Id);

    [Fact]
    public void No_number_stands_for_two_things() => Findings.AssertNone(DiagnosticDocs.Ids.Intersect(CccRules.Batch.FaultPages.Codes));

    [Fact]
    public void An_unknown_number_is_not_found() => Assert.Null(DiagnosticCatalog.Find("CCC9999"));

    /// <summary>What the compiler says of an example; on the pages of proofs also what those find.</summary>
    private static ImmutableArray<Diagnostic> Diagnose(string id, string? example, string place)
    {
        Assert.False(string.IsNullOrEmpty(example));
        var compilation = SnippetCompiler.Compile(place, example);
        return compilation.HasErrors || !id.StartsWith("CCC7", StringComparison.Ordinal) ? compilation.Diagnostics : [.. compilation.Diagnostics, .. Prove(compilation)];
    }

    /// <summary>What proofs find, by the plainest evaluator.</summary>
    private static IEnumerable<Diagnostic> Prove(Compilation compilation)
    {
        var rules = compilation.Provable;
        var report = RulesProver.Prove(rules, new NaiveRecords(rules.Module), CancellationToken.None)
            .With(RulesProver.Answer(rules, new NaiveRecords(rules.Module), CancellationToken.None));
        return report.Findings.Select(finding => finding.Diagnostic).Concat(report.Claims.Where(claim => claim.Status == ClaimStatus.Refuted)
            .Select(claim => ProofDiagnostics.ClaimRefuted(claim.Claim.Claim.Location, claim.Claim.Claim.Name)));
    }
}
