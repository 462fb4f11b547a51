using CccRules.Batch;
using CccRules.Batch.Sinks;

namespace CccRules.Cli;

/// <summary>Files that are there as a whole or not at all.</summary>
internal static class WholeFile
{
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
