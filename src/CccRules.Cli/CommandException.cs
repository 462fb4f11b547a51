using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli;

/// <summary>A command cannot go on: what is wrong in one sentence, and ways out. See <see cref="CommandFaults"/>.</summary>
internal sealed class CommandException(ExitCode exitCode, DiagnosticDescriptor descriptor, string message, params ImmutableArray<string> help)
    : Exception(message)
{
    public ExitCode ExitCode { get; } = exitCode;

    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    /// <summary>What to do, the best first.</summary>
    public ImmutableArray<string> Help { get; } = help;
}
