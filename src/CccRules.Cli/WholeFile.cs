using CccRules.Batch;
using CccRules.Batch.Sinks;

namespace CccRules.Cli;

/// <summary>Files that are there as a whole or not at all.</summary>
internal static class WholeFile
{
    /// <exception cref="BatchSetupException">A file is there already, and nobody said that it may go.</exception>
    public static void RefuseExisting(string path, bool overwrites, CommandHost host)
    {
        var full = host.FullPath(path);
        if (!overwrites && File.Exists(full) && RegularFile.Is(full))
        {
            throw new BatchSetupException([new BatchProblem(BatchProblemKind.OutputExists, $"'{path}' is there already")]);
        }
    }

    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static void Write(string path, byte[] content, CommandHost host)
    {
        try
        {
            using var file = OutputFile.Create(host.FullPath(path));
            file.Stream.Write(content);
            file.Commit();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or BatchSetupException)
        {
            throw CommandFaults.Unwritable(path, fault);
        }
    }
}
