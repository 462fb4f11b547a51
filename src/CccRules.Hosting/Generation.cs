using System.Collections.Immutable;
using CccRules.Runtime;

namespace CccRules.Hosting;

/// <summary>
/// Rules that serve, with an evaluator pool for each type that the application has bound. Immutable: a request takes the one that is current when
/// it begins and keeps it to its end, so that all it asks is answered by the same rules.
/// </summary>
/// <param name="Pools">By position of the binding in the host.</param>
internal sealed record Generation(int Number, Ruleset Ruleset, string Fingerprint, ImmutableArray<object> Pools);
