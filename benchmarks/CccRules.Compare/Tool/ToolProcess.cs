using System.Diagnostics;
using System.Globalization;
using CccRules.Compare.Measuring;

namespace CccRules.Compare.Tool;

/// <summary>What a process of its own took, from its start to its end.</summary>
/// <param name="Wall">Nanoseconds by the clock on the wall.</param>
/// <param name="Cpu">Nanoseconds of processor time, all threads.</param>
/// <param name="PeakBytes">The most memory that it held; 0 where the system does not tell.</param>
/// <param name="Output">What it wrote to standard output.</param>
internal sealed record ToolRun(double Wall, double Cpu, long PeakBytes, string Output);

/// <summary>Runs .NET programs as a user does: in a cold process.</summary>
internal static class ToolProcess
{
    private const string PeakKey = "VmHWM:";

    /// <param name="program">Path of the program's dll.</param>
    /// <param name="cacheFolder">Where the program keeps compiled rulesets.</param>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static ToolRun Run(string program, IEnumerable<string> arguments, string cacheFolder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CCC_CACHE"] = cacheFolder;
        // As ccc itself is set: a process of seconds gains nothing from profiles.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var (cpu, wall) = (CpuClock.ChildrenNanoseconds, Stopwatch.GetTimestamp());
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        process.WaitForExit();
        var run = new ToolRun(
            Stopwatch.GetElapsedTime(wall).TotalNanoseconds, CpuClock.ChildrenNanoseconds - cpu, peak, output.GetAwaiter().GetResult());
        return process.ExitCode == 0
            ? run
            : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {run.Output}{error.GetAwaiter().GetResult()}");
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").FirstOrDefault(line => line.StartsWith(PeakKey, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[PeakKey.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
