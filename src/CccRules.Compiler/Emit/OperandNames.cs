using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>
/// How C# names values and truths where an operation stands: as elements of a record's arrays, or as a row of columns.
/// The operations themselves are written once for both.
/// </summary>
internal abstract class OperandNames(IrModule module)
{
    /// <summary>A value in the form in which it is held.</summary>
    public abstract string Value(int value);

    /// <summary>The truth of a logic node.</summary>
    public abstract string Truth(int node);

    /// <summary>The texts of the text facts.</summary>
    public abstract string Texts { get; }

    /// <summary>Sets, texts and steps.</summary>
    public abstract string Tables { get; }

    /// <summary>A value as 64 bits.</summary>
    public string Narrow(int value) => module.Values[value].Type.IsWide ? $"WideOperations.Narrow({Value(value)})" : Value(value);

    /// <summary>A value as 128 bits.</summary>
    public string Wide(int value) => module.Values[value].Type.IsWide ? Value(value) : $"WideOperations.Widen({Value(value)})";
}
