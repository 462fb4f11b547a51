using CccRules.Compiler;
using CccRules.Compiler.Files;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Rulesets;

/// <summary>The files beside the shipped rules: tables and calendars, by their paths from the root of the repository.</summary>
internal static class ShippedData
{
    private static readonly string[] Kinds = [".csv", ".tsv", ".xlsx", ".json"];

    private static readonly Lazy<CompilationOptions> All = new(() => CompilationOptions.Default with
    {
        Files =
        [
            .. from file in Repository.Files
               where file.StartsWith("rulesets/", StringComparison.Ordinal) && !file.StartsWith("rulesets/samples/", StringComparison.Ordinal) && Kinds.Contains(Path.GetExtension(file))
               select new DataFile(file, File.ReadAllBytes(Repository.FullPath(file))),
        ],
    });

    public static CompilationOptions Options => All.Value;
}
