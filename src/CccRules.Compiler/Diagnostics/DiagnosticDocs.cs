using System.Collections.Immutable;
using System.Reflection;

namespace CccRules.Compiler.Diagnostics;

/// <summary>The pages that explain diagnostics, one <c>Docs/CCC0000.md</c> each, as they are in this assembly.</summary>
internal static class DiagnosticDocs
{
    private const string Folder = "Diagnostics/Docs/";
    private const string Extension = ".md";

    private static readonly Assembly ThisAssembly = typeof(DiagnosticDocs).Assembly;

    /// <summary>Numbers that have a page, in order.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        .. ThisAssembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The whole page in Markdown, or null if the number has none.</summary>
    public static string? FindText(string id)
    {
        using var stream = ThisAssembly.GetManifestResourceStream($"{Folder}{id}{Extension}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The page in its parts, or null if the number has none.</summary>
    /// <exception cref="FormatException">The page has another form.</exception>
    public static DiagnosticDoc? Find(string id) => FindText(id) is { } text ? DiagnosticDoc.Parse(text) : null;
}
