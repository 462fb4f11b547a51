namespace CccRules.Compiler.Syntax.Parsing;

/// <summary>
/// How much text the parser takes on. A recursive-descent parser dies of a stack overflow at some depth, and nothing can
/// catch that, so depth is counted on the tokens before the parser sees them.
/// </summary>
public sealed record ParseLimits
{
    public static ParseLimits Default { get; } = new();

    /// <summary>Nested parentheses, <c>not</c>s and minus signs.</summary>
    public int Nesting { get; init; } = 100;

    /// <summary>Characters of one file: 4 Mi.</summary>
    public int Characters { get; init; } = 4 * 1024 * 1024;

    /// <summary>Errors reported for one file.</summary>
    public int Errors { get; init; } = 100;

    /// <summary>Characters of one name.</summary>
    public int NameLength { get; init; } = 128;

    /// <summary>Characters of one text in quotes: 64 Ki.</summary>
    public int TextLength { get; init; } = 64 * 1024;

    /// <summary>Digits of one number.</summary>
    public int Digits { get; init; } = 28;
}
