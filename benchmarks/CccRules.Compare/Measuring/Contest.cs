namespace CccRules.Compare.Measuring;

/// <summary>
/// Contestants that run in turn, A B C A B C …, so that a slow minute of the machine falls on all of them. A ratio is taken round by
/// round, and its median is what counts.
/// </summary>
internal sealed class Contest
{
    private readonly List<(string Name, Func<double> Run, List<double> Times)> _contestants = [];

    /// <summary>Adds a contestant that measures itself.</summary>
    /// <param name="run">Does the work once; the result is its processor time in nanoseconds a row.</param>
    public Contest Add(string name, Func<double> run)
    {
        _contestants.Add((name, run, []));
        return this;
    }

    /// <summary>Adds a contestant whose thread's time is taken.</summary>
    public Contest Add(string name, long rows, Action run) => Add(name, () =>
    {
        var start = CpuClock.Nanoseconds;
        run();
        return (CpuClock.Nanoseconds - start) / rows;
    });

    /// <summary>Runs all of them, a round after the other; the warm-up rounds do not count.</summary>
    public Contest Run(int rounds, int warmUp = 5)
    {
        for (var round = -warmUp; round < rounds; round++)
        {
            if (round < 0)
            {
                // The runtime compiles hot methods anew in the background, a tenth of a second after their thirtieth call.
                Thread.Sleep(150);
            }

            foreach (var (_, run, times) in _contestants)
            {
                var time = run();
                if (round >= 0)
                {
                    times.Add(time);
                }
            }
        }

        return this;
    }

    /// <summary>Median time of a contestant, in nanoseconds a row.</summary>
    public double Median(string name) => MedianOf(Times(name));

    /// <summary>How many times as long as another a contestant takes: the median of the rounds' ratios.</summary>
    public double Ratio(string slow, string fast) => MedianOf([.. Times(slow).Zip(Times(fast), (a, b) => a / b)]);

    public static double MedianOf(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private List<double> Times(string name) => _contestants.Single(contestant => contestant.Name == name).Times;
}
