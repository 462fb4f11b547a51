namespace CccRules.Cli;

/// <summary>How a command ended, for the one who called it.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>The command did its work and found errors in rules, or tests that fail.</summary>
    FoundErrors = 1,

    /// <summary>The command was written wrongly.</summary>
    Misused = 2,

    /// <summary>Something could not be read or written.</summary>
    InputOutputFailed = 3,

    /// <summary>A fault of this program.</summary>
    InternalError = 70,

    /// <summary>Stopped by Ctrl-C.</summary>
    Stopped = 130,
}
