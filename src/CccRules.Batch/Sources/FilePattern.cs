using System.IO.Enumeration;

namespace CccRules.Batch.Sources;

/// <summary>
/// Patterns for files: <c>*</c> for any part of a name, <c>?</c> for one character, a folder named <c>**</c> for any folders. Files come in
/// the order of their paths, so that a run over a pattern is always the same run.
/// </summary>
internal static class FilePattern
{
    /// <summary>The addresses that an address stands for: itself, unless it is a pattern and no file.</summary>
    /// <exception cref="BatchSetupException">No file fits.</exception>
    public static IEnumerable<string> Expand(string address, string folder)
    {
        if (address.IndexOfAny(['*', '?']) < 0 || Tables.TableAddress.Parse(address) is not null || File.Exists(Path.GetFullPath(address, folder)))
        {
            return [address];
        }

        var root = Path.GetPathRoot(address) ?? "";
        var parts = address[root.Length..].Split('/', Path.DirectorySeparatorChar);
        string[] found = [.. Find(root, parts, folder).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new BatchSetupException(BatchProblemKind.NothingFits, $"no file fits '{address}'");
    }

    private static IEnumerable<string> Find(string at, ReadOnlyMemory<string> parts, string folder)
    {
        var part = parts.Span[0];
        var here = Path.GetFullPath(at, folder);
        if (parts.Length == 1)
        {
            return Directory.Exists(here)
                ? Directory.EnumerateFiles(here).Select(Path.GetFileName).OfType<string>().Where(name => Fits(part, name)).Select(name => Path.Combine(at, name))
                : [];
        }

        var rest = parts[1..];
        if (part == "**")
        {
            return Find(at, rest, folder).Concat(Folders(here, "*").SelectMany(name => Find(Path.Combine(at, name), parts, folder)));
        }

        return part.IndexOfAny(['*', '?']) < 0
            ? Find(Path.Combine(at, part), rest, folder)
            : Folders(here, part).SelectMany(name => Find(Path.Combine(at, name), rest, folder));
    }

    /// <summary>Linked folders are passed over: they could lead round in a circle.</summary>
    private static IEnumerable<string> Folders(string folder, string pattern) => !Directory.Exists(folder) ? [] :
        new DirectoryInfo(folder).EnumerateDirectories().Where(found => found.LinkTarget is null && Fits(pattern, found.Name)).Select(found => found.Name);

    private static bool Fits(string pattern, string name) =>
        (name[0] != '.' || pattern[0] == '.') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
