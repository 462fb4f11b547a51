namespace CccRules.Compiler.Emit;

/// <summary>What an emitted program can do.</summary>
internal enum EmitForm : byte
{
    /// <summary>Single records, single norms of them, and batches.</summary>
    Full,

    /// <summary>Single records alone: a tenth of the code, for whoever compiles to ask a few questions.</summary>
    RecordsAlone,
}
