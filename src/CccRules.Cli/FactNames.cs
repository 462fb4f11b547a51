using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Runtime.Facts;

namespace CccRules.Cli;

/// <summary>Facts by the names that people type.</summary>
internal static class FactNames
{
    /// <param name="noun">What the name is of: <c>field</c>.</param>
    /// <exception cref="CommandException">No fact has the name.</exception>
    public static FactSchema Find(string name, IEnumerable<FactSchema> facts, string noun)
    {
        ImmutableArray<FactSchema> all = [.. facts];
        return all.FirstOrDefault(fact => fact.Name == name) ?? throw CommandFaults.WrongValue($"the rules have no {noun} `{name}`", Similar(name, all, noun));
    }

    /// <summary>Ways out for a name that nothing has: similar names, else a few of those that there are.</summary>
    public static ImmutableArray<string> Similar(string name, IEnumerable<FactSchema> facts, string noun)
    {
        ImmutableArray<string> names = [.. facts.Select(fact => fact.Name)];
        ImmutableArray<string> near = [.. Suggestions.Nearest(name, names).Select(other => $"a similar {noun} exists: `{other}`")];
        return !near.IsEmpty ? near
            : names.IsEmpty ? [$"the rules have no {noun}s"]
            : [$"{noun}s are {Listing.Of(names)}"];
    }
}
