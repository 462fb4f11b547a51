using System.Collections.Frozen;

namespace CccRules.Runtime.Schema;

/// <summary>Finds declarations by their names with the module, or by the last part where only one has it.</summary>
internal sealed class NameIndex
{
    private const int Several = -1;

    private readonly FrozenDictionary<string, int> _positions;
    private readonly string _kind;

    public NameIndex(string kind, IEnumerable<string> qualifiedNames)
    {
        _kind = kind;
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = qualifiedNames.ToList();
        for (var position = 0; position < names.Count; position++)
        {
            var shortName = names[position][(names[position].LastIndexOf('.') + 1)..];
            positions[shortName] = positions.ContainsKey(shortName) ? Several : position;
        }

        for (var position = 0; position < names.Count; position++)
        {
            positions[names[position]] = position;
        }

        _positions = positions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The position of a name.</summary>
    /// <exception cref="KeyNotFoundException">None has it, or several have.</exception>
    public int Find(string name) =>
        !_positions.TryGetValue(name, out var position) ? throw new KeyNotFoundException($"The rules have no {_kind} `{name}`.")
        : position == Several ? throw new KeyNotFoundException($"Several modules have a {_kind} `{name}`: name it with its module.")
        : position;
}
