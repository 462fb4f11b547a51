using System.Collections.Immutable;
using CccRules.Batch;
using CccRules.Batch.Sources;
using CccRules.Compiler.Diagnostics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Classification;

/// <summary>Finds names of columns and fields that do not exist, and offers those that are near.</summary>
internal static class NameCheck
{
    /// <param name="kept">Columns that were named to come back.</param>
    /// <exception cref="CommandException">A name does not exist.</exception>
    public static void Check(BatchOptions options, ImmutableArray<string> kept, IRecordSource source, RulesetManifest manifest)
    {
        ImmutableArray<FactSchema> fields = [.. manifest.Facts.Where(fact => fact.Role is FactRole.Field or FactRole.Question)];
        foreach (var entry in options.Mapping.Entries)
        {
            if (!fields.Any(field => field.Name == entry.Field))
            {
                throw CommandFaults.WrongValue($"{entry.Origin}: the rules have no field `{entry.Field}`", FactNames.Similar(entry.Field, fields.Where(field => field.Role == FactRole.Field), "field"));
            }

            if (entry.Column is { } column)
            {
                CheckColumn(column, entry.Origin, source);
            }
        }

        foreach (var column in kept)
        {
            CheckColumn(column, "--keep", source);
        }

        if (options.AsOf?.FieldName is { } name && !fields.Any(field => field.Name == name && field.Kind == FactKind.Date))
        {
            throw CommandFaults.WrongValue(
                $"--as-of: `{name}` is neither a date nor a date field of the rules",
                ["write a date as 2026-03-01", .. FactNames.Similar(name, fields.Where(field => field.Kind == FactKind.Date), "date field")]);
        }
    }

    private static void CheckColumn(string column, string origin, IRecordSource source)
    {
        if (source.Columns.Contains(column, StringComparer.Ordinal))
        {
            return;
        }

        ImmutableArray<string> near = [.. Suggestions.Nearest(column, source.Columns).Select(other => $"a similar column exists: `{other}`")];
        throw CommandFaults.WrongValue(
            $"{origin}: the records have no column `{column}`",
            source.FormatHint is { } hint ? [hint] : near.IsEmpty ? [$"columns are {Listing.Of(source.Columns)}"] : near);
    }
}
