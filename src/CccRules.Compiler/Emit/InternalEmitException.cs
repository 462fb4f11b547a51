namespace CccRules.Compiler.Emit;

/// <summary>
/// The compiler's own fault (CCC0001): emitted C# did not compile, or reaches for more than it may. Never the fault of rules.
/// </summary>
internal sealed class InternalEmitException(string message, string repro) : Exception(message)
{
    /// <summary>The number under which the fault is reported.</summary>
    public const string Id = "CCC0001";

    /// <summary>What the makers of the compiler need to see the fault again: the emitted C#, and what was wrong with it.</summary>
    public string Repro { get; } = repro;
}
