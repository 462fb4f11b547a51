using System.Diagnostics;
using System.IO.Compression;
using CccRules.Tests.Architecture;
using Xunit.Abstractions;

namespace CccRules.Tests.Cli;

/// <summary>The jobs that the READMEs show, run by a shell as they stand there.</summary>
public sealed class JobReadmeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("README.md", "night.json", "night.html", "customs.db", "customs.map")]
    [InlineData("src/CccRules.Batch/README.md", "piped.csv.gz", "whole.json", "whole.html", "work.db", "reasons.jsonl.gz")]
    public void A_job_of_a_README_runs(string readme, params string[] made)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new CommandFolder();
        Directory.CreateDirectory(At("day"));
        File.CreateSymbolicLink(At("rulesets"), Repository.FullPath("rulesets"));
        foreach (var name in (string[])["lines-01", "lines-02"])
        {
            using var gzip = new GZipStream(File.Create(At($"day/{name}.csv.gz")), CompressionLevel.Fastest);
            gzip.Write(File.ReadAllBytes(Repository.FullPath("rulesets/samples/declarations.csv")));
        }

        folder.With("ccc", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "ccc.dll")}' \"$@\"\n");
        File.SetUnixFileMode(At("ccc"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var jobs = Markdown.Fences(Repository.Read(readme), "sh").Where(fence => fence.Info == "sh job").Select(fence => fence.Text).ToList();
        Assert.NotEmpty(jobs);
        foreach (var job in jobs)
        {
            var (exitCode, printed) = RunShell(job, folder.Path);
            output.WriteLine(printed);
            Assert.True(exitCode == 0, printed);
        }

        Assert.All(made, name => Assert.True(folder.Has(name), name));
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => file.EndsWith(".partial", StringComparison.Ordinal) || file.EndsWith(".checkpoint", StringComparison.Ordinal));

        string At(string name) => Path.Combine(folder.Path, name);
    }

    private static (int ExitCode, string Printed) RunShell(string job, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"exec 2>&1\n{job}"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["PATH"] = folder + ":" + start.Environment["PATH"];
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash");
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, printed);
    }
}
