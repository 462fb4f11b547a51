using System.Runtime.CompilerServices;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Hosting;
using CccRules.Runtime.Programs;
using static CccRules.Tests.Hosting.RulesetHostTests;

namespace CccRules.Tests.Hosting;

/// <summary>Tests that look at the memory of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(UnloadTests), DisableParallelization = true)]
[Collection(nameof(UnloadTests))]
public sealed class UnloadTests
{
    [Fact]
    public async Task A_thousand_reloads_leave_nothing_behind()
    {
        var images = new[] { 10, 20 }.Select(limit => Compilation.Create(SyntaxTree.Parse(Rules(limit)[0])).Emit()).ToArray();
        using var host = new RulesetHost(new RulesetHostOptions());
        await host.ReloadAsync(images[0]);
        var evaluator = host.Bind<Item>();
        var codes = new List<WeakReference>();
        var early = 0L;
        for (var i = 1; i <= 1_000; i++)
        {
            Assert.Equal(ReloadStatus.Swapped, (await host.ReloadAsync(images[i % 2])).Status);
            Assert.Equal(i % 2 == 0 ? Outcome.Required : Outcome.NotApplicable, Ask(evaluator, 15));
            codes.Add(CodeOf(host));
            if (i == 200)
            {
                early = Settle();
            }
        }

        var late = Settle();
        Assert.Equal(1_001, host.LastReload!.Generation);
        // The rules that serve are alive, and those of the last answer may be.
        Assert.InRange(codes.Count(code => code.IsAlive), 0, 3);
        // One generation that stays behind in eight hundred would not show here; one in five would.
        Assert.True(late - early < 8_000_000, $"{early:N0} bytes after 200 reloads, {late:N0} after 1,000");
    }

    [Fact]
    public async Task Reloads_from_text_are_unloaded_as_well()
    {
        using var host = new RulesetHost(new RulesetHostOptions());
        var codes = new List<WeakReference>();
        for (var i = 1; i <= 10; i++)
        {
            await host.ReloadAsync(Rules(i));
            codes.Add(CodeOf(host));
        }

        Settle();
        Assert.InRange(codes.Count(code => code.IsAlive), 1, 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CodeOf(RulesetHost host) => new(host.Current.Program.GetType().Assembly);

    private static long Settle()
    {
        for (var i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
