using System.Runtime.CompilerServices;
using System.Text;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Tests.Engine;

public sealed class RulesetLoaderTests
{
    [Fact]
    public void Two_runs_give_the_same_text_and_the_same_bytes()
    {
        var first = CSharpEmitter.Emit(RandomModule.Create(4));
        var second = CSharpEmitter.Emit(RandomModule.Create(4));

        Assert.Equal(first.Source, second.Source);
        Assert.Equal(ManifestSerializer.Write(first.Manifest), ManifestSerializer.Write(second.Manifest));
        Assert.Equal(RulesetLoader.Compile(first), RulesetLoader.Compile(second));
    }

    [Fact]
    public void No_text_of_the_rules_stands_in_the_code()
    {
        const string hostile = "x\u2028\"; System.Environment.Exit(0); //\\";
        var module = SmallModule.Create();
        var emitted = CSharpEmitter.Emit(module with
        {
            Facts = [.. module.Facts.Select(fact => fact with { Name = hostile, Title = hostile })],
            Atoms = module.Atoms.SetItem(2, new IrTextInSet(SmallModule.Name, new IrList<string>([hostile]), false)).Add(new IrMatches(SmallModule.Name, "Exit")),
            Values = module.Values.Add(new IrTextConstant(hostile)),
            Norms = [module.Norms[0] with { Name = hostile, QualifiedName = hostile, Title = hostile, Otherwise = hostile, Reasons = [new ReasonSchema(hostile, 0, [], [])] }],
            Categories = [module.Categories[0] with { Name = hostile, Title = hostile }],
            Modules = [new ModuleSchema(hostile, hostile, hostile, hostile)],
        });

        Assert.DoesNotContain("Exit", emitted.Source, StringComparison.Ordinal);
        Assert.DoesNotContain(emitted.Source, character => character is '"' or '\\' or > '~');
        Assert.Equal(hostile, RulesetLoader.Load(emitted).Manifest.Norms[0].Name);
    }

    [Fact]
    public void A_saved_assembly_gives_the_ruleset_back()
    {
        var emitted = CSharpEmitter.Emit(RandomModule.Create(11));

        var loaded = RulesetLoader.Load(RulesetLoader.Compile(emitted).AsMemory());

        Assert.Equal(ManifestSerializer.Write(emitted.Manifest), ManifestSerializer.Write(loaded.Manifest));
    }

    [Fact]
    public void A_manifest_survives_writing_and_reading()
    {
        var deep = new ReasonSchema("bottom", 0, [], []);
        for (var i = 0; i < 500; i++)
        {
            deep = new ReasonSchema("\u2028 above", 0, [new CitationSchema("a", "b", null)], [deep]);
        }

        var emitted = CSharpEmitter.Emit(RandomModule.Create(7));
        var manifest = emitted.Manifest with { Norms = emitted.Manifest.Norms.SetItem(0, emitted.Manifest.Norms[0] with { Reasons = [deep] }) };
        var json = ManifestSerializer.Write(manifest);

        var read = ManifestSerializer.Read(new MemoryStream(json));

        Assert.Equal(json, ManifestSerializer.Write(read));
        Assert.Equal("\u2028 above", read.Norms[0].Reasons[0].Parts[0].Text);
        Assert.Equal(manifest.Graph.Logic.Length, read.Graph.Logic.Length);
    }

    [Fact]
    public void A_manifest_that_is_cut_short_is_refused()
    {
        var json = ManifestSerializer.Write(CSharpEmitter.Emit(SmallModule.Create()).Manifest);

        Assert.Throws<BadImageFormatException>(() => ManifestSerializer.Read(new MemoryStream(json[..^5])));
    }

    [Theory]
    [InlineData("System.Environment.Exit(0);", "System.Environment")]
    [InlineData("System.IO.File.Delete(\"x\");", "System.IO.File")]
    [InlineData("System.Type.GetType(\"x\");", "System.Type")]
    [InlineData("System.Activator.CreateInstance(typeof(object));", "System.Activator")]
    [InlineData("System.GC.Collect();", "System.GC")]
    public void Code_that_reaches_for_more_than_it_may_is_refused_before_it_is_loaded(string injected, string type)
    {
        var emitted = CSharpEmitter.Emit(SmallModule.Create());
        var poisoned = emitted with { Source = emitted.Source.Replace("var facts = frame.Facts;", injected + "var facts = frame.Facts;", StringComparison.Ordinal) };

        var fault = Assert.Throws<InternalEmitException>(() => RulesetLoader.Compile(poisoned));

        Assert.Contains(type, fault.Repro.Split('\n'));
    }

    [Fact]
    public void An_import_of_native_code_is_refused()
    {
        var emitted = CSharpEmitter.Emit(SmallModule.Create());
        var end = emitted.Source.LastIndexOf('}');
        var poisoned = emitted with
        {
            Source = emitted.Source[..end] + "[System.Runtime.InteropServices.DllImport(\"libc\")] private static extern int getpid(); }",
        };

        Assert.Throws<InternalEmitException>(() => RulesetLoader.Compile(poisoned));
    }

    [Fact]
    public void Code_that_does_not_compile_is_the_compilers_own_fault_with_the_code_to_see_it_again()
    {
        var emitted = CSharpEmitter.Emit(SmallModule.Create());
        var broken = emitted with { Source = emitted.Source + "class" };

        var fault = Assert.Throws<InternalEmitException>(() => RulesetLoader.Compile(broken));

        Assert.DoesNotContain("CS1", fault.Message, StringComparison.Ordinal);
        Assert.Contains(broken.Source, fault.Repro, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_that_holds_no_ruleset_is_refused()
    {
        var image = File.ReadAllBytes(typeof(RulesetLoaderTests).Assembly.Location);

        Assert.Throws<BadImageFormatException>(() => RulesetLoader.Load(image.AsMemory()));
        Assert.Throws<BadImageFormatException>(() => RulesetLoader.Load(Encoding.UTF8.GetBytes("nothing of the kind").AsMemory()));
    }

    [Fact]
    public void Collectible_code_goes_when_nothing_holds_it()
    {
        var (context, explanation) = LoadAndRun(RulesetLoader.Compile(CSharpEmitter.Emit(SmallModule.Create())));

        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
        Assert.Equal(Outcome.NotApplicable, explanation.Outcome & Outcome.NotApplicable);
    }

    [Fact]
    public void A_ruleset_of_many_norms_is_cut_into_methods_of_bounded_size()
    {
        var module = SmallModule.Create();
        const int norms = 800;
        var logic = module.Logic.ToBuilder();
        for (var i = 0; i < norms; i++)
        {
            logic.Add(new IrNot(logic.Count - 1));
        }

        var emitted = CSharpEmitter.Emit(module with
        {
            Logic = logic.ToImmutable(),
            Norms = [.. Enumerable.Range(0, norms).Select(i => SmallModule.Norm(i, SmallModule.FirstFree + i, SmallModule.False, SmallModule.True, -1))],
        });

        var longest = emitted.Source.Split("private static void ").Max(method => method.Count(character => character == '\n'));
        Assert.InRange(longest, 20, 400);
        var evaluator = new Evaluator(RulesetLoader.Load(emitted));
        evaluator.Evaluate([150, 0, 0, 0, 0, 1], new TextDictionary());
        Assert.Equal(Outcome.NotApplicable, evaluator[0]);
        Assert.Equal(Outcome.Required, evaluator[1]);
        Assert.Equal(Outcome.Required, evaluator[norms - 1]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Context, Runtime.Explanations.Explanation Explanation) LoadAndRun(byte[] assembly)
    {
        var ruleset = RulesetLoader.Load(assembly.AsMemory(), isCollectible: true);
        var evaluator = new Evaluator(ruleset);
        evaluator.Evaluate(SmallModule.Record(), new TextDictionary());
        var batch = new Runtime.Columns.ColumnBatch(ruleset.Manifest.Facts, 64) { Count = 3 };
        evaluator.Classify(batch);
        var context = System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(ruleset.Program.GetType().Assembly);
        return (new WeakReference(context), evaluator.Explain(0));
    }
}
