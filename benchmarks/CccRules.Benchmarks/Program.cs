using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(CccRules.Benchmarks.ShippedRules).Assembly).Run(args);
