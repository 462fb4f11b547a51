using BenchmarkDotNet.Attributes;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime;

namespace CccRules.Benchmarks;

/// <summary>The shipped rulesets from text to diagnostics, and from text to a ruleset that runs; warm.</summary>
[MemoryDiagnoser]
public class CompilationBenchmarks
{
    private IReadOnlyList<SourceText> _texts = [];

    [GlobalSetup]
    public void Read() => _texts = ShippedRules.Texts();

    [Benchmark]
    public int Check() => Compilation.Create(_texts.Select(text => SyntaxTree.Parse(text))).Diagnostics.Length;

    [Benchmark]
    public Ruleset Load() => Compilation.Create(_texts.Select(text => SyntaxTree.Parse(text))).Load(isCollectible: true);
}
