using BenchmarkDotNet.Attributes;
using CccRules.Compiler.Files;
using CccRules.Compiler.Text;
using CccRules.Runtime;

namespace CccRules.Benchmarks;

/// <summary>The shipped rulesets from text to diagnostics, and from text to a ruleset that runs; warm.</summary>
[MemoryDiagnoser]
public class CompilationBenchmarks
{
    private IReadOnlyList<SourceText> _texts = [];
    private IReadOnlyList<DataFile> _files = [];

    [GlobalSetup]
    public void Read()
    {
        _texts = ShippedRules.Texts();
        _files = ShippedRules.Files(_texts);
    }

    [Benchmark]
    public int Check() => ShippedRules.Compile(_texts, _files).Diagnostics.Length;

    [Benchmark]
    public Ruleset Load() => ShippedRules.Compile(_texts, _files).Load(isCollectible: true);
}
