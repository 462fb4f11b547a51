using System.Collections.Immutable;
using CccRules.Runtime;

namespace CccRules.Cli;

/// <summary>Rules without errors, ready to run.</summary>
/// <param name="Files">The files that they came from, as messages show them.</param>
internal sealed record RunnableRules(Ruleset Ruleset, ImmutableArray<string> Files);
