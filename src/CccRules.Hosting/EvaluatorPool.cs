using System.Collections.Concurrent;

namespace CccRules.Hosting;

/// <summary>Evaluators that are not in use. Safe for any number of threads; goes with the rules it belongs to.</summary>
internal sealed class EvaluatorPool<TEvaluator>(Func<TEvaluator> create)
    where TEvaluator : class
{
    private readonly ConcurrentBag<TEvaluator> _idle = [];

    public TEvaluator Rent() => _idle.TryTake(out var evaluator) ? evaluator : create();

    public void Return(TEvaluator evaluator) => _idle.Add(evaluator);
}
