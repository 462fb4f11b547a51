using System.Runtime.InteropServices;

namespace CccRules.Compare.Measuring;

/// <summary>
/// Processor time of the calling thread: what others do on the machine is not in it, as far as they do not empty the caches.
/// </summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3;
    private const int Children = -1;

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

    /// <summary>Nanoseconds of processor time that this process's ended children have used; 0 where the system does not tell.</summary>
    public static double ChildrenNanoseconds =>
        OperatingSystem.IsLinux() && GetUsage(Children, out var usage) == 0 ? usage.User.Nanoseconds + usage.System.Nanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public TimeValue User;
        public TimeValue System;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeValue
    {
        public long Seconds;
        public long Microseconds;

        public readonly double Nanoseconds => (Seconds * 1e9) + (Microseconds * 1e3);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
