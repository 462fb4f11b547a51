using BenchmarkDotNet.Attributes;
using CccRules.Compiler.Files;
using CccRules.Compiler.Text;
using CccRules.Runtime;

namespace CccRules.Benchmarks;

/// <summary>The shipped rulesets from text to diagnostics and proofs, and from text to a ruleset that runs; warm.</summary>
[MemoryDiagnoser]
public class CompilationBenchmarks
{
    private IReadOnlyList<SourceText> _texts = [];
    private IReadOnlyList<SourceText> _one = [];
    private IReadOnlyList<DataFile> _files = [];

    [GlobalSetup]
    public void Read()
    {
        _texts = ShippedRules.Texts();
        _one = ShippedRules.WithUsed(_texts, "qr_pilot.ccc");
        _files = ShippedRules.Files(_texts);
    }

    /// <summary>What an editor asks for: one file and what it uses, with the proofs that are part of a check.</summary>
    [Benchmark]
    public int CheckOneFile()
    {
        var rules = ShippedRules.Compile(_one, _files);
        return rules.Diagnostics.Length + rules.ProveConditions(CancellationToken.None).Length;
    }

    [Benchmark]
    public int Check() => ShippedRules.Compile(_texts, _files).Diagnostics.Length;

    [Benchmark]
    public int Prove() => ShippedRules.Compile(_texts, _files).Prove(CancellationToken.None).Findings.Length;

    [Benchmark]
    public Ruleset Load() => ShippedRules.Compile(_texts, _files).Load(isCollectible: true);
}
