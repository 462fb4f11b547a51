namespace CccRules.Tests.Scenarios;

public sealed class ScenarioFileTests
{
    private const string Sample = """
        # Group

        Prose.

        ## First

        ```ccc
        a //~ CCC2001 `a` CCC2002
        ```

        `other.ccc`:
        ```ccc
        b
        //~^ CCC1001
        ```

        ```ccc
        c
        ```

        ```rows as-of 2025-03-01 known-on 2024-01-01
        x , "a, | b" | norm
        1 ,          | exempt or required
        ```

        ## Second

        ```snapshot ir
        old
        ```
        """;

    [Fact]
    public void Headings_with_fences_are_tests()
    {
        var sections = ScenarioFile.Parse("s.md", Sample).Sections;
        Assert.Equal(["First", "Second"], sections.Select(section => section.Title));
        Assert.Equal(5, sections[0].Line);
    }

    [Fact]
    public void Fences_without_a_path_are_one_file()
    {
        var sources = ScenarioFile.Parse("s.md", Sample).Sections[0].Sources;
        Assert.Equal(["rules.ccc", "other.ccc"], sources.Select(source => source.Path));
        Assert.Equal("a //~ CCC2001 `a` CCC2002\nc\n", sources[0].Text);
        Assert.Equal(8, sources[0].LineNumber(0));
        Assert.Equal(18, sources[0].LineNumber(1));
    }

    [Fact]
    public void Announcements_have_a_line_a_number_and_a_text()
    {
        var sources = ScenarioFile.Parse("s.md", Sample).Sections[0].Sources;
        Assert.Equal([(0, "CCC2001", "a"), (0, "CCC2002", null)], sources[0].Announcements.Select(item => (item.Line, item.Id, item.Pointed)));
        Assert.Equal([(0, "CCC1001", null)], sources[1].Announcements.Select(item => (item.Line, item.Id, item.Pointed)));
    }

    [Fact]
    public void Rows_have_facts_and_expectations()
    {
        var table = ScenarioFile.Parse("s.md", Sample).Sections[0].Tables[0];
        Assert.Equal("2025-03-01", table.AsOf);
        Assert.Equal("2024-01-01", table.KnownOn);
        Assert.Equal(["x", "\"a, | b\""], table.Facts.AsEnumerable());
        Assert.Equal(["norm"], table.Subjects.AsEnumerable());
        Assert.Equal(["1", ""], table.Rows[0].Facts.AsEnumerable());
        Assert.Equal(["exempt or required"], table.Rows[0].Expected.AsEnumerable());
        Assert.Equal(23, table.Rows[0].Line);
    }

    [Fact]
    public void Only_snapshots_are_rewritten()
    {
        var file = ScenarioFile.Parse("s.md", Sample);
        var snapshot = file.Sections[1].Snapshots[0];
        var text = file.WithSnapshots(new Dictionary<SnapshotFence, string> { [snapshot] = "new\nlines\n" });
        Assert.Equal(Sample.ReplaceLineEndings("\n").Replace("old\n", "new\nlines\n"), text);
    }

    [Theory]
    [InlineData("```ccc\n```", "before the first heading")]
    [InlineData("# A", "tests nothing")]
    [InlineData("# A\n```ccc", "does not end")]
    [InlineData("# A\n```c\n```", "unknown fence")]
    [InlineData("# A\n```snapshot tee\n```", "unknown fence")]
    [InlineData("# A\n```ccc\n```\n## B\n```ccc\n```", "cannot be a group")]
    [InlineData("# A\n```ccc\n```\n# A\n```ccc\n```", "one title")]
    [InlineData("# A\n```rows\na | b\n```", "at least one row")]
    [InlineData("# A\n```rows\na | b\n1, 2 | c\n```", "another number of cells")]
    [InlineData("# A\n```rows\na | b\n1\n```", "nothing after")]
    [InlineData("# A\n```rows today\na | b\n1 | c\n```", "needs a date")]
    public void A_file_of_another_form_is_refused_with_the_place(string text, string message)
    {
        var fault = Assert.Throws<FormatException>(() => ScenarioFile.Parse("s.md", text));
        Assert.StartsWith("s.md:", fault.Message);
        Assert.Contains(message, fault.Message);
    }
}
