using Xunit.Abstractions;

namespace CccRules.Tests.Architecture;

/// <summary>A file is short enough to be read in one go.</summary>
public sealed class FileSizeTests(ITestOutputHelper output)
{
    private const int MostLines = 800;
    private const int LinesThatDeserveALook = 400;

    [Fact]
    public void No_hand_written_file_is_longer_than_800_lines()
    {
        var longFiles = Repository.HandWrittenCSharp()
            .Select(file => (File: file, Lines: File.ReadLines(Repository.FullPath(file)).Count()))
            .Where(entry => entry.Lines > LinesThatDeserveALook)
            .OrderByDescending(entry => entry.Lines)
            .ToList();
        longFiles.ForEach(entry => output.WriteLine($"{entry.Lines} lines: {entry.File}"));
        Findings.AssertNone(longFiles.Where(entry => entry.Lines > MostLines).Select(entry => $"{entry.Lines} lines: {entry.File}"));
    }
}
