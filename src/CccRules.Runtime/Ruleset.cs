using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime;

/// <summary>
/// A compiled ruleset, ready to run: emitted code and the data that belongs to it. Immutable and safe for any number
/// of threads; each thread makes its own <see cref="Evaluator"/>.
/// </summary>
public sealed class Ruleset
{
    /// <summary>Name of the resource in an emitted assembly that holds the <see cref="RulesetManifest"/>.</summary>
    public const string ManifestResource = "ruleset.json";

    /// <summary>Full name of the class in an emitted assembly that derives from <see cref="RuleProgram"/>.</summary>
    public const string ProgramClass = "CccRules.Emitted.Rules";

    /// <summary>Outcomes of a batch, a byte each, that still leave room in a small second-level cache.</summary>
    private const int MostOutcomes = 1 << 19;

    /// <param name="program">Emitted code.</param>
    /// <param name="manifest">What belongs to it.</param>
    /// <param name="lists">By list of <see cref="RulesetManifest.Lists"/> the emitted code of the conditions on its entries.</param>
    public Ruleset(RuleProgram program, RulesetManifest manifest, params ReadOnlySpan<RuleProgram> lists)
    {
        var entries = new Ruleset[lists.Length];
        for (var i = 0; i < lists.Length; i++)
        {
            entries[i] = new Ruleset(lists[i], manifest.Lists[i].Entry);
        }

        Lists = entries;
        Program = program;
        Manifest = manifest;
        Tables = new RuleTables(manifest.Tables);
    }

    /// <summary>Facts, norms, categories and texts.</summary>
    public RulesetManifest Manifest { get; }

    /// <summary>
    /// Rows of a batch that suit the ruleset: with them the outcomes of all norms stay in the processor's cache until they are read.
    /// </summary>
    public int BatchRows => Math.Clamp(MostOutcomes / Math.Max(1, Manifest.Norms.Length) / 512 * 512, 512, ColumnBatch.DefaultCapacity);

    /// <summary>The same ruleset, which tells its titles in a language where its rules have them.</summary>
    /// <param name="language">A language of <see cref="RulesetManifest.Translations"/>; with any other nothing changes.</param>
    public Ruleset In(string language) => Manifest.In(language) is var told && ReferenceEquals(told, Manifest) ? this : new Ruleset(Program, told);

    internal RuleProgram Program { get; }

    /// <summary>The conditions on the entries of each list.</summary>
    internal Ruleset[] Lists { get; }

    internal RuleTables Tables { get; }

    /// <summary>Takes the ruleset out of an emitted assembly.</summary>
    /// <exception cref="BadImageFormatException">The assembly holds no ruleset.</exception>
    [RequiresUnreferencedCode("Emitted assemblies are found by name.")]
    public static Ruleset FromAssembly(Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(ManifestResource)
            ?? throw new BadImageFormatException("The assembly holds no ruleset.");
        var manifest = ManifestSerializer.Read(stream);
        return new Ruleset(Create(assembly, ProgramClass), manifest, [.. manifest.Lists.Select((_, list) => Create(assembly, ProgramClassOfList(list)))]);
    }

    /// <summary>Full name of the class that holds the conditions on the entries of a list.</summary>
    public static string ProgramClassOfList(int list) => ProgramClass + "OfList" + list.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [RequiresUnreferencedCode("Emitted assemblies are found by name.")]
    private static RuleProgram Create(Assembly assembly, string name) =>
        assembly.GetType(name)?.GetConstructor(Type.EmptyTypes)?.Invoke(null) as RuleProgram ?? throw new BadImageFormatException("The assembly holds no ruleset.");
}
