namespace CccRules.Compiler;

/// <summary>A ruleset as C# and as data, for an application that compiles it into itself.</summary>
/// <param name="CSharp">The class that <see cref="Runtime.Ruleset.FromProgram"/> takes.</param>
/// <param name="Manifest">What must be a resource of the application: facts, norms, texts, tables.</param>
public sealed record EmittedSource(string CSharp, byte[] Manifest);
