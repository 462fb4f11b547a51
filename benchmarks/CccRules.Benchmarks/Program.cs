using BenchmarkDotNet.Running;
using CccRules.Benchmarks;

if (args is ["memory"])
{
    RulesetMemory.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ShippedRules).Assembly).Run(args);
