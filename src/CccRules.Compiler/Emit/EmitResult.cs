using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// A ruleset as C# and as data. The C# holds numbers only; every text of the rules is in the manifest.
/// </summary>
internal sealed record EmitResult(string Source, RulesetManifest Manifest, BatchChoice Choice);
