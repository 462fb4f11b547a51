using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Records;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime;

/// <summary>
/// A compiled ruleset, ready to run: emitted code and the data that belongs to it. Immutable and safe for any number
/// of threads; each thread makes its own <see cref="Evaluator"/>.
/// </summary>
public sealed class Ruleset
{
    /// <summary>Name of the resource in an emitted assembly that holds the <see cref="RulesetManifest"/>.</summary>
    public const string ManifestResource = "ruleset.manifest";

    /// <summary>Full name of the class in an emitted assembly that derives from <see cref="RuleProgram"/>.</summary>
    public const string ProgramClass = "CccRules.Emitted.Rules";

    /// <summary>Name of an emitted assembly.</summary>
    internal const string AssemblyName = "CccRules.Emitted";

    /// <summary>Outcomes of a batch, a byte each, that still leave room in a small second-level cache.</summary>
    private const int MostOutcomes = 1 << 19;

    private readonly NameIndex _norms;
    private readonly NameIndex _categories;

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
        Gate = NormGate.Create(manifest);
        _norms = new NameIndex("norm", manifest.Norms.Select(norm => norm.QualifiedName));
        _categories = new NameIndex("category", manifest.Categories.Select(category => category.Name));
    }

    /// <summary>Facts, norms, categories and texts.</summary>
    public RulesetManifest Manifest { get; }

    /// <summary>
    /// Rows of a batch that suit the ruleset: with them the outcomes of all norms stay in the processor's cache until they are read.
    /// </summary>
    public int BatchRows => Math.Clamp(MostOutcomes / Math.Max(1, Manifest.Norms.Length) / 512 * 512, 512, ColumnBatch.DefaultCapacity);

    /// <summary>
    /// Fits an application's class, record or struct to the rules, by its properties' names, and gives an evaluator of it for this
    /// thread: <c>evaluator.Evaluate(in record, asOf)</c>.
    /// </summary>
    /// <exception cref="RecordBindingException">The type does not fit; every reason is told, with its property.</exception>
    public RecordEvaluator<T> Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RecordBindingOptions? options = null) =>
        CreateBinding<T>(options).CreateEvaluator();

    /// <summary>As <see cref="Bind{T}"/>, for many threads: each takes an evaluator from the binding.</summary>
    /// <exception cref="RecordBindingException">The type does not fit; every reason is told, with its property.</exception>
    public RecordBinding<T> CreateBinding<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RecordBindingOptions? options = null) =>
        TryBind<T>(out var binding, out var diagnostics, options) ? binding : throw new RecordBindingException(diagnostics);

    /// <summary>As <see cref="CreateBinding{T}"/>, telling without an exception why a type does not fit.</summary>
    public bool TryBind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(
        [NotNullWhen(true)] out RecordBinding<T>? binding,
        out ImmutableArray<RecordDiagnostic> diagnostics,
        RecordBindingOptions? options = null) =>
        RecordBinding<T>.TryCreate(this, options, out binding, out diagnostics);

    /// <summary>An evaluator, for this thread, of dictionaries and JSON objects by the rules' own names.</summary>
    /// <exception cref="RecordBindingException">An assumption answers no question of the rules.</exception>
    public RecordEvaluator Bind(RecordBindingOptions? options = null) => new(this, options ?? RecordBindingOptions.Default);

    /// <summary>A norm by its name, short (<c>qr_mark</c>) or with its module.</summary>
    /// <exception cref="KeyNotFoundException">The rules have no such norm, or several.</exception>
    public NormSchema Norm(string name) => Manifest.Norms[_norms.Find(name)];

    internal int CategoryIndex(string name) => _categories.Find(name);

    /// <summary>The same ruleset, which tells its titles in a language where its rules have them.</summary>
    /// <param name="language">A language of <see cref="RulesetManifest.Translations"/>; with any other nothing changes.</param>
    public Ruleset In(string language) => Manifest.In(language) is var told && ReferenceEquals(told, Manifest) ? this : new Ruleset(Program, told, [.. Lists.Select(list => list.Program)]);

    internal RuleProgram Program { get; }

    /// <summary>The conditions on the entries of each list.</summary>
    internal Ruleset[] Lists { get; }

    internal RuleTables Tables { get; }

    /// <summary>What the HS code settles by itself; null where nothing of the kind is known.</summary>
    internal NormGate? Gate { get; }

    /// <summary>
    /// Loads an assembly that <c>ccc build</c> or the compiler made. What such an assembly may use is known: one that uses anything else
    /// is refused before any of its code runs.
    /// </summary>
    /// <param name="assembly">The bytes of the file.</param>
    /// <param name="isCollectible">
    /// The code can be unloaded: it goes when nothing holds the ruleset any more. Costs speed in long runs, because such code is
    /// compiled once and never again with what was learnt; for editors and servers, not for batches.
    /// </param>
    /// <exception cref="BadImageFormatException">It is not such an assembly, or one of another version.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The guard has seen what the assembly uses: what stands in the list of it, which this assembly keeps.")]
    public static Ruleset Load(ReadOnlyMemory<byte> assembly, bool isCollectible = false)
    {
        var violations = AssemblyGuard.Violations(assembly);
        if (!violations.IsEmpty)
        {
            throw new BadImageFormatException($"The assembly uses {violations[0]}, which no ruleset does.");
        }

        // A context without an answer of its own leaves the runtime's assembly to the context that this code lives in.
        var context = new AssemblyLoadContext(AssemblyName, isCollectible);
        using var image = new MemoryStream(assembly.ToArray(), writable: false);
        return FromAssembly(context.LoadFromStream(image));
    }

    /// <summary>Loads a file that <c>ccc build</c> made; the file stays free to be replaced.</summary>
    /// <inheritdoc cref="Load"/>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Ruleset LoadFrom(string path, bool isCollectible = false)
    {
#pragma warning disable RS0030 // Compiled rules are code, and code comes from files: this is the one door.
        return Load(File.ReadAllBytes(path), isCollectible);
#pragma warning restore RS0030
    }

    /// <summary>The ruleset of code that was compiled into an application: its classes, and the resource with its data.</summary>
    /// <param name="program">The rules' own class.</param>
    /// <param name="resource">Name of the resource in the assembly of that class.</param>
    /// <param name="lists">By list of nested records the class of the conditions on its entries.</param>
    /// <exception cref="BadImageFormatException">The resource is missing, holds no ruleset, or belongs to other classes.</exception>
    public static Ruleset FromProgram(RuleProgram program, string resource, params ReadOnlySpan<RuleProgram> lists)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var stream = program.GetType().Assembly.GetManifestResourceStream(resource)
            ?? throw new BadImageFormatException($"The assembly has no resource `{resource}`.");
        var manifest = ManifestSerializer.Read(stream);
        return manifest.Lists.Length == lists.Length
            ? new Ruleset(program, manifest, lists)
            : throw new BadImageFormatException($"The rules of resource `{resource}` have {manifest.Lists.Length} lists, and {lists.Length} classes are given.");
    }

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
    /// <param name="list">A position in <see cref="RulesetManifest.Lists"/>.</param>
    /// <param name="programClass">Full name of the ruleset's own class.</param>
    public static string ProgramClassOfList(int list, string programClass = ProgramClass) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{programClass}OfList{list}");

    [RequiresUnreferencedCode("Emitted assemblies are found by name.")]
    private static RuleProgram Create(Assembly assembly, string name) =>
        assembly.GetType(name)?.GetConstructor(Type.EmptyTypes)?.Invoke(null) as RuleProgram ?? throw new BadImageFormatException("The assembly holds no ruleset.");
}
