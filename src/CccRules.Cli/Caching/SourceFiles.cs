using System.Collections.Immutable;

namespace CccRules.Cli.Caching;

/// <summary>A file that rules were read from.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Shown">The path as messages show it.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
internal sealed record SourceFile(string Path, string Shown, ImmutableArray<byte> Hash);

/// <summary>
/// The files that a command's rules were read from: those that were given, those that these led to, and the places where something was
/// looked for and not found. While all of that stays as it is, so do the rules.
/// </summary>
internal sealed record SourceFiles(ImmutableArray<SourceFile> Given, ImmutableArray<SourceFile> Others, ImmutableArray<string> Absent);
