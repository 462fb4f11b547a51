using System.Collections.Immutable;
using System.IO.Enumeration;

namespace CccRules.Tests.Architecture;

/// <summary>The files of the repository that the tests run in: those that <c>.gitignore</c> does not exclude.</summary>
internal static class Repository
{
    private static readonly Lazy<ImmutableArray<string>> AllFiles = new(() => [.. Walk(string.Empty).Order(StringComparer.Ordinal)]);

    /// <summary>Full path of the folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root with forward slashes, in ordinal order.</summary>
    public static ImmutableArray<string> Files => AllFiles.Value;

    /// <summary>C# files under a folder, those that ANTLR wrote left out.</summary>
    public static IEnumerable<string> HandWrittenCSharp(string folder = "") =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)
            && file.StartsWith(folder, StringComparison.Ordinal)
            && !file.Contains("/Generated/"));

    public static string FullPath(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(FullPath(file));

    /// <summary>Whether a path, there or not, is one that <c>.gitignore</c> excludes: something that a run leaves behind.</summary>
    public static bool IsIgnored(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, segments.Length).Any(last => IgnoredNames.Any(pattern => Matches(pattern, segments, last)));
    }

    private static ImmutableArray<string> IgnoredNames { get; } =
    [
        ".git",
        .. File.ReadAllLines(Path.Combine(Root, ".gitignore")).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'),
    ];

    /// <summary>Knows the three forms in use: <c>name/</c> and <c>*.ext</c> at any depth, <c>/name</c> at the root.</summary>
    private static bool Matches(string pattern, string[] segments, int last)
    {
        var name = pattern.Trim('/');
        if (name.Contains('/') || name.StartsWith('!'))
        {
            throw new NotSupportedException($"`{pattern}` in .gitignore has a form that this class does not know");
        }

        return (pattern[0] != '/' || last == 0) && FileSystemName.MatchesSimpleExpression(name, segments[last], ignoreCase: false);
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var entry in new DirectoryInfo(FullPath(folder)).EnumerateFileSystemInfos())
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (IsIgnored(path))
            {
                continue;
            }

            if (entry is FileInfo)
            {
                yield return path;
                continue;
            }

            foreach (var file in Walk(path))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CccRules.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("no folder above the tests holds CccRules.sln");
    }
}
