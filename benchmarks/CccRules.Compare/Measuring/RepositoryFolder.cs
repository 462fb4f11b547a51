namespace CccRules.Compare.Measuring;

/// <summary>The folder that holds the sources, found from the program upwards.</summary>
internal static class RepositoryFolder
{
    /// <exception cref="DirectoryNotFoundException">The program does not stand below the sources.</exception>
    public static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CccRules.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No CccRules.sln above the program.");
    }
}
