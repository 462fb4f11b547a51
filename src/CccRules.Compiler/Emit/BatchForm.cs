namespace CccRules.Compiler.Emit;

/// <summary>The forms in which the norms of a batch can be computed.</summary>
internal enum BatchForm : byte
{
    /// <summary>Every norm for every row, as bit planes: best for few norms.</summary>
    Planes,

    /// <summary>The norms that the class of a row's key picks; the rest as planes: best for many norms of which few concern a record.</summary>
    Candidates,
}
