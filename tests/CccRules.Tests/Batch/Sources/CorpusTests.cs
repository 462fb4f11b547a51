using CccRules.Batch;
using CccRules.Tests.Architecture;
using Xunit.Abstractions;

namespace CccRules.Tests.Batch.Sources;

/// <summary>The files of tests/corpus, each with its expected rows or its expected rejection.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly string Folder = Repository.FullPath("tests/corpus");

    [Fact]
    public void Every_file_is_read_or_rejected_as_expected()
    {
        var files = Directory.GetFiles(Folder, "*.expected").Order(StringComparer.Ordinal).ToList();
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var expected = File.ReadAllLines(file);
            var actual = Read(file[..^".expected".Length]);
            if (!expected.SequenceEqual(actual))
            {
                wrong.Add($"{Path.GetFileName(file)}\n  expected {string.Join(" / ", expected)}\n  actual   {string.Join(" / ", actual)}");
            }
        }

        output.WriteLine($"{files.Count} dirty files tried");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(files.Count >= 50);
    }

    [Fact]
    public void A_field_of_100_MB_costs_its_own_row_and_little_memory()
    {
        using var folder = new BatchFolder();
        using (var file = File.Create(folder.At("in.csv")))
        {
            file.Write("id,hs_code\n1,85\n2,"u8);
            var piece = new byte[1_000_000];
            piece.AsSpan().Fill((byte)'8');
            for (var i = 0; i < 100; i++)
            {
                file.Write(piece);
            }

            file.Write("\n3,85\n"u8);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(["2: 1|85", "3: CCC8109", "4: 3|85"], folder.Read("in.csv"));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"100 MB in one field: {allocated / 1_000_000} MB allocated");
        Assert.True(allocated < 100_000_000, $"{allocated} bytes allocated");
    }

    private static List<string> Read(string path)
    {
        using var folder = new BatchFolder();
        try
        {
            return [.. folder.Read(path).Select(line => line.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal))];
        }
        catch (BatchSetupException fault)
        {
            var hint = fault.Message.LastIndexOf("; the file ", StringComparison.Ordinal);
            return [$"run: {fault.Problems[0].Code}{(hint < 0 ? "" : fault.Message[(hint + 1)..])}"];
        }
    }
}
