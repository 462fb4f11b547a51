using Microsoft.Extensions.Logging;

namespace CccRules.Hosting;

/// <summary>What the host writes to the log.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "Rules {Generation} serve after {Milliseconds:F0} ms")]
    public static partial void Swapped(ILogger logger, int generation, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "New rules are refused, rules {Generation} go on serving:\n{Errors}")]
    public static partial void Refused(ILogger logger, int generation, string errors);

    [LoggerMessage(3, LogLevel.Debug, "The rules are unchanged, rules {Generation} go on serving")]
    public static partial void Unchanged(ILogger logger, int generation);
}
