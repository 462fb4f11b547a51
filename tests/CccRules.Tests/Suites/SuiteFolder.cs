namespace CccRules.Tests.Suites;

/// <summary>Finds the files of tests/suites from wherever the tests were built.</summary>
internal static class SuiteFolder
{
    private static readonly string Root = Find();

    /// <summary>Path of a file under tests/suites, given with forward slashes.</summary>
    public static string File(string name) => Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var suites = Path.Combine(folder.FullName, "tests", "suites");
            if (Directory.Exists(suites))
            {
                return suites;
            }
        }

        throw new DirectoryNotFoundException("tests/suites was not found above the test assembly");
    }
}
