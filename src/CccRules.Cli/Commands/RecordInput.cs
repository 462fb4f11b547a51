using System.Data.Common;
using CccRules.Batch.Sources;
using CccRules.Cli.Classification;

namespace CccRules.Cli.Commands;

/// <summary>Records for commands that look at some of them: whatever <c>ccc classify</c> reads, without its options.</summary>
internal static class RecordInput
{
    /// <exception cref="CommandException">They cannot be read.</exception>
    /// <exception cref="Batch.BatchSetupException">They have no usable header.</exception>
    public static IRecordSource Open(string address, CommandHost host)
    {
        try
        {
            return RecordSources.Open([address], new SourceOptions { Folder = host.Folder, OpenStandardInput = host.OpenInput });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            throw CommandFaults.Unreadable(RunFiles.Shown(address), fault);
        }
    }
}
