using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;

namespace CccRules.Hosting;

/// <summary>
/// Reads the files that rules name, tables and calendars, from the folder of the rules. A name leads nowhere outside that folder, and through no link.
/// </summary>
/// <param name="bytesLeft">How much is read.</param>
internal sealed class DataFolder(string folder, long bytesLeft)
{
    private readonly Dictionary<string, DataFile> _files = new(StringComparer.Ordinal);
    private long _bytesLeft = bytesLeft;

    public IEnumerable<DataFile> Files => _files.Values;

    /// <summary>Reads what a file of rules names. What is not there is left out: the compiler says so at its place.</summary>
    /// <returns>The file that is too large to be read; null where there is none.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public string? Add(SyntaxTree tree)
    {
        foreach (var name in tree.DataFiles)
        {
            var shown = DataFile.PathOf(tree.Text.Path, name);
            if (_files.ContainsKey(shown) || Find(shown) is not { } file)
            {
                continue;
            }

            _bytesLeft -= file.Length;
            if (_bytesLeft < 0)
            {
                return shown;
            }

            _files[shown] = new DataFile(shown, File.ReadAllBytes(file.FullName));
        }

        return null;
    }

    /// <summary>The file at a path below the folder; null where there is none, or the path leads elsewhere.</summary>
    private FileInfo? Find(string path)
    {
        if (Path.IsPathRooted(path) || path.IndexOfAny(['\\', ':', '\0']) >= 0)
        {
            return null;
        }

        var at = folder;
        var parts = path.Split('/');
        foreach (var part in parts[..^1])
        {
            at = Path.Combine(at, part);
            if (part is "" or "." or ".." || new DirectoryInfo(at) is not { Exists: true, LinkTarget: null })
            {
                return null;
            }
        }

        return parts[^1] is not ("" or "." or "..") && new FileInfo(Path.Combine(at, parts[^1])) is { Exists: true, LinkTarget: null } file ? file : null;
    }
}
