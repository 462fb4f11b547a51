using System.Collections.Immutable;
using System.IO.Enumeration;
using CccRules.Compiler.Diagnostics;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Classification;

/// <summary>Norms by the names that people type: short, with their module, or a pattern of either such as <c>cn.ccc.*</c>.</summary>
internal static class NormChoice
{
    /// <summary>Positions of the norms that are named; empty where nothing is.</summary>
    /// <exception cref="CommandException">A name is of no norm.</exception>
    public static ImmutableArray<int> Of(ImmutableArray<string> names, RulesetManifest manifest)
    {
        var chosen = new SortedSet<int>();
        foreach (var name in names)
        {
            var found = manifest.Norms.Where(norm => Matches(name, norm)).ToList();
            if (found.Count == 0)
            {
                ImmutableArray<string> near = [.. Suggestions.Nearest(name, manifest.Norms.Select(norm => norm.Name)).Select(other => $"a similar norm exists: `{other}`")];
                throw CommandFaults.WrongValue(
                    $"--norms: the rules have no norm `{name}`",
                    near.IsEmpty ? [$"norms are {Listing.Of([.. manifest.Norms.Select(norm => norm.Name)])}", "a pattern in quotes takes several, such as 'cn.ccc.*'"] : near);
            }

            chosen.UnionWith(found.Select(norm => norm.Index));
        }

        return [.. chosen];
    }

    private static bool Matches(string name, NormSchema norm) =>
        FileSystemName.MatchesSimpleExpression(name, norm.Name, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(name, norm.QualifiedName, ignoreCase: false);
}
