using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CccRules.Batch;
using CccRules.Batch.Checkpoints;
using CccRules.Batch.Sources;
using CccRules.Runtime;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Classification;

/// <summary>Everything that the answers of a run depend on. Threads are not among it, nor how many rejects are borne.</summary>
internal static class IdentityOfRun
{
    public static RunIdentity Of(ClassifyRequest request, IRecordSource source, Ruleset ruleset, BatchOptions options)
    {
        var parts = new Dictionary<string, string?>
        {
            ["data"] = source.Identity,
            ["rules"] = Digest(ManifestSerializer.Write(ruleset.Manifest)),
            ["version"] = CommandLine.Version,
            ["columns of the data"] = Digest(Encoding.UTF8.GetBytes(string.Join('\n', source.Columns))),
            ["mapping"] = options.Mapping.Entries.IsEmpty ? null : Digest(Encoding.UTF8.GetBytes(options.Mapping.ToText())),
            ["--as-of"] = options.AsOf?.ToString(),
            ["--keep"] = request.Kept.IsEmpty ? null : string.Join(',', request.Kept),
            ["--layout"] = request.Layout.ToString(),
            ["--norms"] = options.Norms.IsEmpty ? null : string.Join(',', options.Norms.Select(norm => ruleset.Manifest.Norms[norm].QualifiedName)),
            ["--missing"] = request.Missing == MissingFacts.All ? null : request.Missing.ToString(),
            ["--out"] = RunFiles.Shown(request.Output),
            ["--out-format"] = request.EffectiveFormat?.ToString(),
            ["--lazy"] = request.IsLazy ? "yes" : null,
            ["--explain"] = request.Explains ? "yes" : null,
            ["--spreadsheet"] = request.ForSpreadsheet ? "yes" : null,
            ["--shard"] = request.Shard?.ToString(),
            ["--encoding"] = request.Source.Encoding,
            ["--delimiter"] = request.Source.Separator?.ToString(),
            ["--rejects"] = request.Rejects,
        };
        return new RunIdentity(parts.Where(part => part.Value is not null).ToImmutableSortedDictionary(part => part.Key, part => part.Value ?? "", StringComparer.Ordinal));
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
