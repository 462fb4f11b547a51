using System.Globalization;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Compilation = CccRules.Compiler.Compilation;
using SyntaxTree = CccRules.Compiler.Syntax.SyntaxTree;

namespace CccRules.Benchmarks;

/// <summary>Where a product comes to be used.</summary>
public enum SampleUse
{
    Sale,
    Research,
    Display,
}

/// <summary>A product as an application has it; every fact is known, so that a chain of ifs can answer the same.</summary>
public readonly record struct SampleProduct(string HsCode, bool Portable, decimal RatedEnergy, int Quantity, string Origin, SampleUse Purpose, DateOnly ManufacturedOn);

/// <summary>A chain of ifs over a product: a byte an obligation, as <c>Outcome</c> has it.</summary>
public delegate void SampleChain(in SampleProduct product, Span<byte> outcomes);

/// <summary>The same obligations twice: as rules, and as the C# that a programmer would write for them.</summary>
internal static class EmbeddingRules
{
    private const int Seed = 20260301;

    private static readonly string[] Codes = ["850760", "850440", "851713", "847130", "852872", "851660", "850940", "940542", "871160", "732111"];
    private static readonly string[] Countries = ["CN", "DE", "US", "JP", "KR", "VN"];

    public static Compilation Rules(int count)
    {
        var text = new StringBuilder("""
            ruleset bench.embedding
            record product
              hs_code         : hs
              portable        : yes/no
              rated_energy    : decimal Wh
              quantity        : integer
              origin          : country
              purpose         : one of (sale, research, display)
              manufactured_on : date

            """);
        foreach (var rule in Pick(count))
        {
            text.Append(CultureInfo.InvariantCulture, $"obligation rule_{rule.Number} \"R\" when hs_code under {rule.Code[..4]}.{rule.Code[4..]}.0{rule.Number % 10} and {rule.First} and {rule.Second} as of manufactured_on from {rule.From:yyyy-MM-dd}\n");
        }

        var compilation = Compilation.Create(SyntaxTree.Parse(text.ToString()));
        return compilation.HasErrors ? throw new InvalidOperationException(string.Join('\n', compilation.Diagnostics)) : compilation;
    }

    public static SampleChain Chain(int count)
    {
        var text = new StringBuilder("""
            using System;
            using CccRules.Benchmarks;
            public static class Chain
            {
                public static void Run(in SampleProduct p, Span<byte> outcomes)
                {

            """);
        foreach (var rule in Pick(count))
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                        if (p.HsCode.StartsWith("{{rule.Code}}0{{rule.Number % 10}}", StringComparison.Ordinal) && {{rule.FirstCode}} && {{rule.SecondCode}})
                            outcomes[{{rule.Number}}] = p.ManufacturedOn >= new DateOnly({{rule.From:yyyy}}, {{rule.From.Month}}, {{rule.From.Day}}) ? (byte)32 : (byte)4;
                        else
                            outcomes[{{rule.Number}}] = 1;

                """);
        }

        text.Append("    }\n}\n");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Chain",
            [CSharpSyntaxTree.ParseText(text.ToString())],
            references.Append(MetadataReference.CreateFromFile(typeof(SampleProduct).Assembly.Location)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        }

        image.Position = 0;
        var method = new AssemblyLoadContext("Chain").LoadFromStream(image).GetType("Chain")?.GetMethod("Run") ?? throw new MissingMethodException("Chain.Run");
        return method.CreateDelegate<SampleChain>();
    }

    /// <summary>Products of which each has a code that some rules may speak of.</summary>
    public static SampleProduct[] Products(int count)
    {
        var random = new Random(Seed + 1);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => new SampleProduct(
                $"{Codes[random.Next(Codes.Length)]}0{random.Next(10)}90",
                random.Next(2) == 0,
                random.Next(20_000) / 100m,
                random.Next(100),
                Countries[random.Next(Countries.Length)],
                (SampleUse)random.Next(3),
                new DateOnly(2025, 1, 1).AddDays(random.Next(900)))),
        ];
    }

    private static IEnumerable<Rule> Pick(int count)
    {
        var random = new Random(Seed);
        for (var number = 0; number < count; number++)
        {
            var (first, firstCode) = Condition(random, random.Next(3));
            var (second, secondCode) = Condition(random, 3 + random.Next(2));
            yield return new Rule(
                number,
                Codes[random.Next(Codes.Length)],
                first,
                firstCode,
                second,
                secondCode,
                new DateOnly(2025, 6, 1).AddDays(random.Next(400)));
        }
    }

    private static (string Rule, string Code) Condition(Random random, int kind)
    {
        var number = random.Next(5, 95);
        var country = Countries[random.Next(Countries.Length)];
        return kind switch
        {
            0 => ($"rated_energy > {number} Wh", $"p.RatedEnergy > {number}m"),
            1 => ($"quantity >= {number}", $"p.Quantity >= {number}"),
            2 => ("portable", "p.Portable"),
            3 => ($"origin is not {country}", $"p.Origin != \"{country}\""),
            _ => ("purpose is sale", "p.Purpose == SampleUse.Sale"),
        };
    }

    private sealed record Rule(int Number, string Code, string First, string FirstCode, string Second, string SecondCode, DateOnly From);
}
