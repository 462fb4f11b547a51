using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>The forms in which the logic of a single record can be computed.</summary>
internal enum RecordForm : byte
{
    /// <summary>As C#, a statement for each node and each outcome: fast, and takes long to compile.</summary>
    Code,

    /// <summary>As data that the runtime carries out step by step: ready at once, for rules so many that their code would not stay in the processor's cache.</summary>
    Steps,
}

/// <summary>Chooses among them.</summary>
internal static class RecordForms
{
    /// <summary>A second of compiling, in a cold process.</summary>
    private const int MostStatements = 8_000;

    public static RecordForm Of(IrModule module) => module.Logic.Length + module.Norms.Length > MostStatements ? RecordForm.Steps : RecordForm.Code;
}
