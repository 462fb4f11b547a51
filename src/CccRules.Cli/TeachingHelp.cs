using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CccRules.Cli;

/// <summary>A command that shows by examples what it is for.</summary>
internal sealed class TaughtCommand(string name, string purpose, params ImmutableArray<string> examples) : Command(name, purpose)
{
    /// <summary>Whole commands as somebody would type them.</summary>
    public ImmutableArray<string> Examples { get; } = examples;
}

/// <summary>The usual help with examples at its end.</summary>
internal sealed class TeachingHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Outcome =
        """
        Exit codes:
            0  done
            1  the rules have errors, or a test fails
            2  the command is written wrongly
            3  something could not be read or written
           70  a fault of ccc itself
          130  stopped by Ctrl-C
        """;

    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Shows this help";
        if (help.Action is HelpAction usual)
        {
            usual.MaxWidth = 100;
            help.Action = new TeachingHelp(usual);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        var examples = command is TaughtCommand taught
            ? taught.Examples
            : [.. command.Subcommands.OfType<TaughtCommand>().Select(subcommand => subcommand.Examples[0])];
        output.Write("Examples:\n");
        foreach (var example in examples)
        {
            output.Write($"  {example}\n");
        }

        output.Write($"\n{Outcome.ReplaceLineEndings("\n")}\n");
        return result;
    }
}
