using System.Reflection;

namespace CccRules.Batch;

/// <summary>The pages that explain the faults of data and of runs, one <c>Docs/CCC8000.md</c> each, as they are in this assembly.</summary>
public static class FaultPages
{
    private const string Folder = "Docs/";
    private const string Extension = ".md";

    private static readonly Assembly ThisAssembly = typeof(FaultPages).Assembly;

    /// <summary>Numbers that have a page, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. ThisAssembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The whole page in Markdown: what the fault is, what to do, and where it can be shown an example that fails and the same mended.</summary>
    /// <param name="code">A code such as <c>CCC8030</c>.</param>
    /// <returns>Null where the code has no page.</returns>
    public static string? Find(string code)
    {
        using var stream = ThisAssembly.GetManifestResourceStream($"{Folder}{code}{Extension}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
