using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Proof;

/// <summary>A corpus of defects: none is missed, no mended twin is blamed, and every record that is shown is confirmed.</summary>
public sealed class PlantedDefectTests
{
    [Fact]
    public void The_corpus_is_as_large_as_it_says() => Assert.InRange(PlantedDefects.All.Count(), 100, 1_000);

    [Fact]
    public void Every_defect_is_found_and_no_mended_twin_is_blamed()
    {
        var faults = new List<string>();
        foreach (var (name, code, defect, mended) in PlantedDefects.All)
        {
            if (!Found(defect, name).Contains(code))
            {
                faults.Add($"{name}: {code} was missed, found {string.Join(", ", Found(defect, name))}");
            }

            var blamed = Found(mended, name);
            if (blamed.Contains(code) || blamed.Exists(other => other is not ("CCC7007" or "CCC7010")))
            {
                faults.Add($"{name}: the mended twin is blamed: {string.Join(", ", blamed)}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static List<string> Found(string text, string name)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From("r.ccc", text)));
        Assert.True(!compilation.HasErrors, $"{name}: {string.Join('\n', compilation.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");
        var rules = compilation.Provable;
        var report = RulesProver.Prove(rules, new NaiveRecords(rules.Module), CancellationToken.None)
            .With(RulesProver.Answer(rules, new NaiveRecords(rules.Module), CancellationToken.None));
        Assert.True(report.NotProved.IsEmpty, $"{name}: {string.Join('\n', report.NotProved)}");
        return [.. report.Findings.Select(finding => finding.Diagnostic.Id), .. report.Claims.Where(claim => claim.Status == ClaimStatus.Refuted).Select(_ => "CCC7012")];
    }
}
