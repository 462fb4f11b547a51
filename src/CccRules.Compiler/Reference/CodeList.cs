using System.Collections.Immutable;

namespace CccRules.Compiler.Reference;

/// <summary>A list of codes with their English names, read from a file when first asked for.</summary>
internal sealed class CodeList(string file)
{
    private readonly Lazy<ImmutableSortedDictionary<string, string>> _names = new(() =>
        ReferenceFile.ReadRows(file, 2).ToImmutableSortedDictionary(row => row[0], row => row[1], StringComparer.Ordinal));

    /// <summary>The codes in order.</summary>
    public IEnumerable<string> Codes => _names.Value.Keys;

    /// <summary>The name of a code, null when the list lacks it. Case counts.</summary>
    public string? NameOf(string code) => _names.Value.GetValueOrDefault(code);
}
