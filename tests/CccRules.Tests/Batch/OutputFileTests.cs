using CccRules.Batch;
using CccRules.Batch.Sinks;

namespace CccRules.Tests.Batch;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ccc-output-").FullName;

    private string Target => Path.Combine(_folder, "out.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_there_only_once_it_is_whole()
    {
        File.WriteAllText(Target, "old");
        using (var file = OutputFile.Create(Target))
        {
            file.Stream.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(Target));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_not_committed_leaves_nothing()
    {
        File.WriteAllText(Target, "old");
        using (var file = OutputFile.Create(Target))
        {
            file.Stream.Write("new"u8);
        }

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Two_runs_do_not_write_the_same_file()
    {
        using var first = OutputFile.Create(Target);
        first.Stream.Write("first"u8);

        Assert.Throws<IOException>(() => OutputFile.Create(Target));

        first.Commit();
        Assert.Equal("first", File.ReadAllText(Target));
    }

    [Fact]
    public void The_output_may_not_be_an_input_however_it_is_spelt()
    {
        File.WriteAllText(Target, "data");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        var link = Path.Combine(_folder, "link.csv");
        var folderLink = Path.Combine(_folder, "folder");
        File.CreateSymbolicLink(link, "out.csv");
        Directory.CreateSymbolicLink(folderLink, _folder);
        string[] spellings = [Target, Path.Combine(_folder, "sub", "..", "out.csv"), Path.Combine(_folder, ".", "out.csv"), link, Path.Combine(folderLink, "link.csv")];

        foreach (var output in spellings)
        {
            foreach (var input in spellings)
            {
                var e = Assert.Throws<BatchSetupException>(() => OutputFile.Create(output, Path.Combine(_folder, "other"), input));
                Assert.Equal(BatchProblemKind.OutputIsInput, Assert.Single(e.Problems).Kind);
            }
        }

        Assert.Equal("data", File.ReadAllText(Target));
    }

    [Fact]
    public void A_link_is_written_through_and_stays_a_link()
    {
        var link = Path.Combine(_folder, "link.csv");
        File.CreateSymbolicLink(link, "out.csv");
        using (var file = OutputFile.Create(link))
        {
            file.Stream.Write("data"u8);
            file.Commit();
        }

        Assert.Equal("data", File.ReadAllText(Target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Standard_output_goes_on_where_others_left_it()
    {
        using (var handle = File.OpenHandle(Target, FileMode.Create, FileAccess.Write))
        {
            foreach (var text in new[] { "first\n", "second\n" })
            {
                using var file = OutputFile.Shared(handle);
                file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                file.Commit();
            }
        }

        Assert.Equal("first\nsecond\n", File.ReadAllText(Target));
    }

    [Fact]
    public void A_full_device_behind_standard_output_is_an_error()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using var handle = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using var file = OutputFile.Shared(handle);
        Assert.Throws<IOException>(() => file.Stream.Write("data"u8));
    }

    [Fact]
    public void A_full_device_is_an_error_and_is_not_renamed_over()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using var file = OutputFile.Create("/dev/full");
        Assert.Throws<IOException>(() => file.Stream.Write("data"u8));
        Assert.False(File.Exists("/dev/full.partial"));
    }
}
