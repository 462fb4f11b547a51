using System.Runtime.Intrinsics;

namespace CccRules.Runtime.Candidates;

/// <summary>What a vector size must be able to do for <see cref="CandidateScan{TForm}"/>: three operations on 64 bytes.</summary>
internal interface ICandidateForm
{
    /// <summary>Byte n of the result is the byte of the table that index n names, 0 to 63.</summary>
    static abstract Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> indices);

    /// <summary>As <see cref="LookUp"/>, in a table of 256 bytes.</summary>
    static abstract Vector512<byte> LookUpLarge(ref readonly byte table, Vector512<byte> indices);

    /// <summary>
    /// Writes the outcomes at whose place <paramref name="isKept"/> has all bits set, close together, and the norms at the same places. Up
    /// to 64 of each are written over, whatever is kept; the result is how many are kept.
    /// </summary>
    static abstract int Compress(Vector512<byte> isKept, Vector512<byte> outcomes, ref readonly ushort norms, ref byte keptOutcomes, ref ushort keptNorms);
}
