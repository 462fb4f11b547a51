using System.Collections.Immutable;
using System.Globalization;

namespace CccRules.Batch.Sources.Tables;

/// <summary>Names of columns as a source must have them: each once and none empty.</summary>
internal static class ColumnNames
{
    /// <exception cref="BatchSetupException">A column has no name or that of another.</exception>
    public static ImmutableArray<string> Check(IEnumerable<string> names, string shown)
    {
        var problems = ImmutableArray.CreateBuilder<BatchProblem>();
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            if (name.Length == 0 || name == "?column?")
            {
                problems.Add(new BatchProblem(
                    BatchProblemKind.EmptyColumnName, string.Create(CultureInfo.InvariantCulture, $"'{shown}': column {all.Count + 1} has no name")));
            }
            else if (all.Contains(name))
            {
                problems.Add(new BatchProblem(BatchProblemKind.DuplicateColumn, $"'{shown}': two columns are called '{TableAddress.Display(name)}'"));
            }

            all.Add(name);
        }

        return problems.Count == 0 ? all.ToImmutable() : throw new BatchSetupException(problems.ToImmutable());
    }
}
