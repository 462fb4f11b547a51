using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CccRules.Hosting;
using CccRules.Runtime;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Records;

namespace CccRules.Benchmarks;

/// <summary>
/// One record at a time, as an application asks: a typed record and a JSON record, against a chain of ifs for the same obligations. The answers are
/// compared before anything is measured.
/// </summary>
[MemoryDiagnoser]
public class EmbeddingBenchmarks
{
    /// <summary>Too many for a processor to learn where each of them branches, as with the records of a real day.</summary>
    private const int Records = 4096;

    private readonly SampleProduct[] _products = EmbeddingRules.Products(Records);
    private byte[] _outcomes = [];
    private SampleChain _chain = null!;
    private RecordEvaluator<SampleProduct> _typed = null!;
    private RecordEvaluator _named = null!;
    private JsonElement[] _json = [];

    [Params(12, 100, 1000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Load()
    {
        var ruleset = EmbeddingRules.Rules(Rules).Load();
        _chain = EmbeddingRules.Chain(Rules);
        _outcomes = new byte[Rules];
        _typed = ruleset.Bind<SampleProduct>();
        _named = ruleset.Bind();
        _json = [.. _products.Select(product => JsonDocument.Parse($$"""
            {"hs_code": "{{product.HsCode}}", "portable": {{(product.Portable ? "true" : "false")}}, "rated_energy": {{product.RatedEnergy.ToString(System.Globalization.CultureInfo.InvariantCulture)}}, "quantity": {{product.Quantity}}, "origin": "{{product.Origin}}", "purpose": "{{(product.Purpose switch { SampleUse.Sale => "sale", SampleUse.Research => "research", _ => "display" })}}", "manufactured_on": "{{product.ManufacturedOn:yyyy-MM-dd}}"}
            """).RootElement)];
        Compare(ruleset);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public byte IfChain()
    {
        foreach (ref readonly var product in _products.AsSpan())
        {
            _chain(in product, _outcomes);
        }

        return _outcomes[0];
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public Outcome Typed()
    {
        var last = Outcome.Nothing;
        foreach (ref readonly var product in _products.AsSpan())
        {
            last = _typed.Evaluate(in product, null)[_typed.Ruleset.Manifest.Norms[0]];
        }

        return last;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public Outcome Json()
    {
        var last = Outcome.Nothing;
        foreach (var product in _json)
        {
            last = _named.Evaluate(product, null)[_typed.Ruleset.Manifest.Norms[0]];
        }

        return last;
    }

    private void Compare(Ruleset ruleset)
    {
        for (var i = 0; i < _products.Length; i++)
        {
            _chain(in _products[i], _outcomes);
            for (var rule = 0; rule < Rules; rule++)
            {
                var norm = ruleset.Norm($"rule_{rule}");
                var typed = _typed.Evaluate(in _products[i], null)[norm];
                var named = _named.Evaluate(_json[i], null)[norm];
                if (typed != (Outcome)_outcomes[rule] || named != typed)
                {
                    throw new InvalidOperationException($"{_products[i]}: rule {rule} is {typed}, {named} and {(Outcome)_outcomes[rule]}.");
                }
            }
        }
    }
}

/// <summary>Time until other rules serve: from an assembly that was built before, and from text.</summary>
[MemoryDiagnoser]
public class SwapBenchmarks : IDisposable
{
    private readonly RulesetHost _host = new(new RulesetHostOptions());
    private readonly byte[][] _images = [EmbeddingRules.Rules(12).Emit(), EmbeddingRules.Rules(13).Emit()];
    private readonly IReadOnlyList<Compiler.Text.SourceText>[] _texts = [[.. EmbeddingRules.Rules(12).SyntaxTrees.Select(tree => tree.Text)], [.. EmbeddingRules.Rules(13).SyntaxTrees.Select(tree => tree.Text)]];
    private int _turn;

    [Benchmark]
    public Task<ReloadResult> Assembly() => _host.ReloadAsync(_images[_turn++ % 2]);

    [Benchmark]
    public Task<ReloadResult> Text() => _host.ReloadAsync(_texts[_turn++ % 2]);

    [GlobalCleanup]
    public void Dispose()
    {
        _host.Dispose();
        GC.SuppressFinalize(this);
    }
}
