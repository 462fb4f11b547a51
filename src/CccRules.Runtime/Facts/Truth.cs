namespace CccRules.Runtime.Facts;

/// <summary>
/// A truth value of Kleene's strong three-valued logic. Bit 0: certainly true. Bit 1: possibly true.
/// So <c>and</c> is bitwise and, <c>or</c> is bitwise or; only <c>not</c> swaps and complements.
/// </summary>
public enum Truth : byte
{
    /// <summary>Certainly not.</summary>
    False = 0b00,

    /// <summary>Can be true and can be false.</summary>
    Open = 0b10,

    /// <summary>Certainly.</summary>
    True = 0b11,
}
