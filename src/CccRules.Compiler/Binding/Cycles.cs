using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Binding;

/// <summary>Finds what comes round to itself. Walks without recursion: chains may be as long as a ruleset.</summary>
internal static class Cycles
{
    /// <summary>Reports each circle once, with its path.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Report<T>(IEnumerable<T> symbols, Func<T, ImmutableArray<T>> next, DiagnosticBag bag)
        where T : Symbol
    {
        var found = false;
        var done = new HashSet<T>();
        foreach (var start in symbols)
        {
            var path = new List<(T Symbol, int Next)> { (start, 0) };
            var places = new Dictionary<T, int> { [start] = 0 };
            while (path.Count > 0)
            {
                var (symbol, index) = path[^1];
                var named = next(symbol);
                if (done.Contains(symbol) || index == named.Length)
                {
                    done.Add(symbol);
                    places.Remove(symbol);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                path[^1] = (symbol, index + 1);
                if (places.TryGetValue(named[index], out var from))
                {
                    bag.Add(NameDiagnostics.Cycle(symbol.Location, [.. path.Skip(from).Select(step => step.Symbol), named[index]]));
                    found = true;
                }
                else
                {
                    places[named[index]] = path.Count;
                    path.Add((named[index], 0));
                }
            }
        }

        return found;
    }
}
