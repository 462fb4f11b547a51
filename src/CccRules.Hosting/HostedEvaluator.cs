using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CccRules.Runtime;
using CccRules.Runtime.Records;

namespace CccRules.Hosting;

/// <summary>
/// Classifies an application's records by the rules that are current, from any number of threads. A call that has begun finishes by the
/// rules that it began with.
/// </summary>
/// <typeparam name="T">See <see cref="RecordBinding{T}"/>.</typeparam>
public sealed class HostedEvaluator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>
{
    private readonly RulesetHost _host;
    private readonly HostedBinding _binding;

    internal HostedEvaluator(RulesetHost host, HostedBinding binding)
    {
        _host = host;
        _binding = binding;
    }

    /// <summary>Classifies a record, and reads what is wanted of the answer: nothing but what <paramref name="read"/> makes is allocated.</summary>
    /// <param name="read">Reads the answer at once, such as <c>static answer => answer["qr_mark"]</c>.</param>
    /// <exception cref="InvalidOperationException">No rules are loaded.</exception>
    public TResult Evaluate<TResult>(in T record, DateOnly? asOf, Func<Classification, TResult> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var lease = Rent();
        return read(lease.Evaluate(in record, asOf));
    }

    /// <summary>Classifies a record and copies the whole answer.</summary>
    /// <exception cref="InvalidOperationException">No rules are loaded.</exception>
    public ClassificationResult Evaluate(in T record, DateOnly? asOf) => Evaluate(in record, asOf, static answer => answer.ToResult());

    /// <summary>An evaluator for a request that asks several times and wants one and the same rules for all of it.</summary>
    /// <exception cref="InvalidOperationException">No rules are loaded.</exception>
    public EvaluatorLease<T> Rent() => new(_host, (EvaluatorPool<RecordEvaluator<T>>)_host.Generation.Pools[_binding.Index]);

    /// <summary>Classifies a stream of records by the rules that are current when it begins.</summary>
    /// <exception cref="InvalidOperationException">No rules are loaded.</exception>
    public IAsyncEnumerable<ClassifiedRecords<T>> ClassifyAsync(IAsyncEnumerable<T> records, DateOnly? asOf, CancellationToken cancellation = default)
    {
        // The stream makes an engine of its own; the rented evaluator only says by which rules.
        using var lease = Rent();
        return lease.Evaluator.ClassifyAsync(records, asOf, cancellation);
    }
}

/// <summary>An evaluator on loan to one request. Give it back with <see cref="Dispose"/>, and do not use it or its answers afterwards.</summary>
public readonly struct EvaluatorLease<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T> : IDisposable
{
    private readonly RulesetHost _host;
    private readonly EvaluatorPool<RecordEvaluator<T>> _pool;

    internal EvaluatorLease(RulesetHost host, EvaluatorPool<RecordEvaluator<T>> pool)
    {
        _host = host;
        _pool = pool;
        Evaluator = pool.Rent();
    }

    /// <summary>The rules of the loan.</summary>
    public Ruleset Ruleset => Evaluator.Ruleset;

    internal RecordEvaluator<T> Evaluator { get; }

    /// <inheritdoc cref="RecordEvaluator{T}.Evaluate"/>
    public Classification Evaluate(in T record, DateOnly? asOf)
    {
        var started = _host.Metrics.Start();
        var answer = Evaluator.Evaluate(in record, asOf);
        _host.Metrics.Evaluated(started, answer);
        return answer;
    }

    /// <summary>Gives the evaluator back.</summary>
    public void Dispose() => _pool.Return(Evaluator);
}

/// <summary>Classifies dictionaries and JSON objects by the rules that are current, from any number of threads.</summary>
public sealed class HostedEvaluator
{
    private readonly RulesetHost _host;
    private readonly HostedBinding _binding;

    internal HostedEvaluator(RulesetHost host, HostedBinding binding)
    {
        _host = host;
        _binding = binding;
    }

    /// <inheritdoc cref="RecordEvaluator.Evaluate(JsonElement, DateOnly?)"/>
    /// <exception cref="InvalidOperationException">No rules are loaded.</exception>
    public ClassificationResult Evaluate(JsonElement record, DateOnly? asOf)
    {
        var pool = (EvaluatorPool<RecordEvaluator>)_host.Generation.Pools[_binding.Index];
        var evaluator = pool.Rent();
        try
        {
            var started = _host.Metrics.Start();
            var answer = evaluator.Evaluate(record, asOf);
            _host.Metrics.Evaluated(started, answer);
            return answer.ToResult();
        }
        finally
        {
            pool.Return(evaluator);
        }
    }
}
