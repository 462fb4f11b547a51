namespace CccRules.Compiler;

/// <summary>Work beside the caller's. Trees of conditions are walked by recursion; a pool's thread has too little room for that.</summary>
internal static class LargeStack
{
    private const int Bytes = 64 * 1024 * 1024;

    /// <summary>Runs a function on a thread of its own.</summary>
    public static Task<T> Run<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(result, function), Bytes) { IsBackground = true };
        thread.Start();
        return result.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> function)
    {
        try
        {
            result.SetResult(function());
        }
#pragma warning disable CA1031 // Whoever waits for the result gets whatever was thrown.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            result.SetException(fault);
        }
    }
}
