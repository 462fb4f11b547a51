using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Sinks;
using Spectre.Console;

namespace CccRules.Cli.Classification;

/// <summary>Tells somebody at a terminal how far a run has come.</summary>
internal static class RunProgress
{
    /// <summary>Runs with a progress line that goes away at the end; without one where nobody reads along.</summary>
    /// <param name="input">Where records come from: how much of it is read says how far the run is.</param>
    /// <param name="screen">Null: say nothing.</param>
    public static BatchSummary Run(Func<IRecordSink, BatchSummary> run, IRecordSink sink, Stream input, Screen? screen)
    {
        if (screen is not { IsTerminal: true, HasColours: true })
        {
            return run(sink);
        }

        var isMeasured = input.CanSeek && input.Length > 0;
        return screen.Console.Progress()
            .AutoClear(true)
            .Columns(isMeasured
                ? [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()]
                : [new SpinnerColumn(), new TaskDescriptionColumn()])
            .Start(progress =>
            {
                var task = progress.AddTask("0 rows", maxValue: isMeasured ? input.Length : 1);
                task.IsIndeterminate = !isMeasured;
                return run(new CountingSink(sink, rows =>
                {
                    task.Description = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows");
                    task.Value = isMeasured ? input.Position : 0;
                }));
            });
    }

    /// <summary>Hands everything on and says how many rows went through.</summary>
    private sealed class CountingSink(IRecordSink sink, Action<long> progress) : IRecordSink
    {
        private long _rows;

        public void Start() => sink.Start();

        public void Prepare(ClassifiedBatch batch) => sink.Prepare(batch);

        public void Write(ClassifiedBatch batch)
        {
            sink.Write(batch);
            _rows += batch.Records.Count + batch.Records.Rejected.Count;
            progress(_rows);
        }

        public void Complete() => sink.Complete();

        public void Dispose() => sink.Dispose();
    }
}
