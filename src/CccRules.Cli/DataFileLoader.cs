using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;

namespace CccRules.Cli;

/// <summary>
/// Reads the files that rules name: tables and calendars beside them. A name leads nowhere outside the folder in which the rules'
/// modules begin (<c>a/b/c.ccc</c> for <c>ruleset a.b.c</c>), whatever links lie on the way.
/// </summary>
internal sealed class DataFileLoader(Func<string, string, byte[]> read)
{
    private readonly Dictionary<string, DataFile> _files = new(StringComparer.Ordinal);

    public IEnumerable<DataFile> Files => _files.Values;

    /// <summary>Reads what a file of rules names. What is not there is left out: the compiler says so at its place.</summary>
    /// <param name="full">Where the rules lie.</param>
    public void Add(SyntaxTree tree, string full)
    {
        foreach (var name in tree.DataFiles)
        {
            var shown = DataFile.PathOf(tree.Text.Path, name);
            if (!_files.ContainsKey(shown) && Find(tree, full, name) is { } path)
            {
                _files[shown] = new DataFile(shown, read(path, shown));
            }
        }
    }

    private static string? Find(SyntaxTree tree, string full, string name)
    {
        if (name.Length == 0 || Path.IsPathRooted(name) || name.IndexOfAny(['\\', ':', '\0']) >= 0)
        {
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(full) ?? "", name));
        if (!File.Exists(path))
        {
            return null;
        }

        var root = Followed(RootOf(tree, full));
        return Followed(path).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }

    /// <summary>The folder in which the module's name begins; the rules' own folder where they lie elsewhere than their name says.</summary>
    private static string RootOf(SyntaxTree tree, string full)
    {
        string[] parts = [.. tree.Root.Ruleset?.ModuleName?.Parts.Select(part => part.Text) ?? []];
        var own = Path.GetDirectoryName(full) ?? "";
        var folder = own;
        for (var i = parts.Length - 2; i >= 0; i--)
        {
            if (!string.Equals(Path.GetFileName(folder), parts[i], StringComparison.Ordinal) || Path.GetDirectoryName(folder) is not { } parent)
            {
                return own;
            }

            folder = parent;
        }

        return folder;
    }

    /// <summary>What a path really names, every link on the way followed.</summary>
    private static string Followed(string full)
    {
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        var path = Path.Combine(Followed(parent), Path.GetFileName(full));
        return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Followed(target.FullName) : path;
    }
}
