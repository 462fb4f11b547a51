using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Text;

namespace CccRules.Hosting;

/// <summary>Where rules come from, and what they may cost.</summary>
public sealed class RulesetHostOptions
{
    /// <summary>
    /// Folder whose <c>.ccc</c> files, those of its subfolders included, are compiled together, with the tables and calendars in it that they
    /// name. Links are passed over.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>Rules that the application carries itself; compiled together with those of <see cref="Folder"/>.</summary>
    public ImmutableArray<SourceText> Texts { get; set; } = [];

    /// <summary>An assembly made by <c>ccc build</c>, in place of text.</summary>
    public string? Assembly { get; set; }

    /// <summary>
    /// Reloads when files of <see cref="Folder"/> (<c>.ccc</c>, <c>.csv</c>, <c>.tsv</c>, <c>.xlsx</c>, <c>.json</c>) or <see cref="Assembly"/> change.
    /// </summary>
    public bool Watch { get; set; }

    /// <summary>How long files must be left alone before they are read, so that a copy of many files is one reload.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a compilation may take before it is given up, with the diagnostic CCC0021.</summary>
    public TimeSpan CompileTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Limits on the text, the day on which the rules are read, and data files that <see cref="Texts"/> name.</summary>
    public CompilationOptions Compilation { get; set; } = CompilationOptions.Default;

    /// <summary>
    /// Rules that were replaced are unloaded. Such code is compiled once and never again with what was learnt, which costs speed: an
    /// application that never reloads is faster without.
    /// </summary>
    public bool Unload { get; set; } = true;
}
