using CccRules.Batch.Sinks;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli;

/// <summary>What a command has around it: two screens, the standard streams, the folder that it runs in.</summary>
internal sealed record CommandHost
{
    /// <summary>Where a command's results go.</summary>
    public required Screen Out { get; init; }

    /// <summary>Where faults, progress and remarks on the way go.</summary>
    public required Screen Error { get; init; }

    /// <summary>What relative paths start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Where compiled rulesets are kept between runs; null for nowhere.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Opens standard input as bytes.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Opens standard output as bytes, for results that are too large for <see cref="Out"/>.</summary>
    public Func<OutputFile> OpenOutput { get; init; } = OutputFile.StandardOutput;

    public string FullPath(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A path as people see it: short where it lies below the folder that the command runs in.</summary>
    /// <param name="full">An absolute path.</param>
    /// <param name="isRooted">The path was given from the root on.</param>
    public string ShownPath(string full, bool isRooted)
    {
        var relative = Path.GetRelativePath(Folder, full);
        return isRooted && relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }

    /// <summary>Says what went wrong, as one diagnostic.</summary>
    public void Report(CommandException fault) => Report(fault.Descriptor.Id, fault.Message, fault.Help);

    /// <summary>Says what went wrong, as one diagnostic.</summary>
    public void Report(string id, string message, IEnumerable<string> help)
    {
        Error.Write($"error[{id}]", RenderStyle.Error);
        Error.Write($": {Screen.Escape(message)}", RenderStyle.Message);
        Error.WriteLine();
        foreach (var line in help)
        {
            Error.Write("  = ", RenderStyle.Gutter);
            Error.Write("help:", RenderStyle.Keyword);
            Error.WriteLine($" {Screen.Escape(line)}");
        }
    }

    /// <summary>Says that this program is at fault, and how to report it.</summary>
    public void ReportInternal(string what) => Report(
        CommandFaults.InternalErrorRule.Id,
        $"internal error: {what}",
        ["this is a fault of ccc and not of your rules; please report it with the command, the rules, and this message"]);
}
