using System.Globalization;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;

namespace CccRules.Cli.Proving;

/// <summary>What was proved, for people.</summary>
/// <param name="isQuiet">Only what should be mended.</param>
internal sealed class ProofText(Screen screen, bool isQuiet)
{
    private const int MostNotProved = 20;

    public void Write(ProofReport report)
    {
        foreach (var finding in report.Findings.Where(finding => !isQuiet || finding.Diagnostic.Severity > DiagnosticSeverity.Info))
        {
            screen.Write(DiagnosticRenderer.RenderSegments(finding.Diagnostic));
            WriteWitness(finding.Witness);
            screen.WriteLine();
        }

        foreach (var claim in report.Claims.Where(claim => !isQuiet || claim.Status is ClaimStatus.Refuted or ClaimStatus.NotProved || claim.IsEmpty))
        {
            Write(claim);
        }

        if (!isQuiet)
        {
            WriteCounts(report);
        }

        WriteSummary(report);
    }

    /// <summary>How a claim's answer is told.</summary>
    public static string Describe(ClaimAnswer answer) => answer switch
    {
        { IsEmpty: true } => "proved, but no record meets its `when`",
        { Status: ClaimStatus.Proved } => "proved",
        { Status: ClaimStatus.ProvedForAllRecords } => "proved, also where facts are missing",
        { Status: ClaimStatus.Refuted } => "refuted",
        _ => $"not proved ({answer.Reason})",
    };

    private void Write(ClaimAnswer answer)
    {
        if (answer.Status == ClaimStatus.Refuted)
        {
            screen.Write(DiagnosticRenderer.RenderSegments(ProofDiagnostics.ClaimRefuted(answer.Claim.Claim.Location, answer.Claim.Claim.Name)));
            WriteWitness(answer.Witness);
            screen.WriteLine();
            return;
        }

        screen.Write(Describe(answer), answer.Status == ClaimStatus.NotProved || answer.IsEmpty ? RenderStyle.Warning : RenderStyle.Keyword);
        screen.WriteLine($": {Screen.Escape(answer.Claim.Claim.Name)}");
    }

    private void WriteWitness(Witness? witness)
    {
        if (witness is null)
        {
            return;
        }

        screen.WriteLine();
        foreach (var line in witness.Scenario.TrimEnd('\n').Split('\n'))
        {
            screen.WriteLine($"    {Screen.Escape(line)}");
        }
    }

    private void WriteCounts(ProofReport report)
    {
        if (report.Claims.Length > 0)
        {
            screen.WriteLine();
        }

        foreach (var count in report.Counts)
        {
            var result = (count.Found, count.NotProved) switch
            {
                (0, 0) => "proved: none",
                (0, _) => $"none found, {Number(count.NotProved)} not proved",
                (_, 0) => $"{Number(count.Found)} found, all others proved",
                _ => $"{Number(count.Found)} found, {Number(count.NotProved)} not proved",
            };
            screen.WriteLine(count.What == "claims" ? $"{count.What}: {Number(count.Asked)} asked" : $"{count.What}: {result} ({Number(count.Asked)} asked)");
        }

        foreach (var reason in report.NotProved.Distinct().Take(MostNotProved))
        {
            screen.WriteLine($"not proved: {Screen.Escape(reason)}");
        }
    }

    private void WriteSummary(ProofReport report)
    {
        var findings = report.Findings.Count(finding => finding.Diagnostic.Severity > DiagnosticSeverity.Info);
        var remarks = report.Findings.Length - findings;
        var proved = report.Claims.Count(claim => claim.Status is ClaimStatus.Proved or ClaimStatus.ProvedForAllRecords);
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DiagnosticReport.Count(findings, "finding")}, {DiagnosticReport.Count(remarks, "remark")}; {proved} of {DiagnosticReport.Count(report.Claims.Length, "claim")} proved, {report.Claims.Count(claim => claim.Status == ClaimStatus.Refuted)} refuted"));
        screen.WriteLine("All of this is said of records whose facts are all known, unless it says otherwise.");
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
