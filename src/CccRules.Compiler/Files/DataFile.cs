namespace CccRules.Compiler.Files;

/// <summary>A file that rules name (<c>from "norms.csv"</c>), read by whoever compiles them: the compiler opens none.</summary>
/// <param name="Path">As the rules' own paths are shown, the name resolved against the rules' folder: see <see cref="PathOf"/>.</param>
/// <param name="Bytes">All of it.</param>
public sealed record DataFile(string Path, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The path of a file that rules name: beside them, or in folders from there, with <c>/</c> between the parts.</summary>
    /// <param name="rulesPath">The path of the rules.</param>
    /// <param name="name">As the rules name it.</param>
    public static string PathOf(string rulesPath, string name)
    {
        ArgumentNullException.ThrowIfNull(rulesPath);
        ArgumentNullException.ThrowIfNull(name);
        var parts = new List<string>(rulesPath.Replace('\\', '/').Split('/').SkipLast(1));
        foreach (var part in name.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] is not (".." or ""))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ""))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
