using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using CccRules.Batch;
using CccRules.Cli.Commands;

namespace CccRules.Cli;

/// <summary>The <c>ccc</c> command: what it understands, and what becomes of a fault.</summary>
internal static class CommandLine
{
    /// <summary>Trees of conditions are walked by recursion; the room for it does not depend on the machine's settings.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>Time that a stopped command has to take away what it has begun: nobody waits longer than a second.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.8);

    // Words are what they look like: no `@file`, no `-qv` for `-q -v`.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>The version of this program, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Runs a command that writes plain text.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        RunAsync(args, new CommandHost { Out = new Screen(output), Error = new Screen(error) }, cancellation);

    /// <summary>Runs a command. Never throws.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandHost host, CancellationToken cancellation = default)
    {
        var run = new TaskCompletionSource<ExitCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => run.SetResult(Run(args, host, cancellation)), StackBytes) { IsBackground = true };
        thread.Start();
        var exitCode = ExitCode.Stopped;
        try
        {
            exitCode = await run.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(run.Task, Task.Delay(Grace, CancellationToken.None));
        }

        if (exitCode == ExitCode.Stopped)
        {
            host.Error.WriteLine("stopped");
        }

        return (int)exitCode;
    }

    private static ExitCode Run(IReadOnlyList<string> args, CommandHost host, CancellationToken cancellation)
    {
        try
        {
            var parsed = Root(host, cancellation).Parse(args.Count == 0 ? ["--help"] : args, Parser);
            if (parsed.Errors.Count > 0)
            {
                throw Misused(parsed);
            }

            // A command's faults are this class's business, and Ctrl-C is the business of the one who called.
            return (ExitCode)parsed.Invoke(new InvocationConfiguration
            {
                Output = host.Out.Writer,
                Error = host.Error.Writer,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // What is taken away under a running command's feet makes it stumble somewhere.
            return ExitCode.Stopped;
        }
        catch (CommandException fault)
        {
            host.Report(fault);
            return fault.ExitCode;
        }
        catch (Exception fault) when (FailureReason.MissingLibrary(fault) is not null)
        {
            host.Report(CommandFaults.MissingLibrary(FailureReason.MissingLibrary(fault) ?? ""));
            return ExitCode.InputOutputFailed;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            host.Report(CommandFaults.Failed(fault));
            return ExitCode.InputOutputFailed;
        }
#pragma warning disable CA1031 // Whatever a fault of ours is, an analyst must not see a stack trace.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            host.ReportInternal($"{fault.GetType().Name}: {fault.Message}");
            return ExitCode.InternalError;
        }
    }

    private static RootCommand Root(CommandHost host, CancellationToken cancellation)
    {
        var root = new RootCommand("Rules of law as text: checked, tested, run over records, and explained.")
        {
            CheckCommand.Create(host, cancellation),
            BuildCommand.Create(host, cancellation),
            TestCommand.Create(host, cancellation),
            ProveCommand.Create(host, cancellation),
            DiffCommand.Create(host, cancellation),
            ClassifyCommand.Create(host, cancellation),
            ProfileCommand.Create(host, cancellation),
            MergeCommand.Create(host),
            ExplainCommand.Create(host, cancellation),
            MapCommand.Create(host, cancellation),
            PlanCommand.Create(host, cancellation),
            DumpCommand.Create(host, cancellation),
        };
        TeachingHelp.AddTo(root);
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Description = "Shows the version";
            version.Action = new ShowVersion();
        }

        return root;
    }

    /// <summary>The first thing that is wrong with a command, and where to read on.</summary>
    private static CommandException Misused(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            return word.StartsWith('-') ? UnknownWord.Option(word, command) : UnknownWord.Command(word, command);
        }

        var error = parsed.Errors[0];
        var message = error.SymbolResult switch
        {
            // An argument that lacks its value has no tokens of its own; what validators say is said in our words already.
            ArgumentResult { Tokens.Count: 0, Argument: var argument } => $"`{UnknownWord.CommandPath(command)}` needs {argument.HelpName ?? argument.Name}",
            OptionResult { Tokens.Count: 0, Implicit: false, Option: var option } => $"`{option.Name}` needs {option.HelpName ?? "a value"}",
            _ when command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is not { Implicit: false }) is { } option =>
                $"`{UnknownWord.CommandPath(command)}` needs `{option.Name}`",
            _ => error.Message.TrimEnd('.'),
        };
        return CommandFaults.WrongCommand(message, UnknownWord.ReadOn(command));
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.Write($"ccc {Version}\n");
            return (int)ExitCode.Done;
        }
    }
}
