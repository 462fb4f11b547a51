using System.Numerics;

namespace CccRules.Compiler.Ir;

/// <summary>
/// A test of values whose answer is certain wherever its values are known: the leaves of the logic.
/// A missing value makes it open. Operands are positions in <see cref="IrModule.Values"/>.
/// </summary>
internal abstract record IrAtom;

/// <summary>
/// The value lies in a set of closed intervals; none counts as <paramref name="IncludesNone"/>. Serves every kind but
/// HS codes, member sets and texts; a number is tested by its numerator.
/// </summary>
/// <param name="Bounds">Lower and upper bound in turn, ascending, disjoint and not adjacent.</param>
internal sealed record IrInSet(int Value, IrList<BigInteger> Bounds, bool IncludesNone) : IrAtom;

/// <summary>
/// An HS code lies in a set of 13-digit codes. A code with fewer digits stands for all codes that begin with it: certain
/// where all of them are in the set, open where some are. None counts as <paramref name="IncludesNone"/>.
/// </summary>
internal sealed record IrHsInSet(int Value, IrList<long> Bounds, bool IncludesNone) : IrAtom;

/// <summary>A set of members shares a member with <paramref name="Mask"/>. None counts as <paramref name="IncludesNone"/>; a test for none has no mask.</summary>
internal sealed record IrHasAny(int Value, long Mask, bool IncludesNone) : IrAtom;

/// <summary>How two values are compared.</summary>
internal enum IrComparison : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
}

/// <summary>
/// Two values compared, both of one kind; texts by UTF-16 code units. Numbers are compared as Left * LeftFactor with
/// Right * RightFactor, which makes the denominators equal. None equals none and nothing else; an ordering with it is false.
/// </summary>
internal sealed record IrCompare(IrComparison Comparison, int Left, int Right, BigInteger LeftFactor, BigInteger RightFactor) : IrAtom;

/// <summary>A text is one of some texts (ascending in ordinal order). None counts as <paramref name="IncludesNone"/>.</summary>
internal sealed record IrTextInSet(int Value, IrList<string> Texts, bool IncludesNone) : IrAtom;

/// <summary>A text matches a regular expression anywhere, without backtracking. None counts as no.</summary>
internal sealed record IrMatches(int Value, string Pattern) : IrAtom;
