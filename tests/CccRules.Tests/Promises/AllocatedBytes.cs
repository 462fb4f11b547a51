namespace CccRules.Tests.Promises;

/// <summary>What code allocates once it is warm.</summary>
internal static class AllocatedBytes
{
    /// <summary>
    /// The least that a window of runs allocated. A collection that other threads cause amid a window can shift this thread's count by some
    /// hundred bytes, seen once in thousands of runs of a loaded process; what the code itself allocates shows in each window.
    /// </summary>
    /// <param name="run">Must have run before, as often as it takes to be warm.</param>
    public static long OfRuns(int runs, Action run) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < runs; i++)
        {
            run();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
