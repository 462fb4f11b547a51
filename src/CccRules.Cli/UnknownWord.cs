using System.Collections.Immutable;
using System.CommandLine;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli;

/// <summary>What to say about a word that a command does not know.</summary>
internal static class UnknownWord
{
    /// <summary>An option that the command does not have, with those that look like it.</summary>
    public static CommandException Option(string word, Command command)
    {
        var known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help");
        return CommandFaults.WrongCommand($"`{CommandPath(command)}` has no option `{word}`", [.. Similar(word, known), ReadOn(command)]);
    }

    public static CommandException Command(string word, Command command)
    {
        var known = command.Subcommands.Select(subcommand => subcommand.Name);
        return CommandFaults.WrongCommand(
            command.Subcommands.Count > 0 ? $"there is no command `{word}`" : $"`{CommandPath(command)}` does not take `{word}`",
            [.. Similar(word, known), ReadOn(command)]);
    }

    /// <summary>Where to read how a command is used.</summary>
    public static string ReadOn(Command command) => $"`{CommandPath(command)} --help` tells how it is used";

    public static string CommandPath(Command command) => command is RootCommand ? "ccc" : $"ccc {command.Name}";

    /// <summary>One line for each name that looks like a word.</summary>
    public static ImmutableArray<string> Similar(string word, IEnumerable<string> known) =>
        [.. Suggestions.Nearest(word, known).Select(near => $"a similar one exists: `{near}`")];
}
