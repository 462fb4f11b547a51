namespace CccRules.Compiler;

/// <summary>
/// How much a compilation takes on, so that rules of others can be compiled: what is beyond a limit is refused with a diagnostic before work begins on
/// it. The limits of one file are those of <see cref="Syntax.Parsing.ParseLimits"/>; time is limited by cancelling.
/// </summary>
public sealed record CompilationLimits
{
    public static CompilationLimits Default { get; } = new();

    /// <summary>Files together.</summary>
    public int Files { get; init; } = 1_000;

    /// <summary>Characters of all files together: 64 Mi.</summary>
    public int Characters { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of all tables and calendars that the rules name: 256 Mi.</summary>
    public long DataBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Declarations of all files together.</summary>
    public int Declarations { get; init; } = 100_000;
}
