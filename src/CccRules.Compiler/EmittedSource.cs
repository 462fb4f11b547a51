using System.Collections.Immutable;

namespace CccRules.Compiler;

/// <summary>A ruleset as C# and as data, for an application that compiles it into itself.</summary>
/// <param name="CSharp">The classes that <see cref="Runtime.Ruleset.FromProgram"/> takes.</param>
/// <param name="Manifest">What must be a resource of the application: facts, norms, texts, tables.</param>
/// <param name="ListClasses">By list of nested records the full name of the class of the conditions on its entries.</param>
public sealed record EmittedSource(string CSharp, byte[] Manifest, ImmutableArray<string> ListClasses);
