using System.Diagnostics;
using System.Diagnostics.Metrics;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Records;

namespace CccRules.Hosting;

/// <summary>
/// Measures of the meter <c>CccRules</c>. Nothing is measured, and no clock read, while nobody listens.
/// </summary>
internal sealed class RulesetMetrics : IDisposable
{
    public const string MeterName = "CccRules";

    private readonly Meter _meter;
    private readonly Counter<long> _evaluations;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _reloads;
    private readonly bool _isOwner;

    public RulesetMetrics(IMeterFactory? factory, Func<int> generation)
    {
        _isOwner = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _evaluations = _meter.CreateCounter<long>("cccrules.evaluations", "{record}", "Records classified one by one.");
        _duration = _meter.CreateHistogram<double>("cccrules.evaluation.duration", "s", "Time to classify one record.");
        _outcomes = _meter.CreateCounter<long>("cccrules.outcomes", "{outcome}", "Outcomes, by norm and set of statuses.");
        _reloads = _meter.CreateCounter<long>("cccrules.reloads", "{reload}", "Reloads, by what became of them.");
        _meter.CreateObservableGauge("cccrules.generation", generation, "{generation}", "Rules that serve, counted from 1.");
    }

    /// <summary>A time stamp; 0 while nobody listens to durations.</summary>
    public long Start() => _duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public void Evaluated(long started, in Classification answer)
    {
        if (started != 0)
        {
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        if (_evaluations.Enabled)
        {
            _evaluations.Add(1);
        }

        if (_outcomes.Enabled)
        {
            foreach (var norm in answer.Norms)
            {
                _outcomes.Add(1, new KeyValuePair<string, object?>("norm", norm.Norm.QualifiedName), new KeyValuePair<string, object?>("outcome", norm.Outcome.Name(norm.Norm.Kind)));
            }
        }
    }

    public void Reloaded(ReloadStatus status) =>
        _reloads.Add(1, new KeyValuePair<string, object?>("status", status switch
        {
            ReloadStatus.Swapped => "swapped",
            ReloadStatus.Unchanged => "unchanged",
            _ => "refused",
        }));

    public void Dispose()
    {
        // A factory's meter belongs to the factory.
        if (_isOwner)
        {
            _meter.Dispose();
        }
    }
}
