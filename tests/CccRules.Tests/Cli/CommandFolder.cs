using CccRules.Batch.Sinks;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

/// <summary>A folder of its own in which commands run.</summary>
internal sealed class CommandFolder : IDisposable
{
    public CommandFolder() => Path = Directory.CreateTempSubdirectory("ccc-").FullName;

    public string Path { get; }

    /// <summary>What a command reads from standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Where compiled rulesets are kept; null for nowhere.</summary>
    public string? CacheFolder { get; set; }

    /// <summary>The same as a stream; null: <see cref="Input"/>.</summary>
    public Stream? InputStream { get; set; }

    public string this[string name] => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public bool Has(string name) => File.Exists(System.IO.Path.Combine(Path, name));

    public CommandFolder With(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    public CommandFolder With(string name, byte[] content)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), content);
        return this;
    }

    /// <summary>Runs a command whose words are divided by spaces; a word with a space in it stands in single quotes.</summary>
    public CommandRun Run(string command, bool hasColours = false, CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var bytes = System.IO.Path.Combine(Path, "standard-output");
        var host = new CommandHost
        {
            Out = new Screen(output, hasColours, hasColours),
            Error = new Screen(error, hasColours, hasColours),
            Folder = Path,
            CacheFolder = CacheFolder,
            OpenInput = () => InputStream ?? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Input)),
            OpenOutput = () => OutputFile.Create(bytes),
        };
        var exitCode = CommandLine.RunAsync(Words(command), host, cancellation).GetAwaiter().GetResult();
        return new CommandRun((ExitCode)exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Stops a command as soon as a file is there.</summary>
    public void StopWhenThere(string name, CancellationTokenSource stop)
    {
        if (Has(name))
        {
            stop.Cancel();
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static List<string> Words(string command)
    {
        var words = new List<string>();
        foreach (var (index, part) in command.Split('\'').Index())
        {
            if (index % 2 == 1)
            {
                words.Add(part);
            }
            else
            {
                words.AddRange(part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return words;
    }
}

/// <summary>What a command printed and how it ended.</summary>
internal sealed record CommandRun(ExitCode ExitCode, string Output, string Error)
{
    public bool HasEscapeCodes => Output.Contains('\u001b') || Error.Contains('\u001b');
}
