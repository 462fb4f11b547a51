namespace CccRules.Compare.Measuring;

/// <summary>
/// A comparison: makes its data, lets the contestants run in turn, checks that all give the same answers, and says what came out.
/// To add one, write a class and name it in <see cref="Comparisons"/>.
/// </summary>
internal interface IComparison
{
    /// <summary>Numbers of the lines it fills, for choosing by <c>--only</c>.</summary>
    IReadOnlyList<string> Numbers { get; }

    IEnumerable<ResultRow> Run(CompareOptions options);
}

/// <summary>What the command was asked for.</summary>
/// <param name="IsQuick">A few rounds on little data: to see that everything works, not to quote.</param>
/// <param name="Only">Lines to fill; empty for all.</param>
/// <param name="Log">Where progress is told.</param>
internal sealed record CompareOptions(bool IsQuick, IReadOnlySet<string> Only, TextWriter Log)
{
    /// <summary>Folder in which data is made, outside the sources.</summary>
    public string DataFolder { get; } = Path.Combine(Path.GetTempPath(), "ccc-compare");

    /// <summary>The published <c>ccc</c>, where <c>compare.sh</c> puts it.</summary>
    public string Tool => Path.Combine(DataFolder, "ccc", "ccc.dll");

    /// <summary>This program, published likewise.</summary>
    public string Probe => Path.Combine(DataFolder, "probe", "CccRules.Compare.dll");
}
