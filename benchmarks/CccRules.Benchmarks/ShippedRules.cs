using CccRules.Compiler;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Benchmarks;

/// <summary>The shipped rulesets, and records for them made from a seed.</summary>
internal static class ShippedRules
{
    public const int Seed = 20260301;

    /// <summary>Texts of the rules below <c>rulesets/cn</c>, found from the folder of the program upwards.</summary>
    public static IReadOnlyList<SourceText> Texts()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "rulesets", "cn")))
        {
            folder = folder.Parent;
        }

        var rules = folder?.FullName ?? throw new DirectoryNotFoundException("No folder `rulesets/cn` above the program.");
        return [.. Directory.EnumerateFiles(Path.Combine(rules, "rulesets", "cn"), "*.ccc", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => SourceText.From(path, File.ReadAllText(path)))];
    }

    /// <summary>The texts compiled, with the files that they name read from beside them.</summary>
    public static Compilation Compile(IReadOnlyList<SourceText> texts, IReadOnlyList<DataFile> files) =>
        Compilation.Create(texts.Select(text => SyntaxTree.Parse(text)), CompilationOptions.Default with { Files = [.. files] });

    public static Compilation Compile()
    {
        var texts = Texts();
        return Compile(texts, Files(texts));
    }

    /// <summary>A file of the rules, and all that it uses.</summary>
    public static IReadOnlyList<SourceText> WithUsed(IReadOnlyList<SourceText> texts, string fileName)
    {
        var trees = texts.Select(text => SyntaxTree.Parse(text)).ToList();
        var found = new List<SyntaxTree> { trees.Single(tree => Path.GetFileName(tree.Text.Path) == fileName) };
        for (var i = 0; i < found.Count; i++)
        {
            var used = found[i].Root.Declarations.OfType<UseDeclarationSyntax>().Select(use => use.ModuleName?.Text).ToHashSet();
            found.AddRange(trees.Where(tree => used.Contains(tree.Root.Ruleset?.ModuleName?.Text)).Except(found));
        }

        return [.. found.Select(tree => tree.Text)];
    }

    /// <summary>Tables and calendars that the texts name.</summary>
    public static IReadOnlyList<DataFile> Files(IReadOnlyList<SourceText> texts) =>
    [
        .. from text in texts
           from name in SyntaxTree.Parse(text).DataFiles
           let path = DataFile.PathOf(text.Path, name)
           select new DataFile(path, File.ReadAllBytes(path)),
    ];

    public static Ruleset Load() => Compile().Load();

    /// <summary>One number a fact: dates around the rules' own, codes of which one in eight is screened, one fact in six missing.</summary>
    public static long[] Record(Ruleset ruleset, Random random) =>
        [.. ruleset.Manifest.Facts.Select(fact => random.Next(6) == 0 && !fact.IsRequired ? Fact.Missing : Value(fact, random))];

    public static ColumnBatch Batch(Ruleset ruleset, int rows)
    {
        var random = new Random(Seed);
        var batch = new ColumnBatch(ruleset.Manifest.Facts, rows) { Count = rows };
        for (var row = 0; row < rows; row++)
        {
            var record = Record(ruleset, random);
            for (var fact = 0; fact < record.Length; fact++)
            {
                batch.Set(fact, row, record[fact]);
            }
        }

        return batch;
    }

    private static long Value(FactSchema fact, Random random) => fact.Kind switch
    {
        FactKind.YesNo => random.Next(2),
        FactKind.Date => new DateOnly(2024, 1, 1).DayNumber + random.Next(1_500),
        FactKind.Member => random.Next(fact.Members.Length),
        FactKind.Members => random.Next(1 << Math.Min(fact.Members.Length, 30)),
        FactKind.HsCode => ((random.Next(8) == 0 ? 8_507_600_000_000 : random.NextInt64(100_000_000_000, 9_999_999_999_999)) * 16) + 13,
        FactKind.Country => random.Next(676),
        FactKind.Text => Fact.Missing,
        _ => random.Next(1_000) * Fact.DecimalScale,
    };
}
