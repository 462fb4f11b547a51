using System.Runtime.InteropServices;
using System.Text;
using CccRules.Cli;
using CccRules.Cli.Caching;

const int FileTooLargeSignal = 25;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

// A file that would grow beyond `ulimit -f` shall fail like a full disk, and not end the program without a word.
using var tooLarge = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)FileTooLargeSignal, signal => signal.Cancel = true);

var output = Writer(Console.OpenStandardOutput(), isFlushed: false);
var host = new CommandHost
{
    Out = NewScreen(output, Console.IsOutputRedirected),
    Error = NewScreen(Writer(Console.OpenStandardError(), isFlushed: true), Console.IsErrorRedirected),
    CacheFolder = CacheFolder.Default(),
};
var exitCode = await CommandLine.RunAsync(args, host, stop.Token);
try
{
    output.Flush();
}
catch (IOException fault)
{
    host.Report(CommandFaults.Unwritable("standard output", fault));
    exitCode = (int)ExitCode.InputOutputFailed;
}

return exitCode;

void Stop(PosixSignalContext signal)
{
    // The second time somebody is in a hurry.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static StreamWriter Writer(Stream stream, bool isFlushed) =>
    new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024) { AutoFlush = isFlushed, NewLine = "\n" };

static Screen NewScreen(TextWriter writer, bool isRedirected)
{
    var hasColours = !isRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    // Asking a terminal for its width writes escape codes to it.
    var width = hasColours ? Console.WindowWidth : 0;
    return new Screen(writer, isTerminal: !isRedirected, hasColours, width >= 40 ? Math.Min(width, 160) : 100);
}
