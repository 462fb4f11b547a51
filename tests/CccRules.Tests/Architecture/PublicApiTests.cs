namespace CccRules.Tests.Architecture;

/// <summary>What the libraries offer changes only together with its committed list in tests/api.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("CccRules.Runtime")]
    [InlineData("CccRules.Compiler")]
    [InlineData("CccRules.Batch")]
    [InlineData("CccRules.Hosting")]
    public void The_public_API_equals_the_committed_list(string assembly)
    {
        var file = $"tests/api/{assembly}.txt";
        var actual = PublicApi.Describe(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        if (Environment.GetEnvironmentVariable("CCC_UPDATE") == "1")
        {
            Directory.CreateDirectory(Repository.FullPath("tests/api"));
            File.WriteAllText(Repository.FullPath(file), actual);
            return;
        }

        var expected = File.Exists(Repository.FullPath(file)) ? Repository.Read(file) : string.Empty;
        Assert.True(
            actual == expected,
            $"the public API differs from {file}; if that is meant, run `CCC_UPDATE=1 dotnet test --filter PublicApiTests`\n{Difference(expected, actual)}");
    }

    [Fact]
    public void The_list_names_types_members_and_enumeration_values()
    {
        var lines = PublicApi.Describe(typeof(PublicApiTests).Assembly.Location).Split('\n');
        Assert.Contains("sealed class CccRules.Tests.Architecture.PublicApiTests", lines);
        Assert.Contains("    public void The_public_API_equals_the_committed_list(string assembly)", lines);
        Assert.DoesNotContain(lines, line => line.Contains(nameof(PublicApi.Describe), StringComparison.Ordinal));
    }

    /// <summary>Lines with the type they belong to, those that left marked <c>-</c>, those that came <c>+</c>.</summary>
    private static string Difference(string expected, string actual)
    {
        var before = Qualified(expected);
        var after = Qualified(actual);
        return string.Join('\n', before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}")));
    }

    private static List<string> Qualified(string text)
    {
        var lines = new List<string>();
        var type = string.Empty;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line == type ? line : $"{type} {{ {line.Trim()} }}");
        }

        return lines;
    }
}
