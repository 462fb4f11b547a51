using System.Diagnostics;

namespace CccRules.Tests.Batch.Resuming;

/// <summary><c>ccc</c> as a process of its own, to be killed, stopped, and starved.</summary>
internal sealed class RealProgram : IDisposable
{
    private readonly Task<string> _error;

    private RealProgram(Process process)
    {
        Process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public Process Process { get; }

    /// <summary>What it wrote to standard error, all of it once it has ended.</summary>
    public string Error => _error.GetAwaiter().GetResult();

    public static RealProgram Start(string folder, IEnumerable<string> arguments) => Start(folder, "dotnet", [.. Words, .. arguments]);

    /// <summary>Lets a shell run it: <c>$ccc</c> stands for the program.</summary>
    public static RealProgram StartInShell(string folder, string script) =>
        Start(folder, "sh", ["-c", $"ccc() {{ dotnet {string.Join(' ', Words.Select(word => $"'{word}'"))} \"$@\"; }}\n{script}"]);

    public int WaitForExit()
    {
        Process.WaitForExit();
        return Process.ExitCode;
    }

    public void Dispose() => Process.Dispose();

    // With the tests' own list of libraries: what a shared framework brings does not lie beside them.
    private static string[] Words { get; } =
        ["exec", "--depsfile", Beside("CccRules.Tests.deps.json"), "--runtimeconfig", Beside("CccRules.Tests.runtimeconfig.json"), Beside("ccc.dll")];

    private static RealProgram Start(string folder, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true };

        // Else the runtime maps more of its own into files than a limit for files allows.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new RealProgram(Process.Start(start) ?? throw new InvalidOperationException(program));
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
