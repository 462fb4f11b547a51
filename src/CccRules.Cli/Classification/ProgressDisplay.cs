using System.Diagnostics;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Counting;
using Spectre.Console;

namespace CccRules.Cli.Classification;

/// <summary>Tells how far a run has come: by a bar on a terminal, by a line now and then elsewhere.</summary>
internal sealed class ProgressDisplay
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _interval;
    private readonly Action<string, double?> _show;
    private TimeSpan _next;
    private long? _rowsBefore;
    private double _fractionBefore;

    private ProgressDisplay(TimeSpan interval, Action<string, double?> show)
    {
        _interval = interval;
        _show = show;
        _next = interval;
    }

    /// <param name="run">Runs, and calls back after each batch where a callback is given.</param>
    /// <param name="screen">Null: say nothing.</param>
    public static BatchSummary Run(Func<Action<RunProgress>?, BatchSummary> run, Screen? screen)
    {
        if (screen is null)
        {
            return run(null);
        }

        if (screen is not { IsTerminal: true, HasColours: true })
        {
            return run(new ProgressDisplay(LineInterval, (text, _) => screen.WriteLine(text)).Update);
        }

        return screen.Console.Progress()
            .AutoClear(true)
            .Columns([new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn()])
            .Start(progress =>
            {
                var task = progress.AddTask("0 rows", maxValue: 1);
                task.IsIndeterminate = true;
                return run(new ProgressDisplay(BarInterval, (text, fraction) =>
                {
                    task.IsIndeterminate = fraction is null;
                    task.Value = fraction ?? 0;
                    task.Description = Markup.Escape(text);
                }).Update);
            });
    }

    /// <summary>What stands beside the bar, or on the line.</summary>
    internal static string Text(RunProgress progress, double rowsASecond, TimeSpan? left)
    {
        var percent = progress.Fraction is { } fraction ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(fraction * 100):0} %, ") : "";
        var rest = left is { } time ? $", {Duration(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{percent}{progress.Rows:N0} rows, {progress.Rejected:N0} rejected, {rowsASecond:N0} rows a second{rest}");
    }

    private void Update(RunProgress progress)
    {
        // A resumed run begins in the middle: its pace is that of its own rows.
        _rowsBefore ??= progress.Rows;
        _fractionBefore = _fractionBefore == 0 ? progress.Fraction ?? 0 : _fractionBefore;
        var elapsed = _clock.Elapsed;
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + _interval;
        var done = progress.Fraction - _fractionBefore;
        TimeSpan? left = progress.Fraction is { } fraction && done > 0.001 ? elapsed * ((1 - fraction) / done.Value) : null;
        _show(Text(progress, (progress.Rows - _rowsBefore.Value) / elapsed.TotalSeconds, left), progress.Fraction);
    }

    private static string Duration(TimeSpan time) => time.TotalSeconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : time.TotalMinutes < 90 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h");
}
