namespace CccRules.Runtime.Operations;

/// <summary>How two values are compared.</summary>
public enum Comparison : byte
{
    Equal,
    NotEqual,

    /// <summary>An ordering with none is false.</summary>
    Less,
    LessOrEqual,
}
