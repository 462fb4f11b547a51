namespace CccRules.Tests.Architecture;

/// <summary>Lists of faults whose every line must be readable in the output of a failed test.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings)
    {
        var lines = findings.ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} found:\n{string.Join('\n', lines)}");
    }
}
