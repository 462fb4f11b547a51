using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Suites;

/// <summary>Rules of strangers: each is compiled or refused, in bounded time, and what compiles runs over any record.</summary>
public sealed class CorpusTests
{
    /// <summary>Far more than any of them takes; a text that passes it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Texts => [.. Repository.Files.Where(file => file.StartsWith("tests/corpus/rules/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_strangers_rules_do_no_harm(string file)
    {
        var text = Repository.Read(file);
        var compilation = await Task.Run(() => Compile(file, text)).WaitAsync(Patience);

        Assert.StartsWith(compilation.HasErrors ? "// expect CCC" : "// expect compiles", text, StringComparison.Ordinal);
        Assert.All(compilation.Diagnostics, diagnostic => Assert.DoesNotContain('\u001b', DiagnosticRenderer.Render(diagnostic)));
        if (!compilation.HasErrors)
        {
            await Task.Run(() => RunOverRecords(compilation.Load(isCollectible: true))).WaitAsync(Patience);
        }
    }

    [Fact]
    public void Limits_of_a_compilation_are_options_with_a_diagnostic()
    {
        var trees = Enumerable.Range(0, 5).Select(i => SyntaxTree.Parse($"ruleset m{i}\ncategory c{i} when no", $"{i}.ccc")).ToList();
        foreach (var limits in new[] { new CompilationLimits { Files = 4 }, new CompilationLimits { Characters = 100 }, new CompilationLimits { Declarations = 4 }, new CompilationLimits { DataBytes = 4 } })
        {
            var compilation = Compilation.Create(trees, new CompilationOptions { Limits = limits, Files = [new DataFile("norms.csv", new byte[5])] });
            Assert.Equal(["CCC0022"], compilation.Diagnostics.Select(diagnostic => diagnostic.Id));
            Assert.Throws<InvalidOperationException>(() => compilation.Emit());
        }
    }

    [Fact]
    public void A_compilation_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var compilation = Compilation.Create([SyntaxTree.Parse("ruleset a\nrecord r\n x : yes/no\ncategory c when x")], CompilationOptions.Default, stop.Token);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => compilation.Diagnostics);
        Assert.Throws<OperationCanceledException>(() => SyntaxTree.Parse(SourceText.From("", ""), cancellation: stop.Token));
    }

    private static Compilation Compile(string file, string text)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(text, file));
        _ = compilation.Diagnostics;
        return compilation;
    }

    private static void RunOverRecords(Ruleset ruleset)
    {
        var evaluator = new Evaluator(ruleset);
        var texts = new TextDictionary();
        var random = new Random(1);
        foreach (var length in new[] { 0, 1, 100, 50_000 })
        {
            texts.Intern(new string('a', length) + "!");
        }

        for (var i = 0; i < 300; i++)
        {
            long[] record = [.. ruleset.Manifest.Facts.Select(fact => Extreme(fact, random, texts))];
            evaluator.Evaluate(record, texts);
            for (var norm = 0; norm < ruleset.Manifest.Norms.Length; norm++)
            {
                _ = evaluator.Explain(norm);
            }

            for (var category = 0; category < ruleset.Manifest.Categories.Length; category++)
            {
                _ = evaluator.CategoryOf(category);
            }
        }
    }

    /// <summary>The ends of what a fact can be.</summary>
    private static long Extreme(FactSchema fact, Random random, TextDictionary texts) => random.Next(4) == 0 ? Fact.Missing : fact.Kind switch
    {
        FactKind.YesNo => random.Next(2),
        FactKind.Integer => random.Next(3) switch { 0 => Fact.None + 1, 1 => long.MaxValue, _ => random.Next() },
        FactKind.Text => random.Next(texts.Count),
        FactKind.Date => random.Next(2) == 0 ? 0 : 3_652_058,
        FactKind.Member => random.Next(fact.Members.Length),
        FactKind.HsCode => (random.NextInt64(10_000_000_000_000) * 16) + 13,
        _ => random.Next(2),
    };
}
