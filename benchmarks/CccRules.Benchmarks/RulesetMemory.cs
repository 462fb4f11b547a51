using System.Globalization;
using CccRules.Runtime;
using CccRules.Runtime.Records;

namespace CccRules.Benchmarks;

/// <summary>What a loaded ruleset holds of managed memory, with an evaluator that is warm.</summary>
internal static class RulesetMemory
{
    private const int Copies = 20;

    public static void Print()
    {
        foreach (var rules in new[] { 12, 100, 1000 })
        {
            var image = EmbeddingRules.Rules(rules).Emit();
            var product = EmbeddingRules.Products(1)[0];
            var kept = new List<RecordEvaluator<SampleProduct>>();
            kept.Add(Load(image, in product));
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var copy = 0; copy < Copies; copy++)
            {
                kept.Add(Load(image, in product));
            }

            var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / Copies;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rules} rules: {held / 1024.0:N0} KiB managed, assembly of {image.Length / 1024.0:N0} KiB"));
            GC.KeepAlive(kept);
        }
    }

    private static RecordEvaluator<SampleProduct> Load(byte[] image, in SampleProduct product)
    {
        var evaluator = Ruleset.Load(image, isCollectible: true).Bind<SampleProduct>();
        evaluator.Evaluate(in product, null);
        return evaluator;
    }
}
