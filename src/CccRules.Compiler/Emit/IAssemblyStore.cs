namespace CccRules.Compiler.Emit;

/// <summary>
/// Keeps compiled assemblies by the C# that they came from, so that the same C# is compiled once. Whoever keeps them answers for
/// their being what was kept: they are run as code.
/// </summary>
internal interface IAssemblyStore
{
    /// <summary>The assembly that was kept under a key; null where there is none.</summary>
    byte[]? Find(string key);

    /// <param name="key">Hash of the C# and of all that goes into the assembly with it; lower-case hexadecimal digits.</param>
    void Keep(string key, byte[] assembly);
}
