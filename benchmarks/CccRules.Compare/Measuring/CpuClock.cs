using System.Runtime.InteropServices;

namespace CccRules.Compare.Measuring;

/// <summary>
/// Processor time of the calling thread: what others do on the machine is not in it, as far as they do not empty the caches.
/// </summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Nanoseconds of processor time that this thread has used.</summary>
    public static double Nanoseconds
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalNanoseconds;
            }

            return GetTime(ThreadCpuTime, out var time) == 0 ? (time.Seconds * 1e9) + time.Nanoseconds : throw new InvalidOperationException("No clock.");
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
