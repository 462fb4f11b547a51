using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Hosting;
using CccRules.Runtime.Programs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CccRules.Tests.Hosting;

public sealed class RulesetHostTests
{
    private static readonly DateOnly AsOf = new(2027, 6, 1);

    [Fact]
    public async Task New_rules_serve_and_broken_ones_change_nothing()
    {
        using var host = new RulesetHost(new RulesetHostOptions());
        Assert.Throws<InvalidOperationException>(() => host.Current);
        Assert.Equal(ReloadStatus.Swapped, (await host.ReloadAsync(Rules(10))).Status);
        var evaluator = host.Bind<Item>();
        Assert.Equal(Outcome.Required, Ask(evaluator, 11));
        Assert.Equal(Outcome.NotApplicable, Ask(evaluator, 10));

        Assert.Equal(ReloadStatus.Unchanged, (await host.ReloadAsync(Rules(10))).Status);
        var before = host.Current;
        var broken = await host.ReloadAsync([SourceText.From("a.ccc", "ruleset a\nrecord r\n quantity : integer\nobligation o \"O\" when quantty > 1")]);
        Assert.Equal(ReloadStatus.Refused, broken.Status);
        Assert.Contains(broken.Diagnostics, diagnostic => diagnostic.Id == "CCC2001");
        Assert.Contains("a.ccc:4", broken.ErrorText, StringComparison.Ordinal);
        Assert.Same(before, host.Current);
        Assert.Same(broken, host.LastReload);

        Assert.Equal(2, (await host.ReloadAsync(Rules(20))).Generation);
        Assert.Equal(Outcome.NotApplicable, Ask(evaluator, 11));
    }

    [Fact]
    public async Task Rules_that_do_not_fit_a_bound_type_are_refused()
    {
        using var host = new RulesetHost(new RulesetHostOptions());
        await host.ReloadAsync(Rules(10));
        var evaluator = host.Bind<Item>();

        var other = await host.ReloadAsync([SourceText.From("a.ccc", "ruleset a\nrecord r\n quantity : date\nobligation o \"O\" when quantity > 2026-01-01")]);

        Assert.Equal(ReloadStatus.Refused, other.Status);
        Assert.Contains("Item.Quantity", other.ErrorText, StringComparison.Ordinal);
        Assert.Equal(Outcome.Required, Ask(evaluator, 11));
    }

    [Fact]
    public async Task A_request_that_has_begun_ends_by_the_rules_it_began_with()
    {
        using var host = new RulesetHost(new RulesetHostOptions());
        await host.ReloadAsync(Rules(10));
        var evaluator = host.Bind<Item>();
        Outcome before, after, next;
        using (var lease = evaluator.Rent())
        {
            before = lease.Evaluate(new Item(15), AsOf)["many"];
            await host.ReloadAsync(Rules(20));
            after = lease.Evaluate(new Item(15), AsOf)["many"];
            next = Ask(evaluator, 15);
        }

        Assert.Equal((Outcome.Required, Outcome.Required, Outcome.NotApplicable), (before, after, next));
    }

    [Fact]
    public async Task Threads_that_ask_while_rules_are_swapped_see_one_or_the_other()
    {
        // Two norms that always say the opposite in one generation: a mixture would show.
        var images = new[] { 10, 20 }.Select(limit => Compilation.Create(SyntaxTree.Parse(Rules(limit)[0])).Emit()).ToArray();
        using var host = new RulesetHost(new RulesetHostOptions());
        await host.ReloadAsync(images[0]);
        var evaluator = host.Bind<Item>();
        using var stop = new CancellationTokenSource();
        var mixed = new ConcurrentBag<string>();
        var asked = 0L;
        var askers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var lease = evaluator.Rent();
                var first = lease.Evaluate(new Item(15), AsOf)["many"];
                var second = lease.Evaluate(new Item(15), AsOf)["few"];
                if (first == second || (first | second) != (Outcome.Required | Outcome.NotApplicable))
                {
                    mixed.Add($"{first} {second}");
                }

                Interlocked.Increment(ref asked);
            }
        })).ToArray();
        for (var i = 1; i <= 200; i++)
        {
            Assert.Equal(ReloadStatus.Swapped, (await host.ReloadAsync(images[i % 2])).Status);
        }

        await stop.CancelAsync();
        await Task.WhenAll(askers);
        Assert.Empty(mixed);
        Assert.True(asked > 200);
    }

    [Fact]
    public async Task A_folder_that_is_watched_is_reloaded_when_it_changes()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "a.ccc");
            await File.WriteAllTextAsync(file, Rules(10)[0].Content);
            using var host = new RulesetHost(new RulesetHostOptions { Folder = folder.FullName, Watch = true, SettleTime = TimeSpan.FromMilliseconds(50) });
            Assert.Equal(ReloadStatus.Swapped, (await host.ReloadAsync()).Status);
            var reloads = System.Threading.Channels.Channel.CreateUnbounded<ReloadResult>();
            host.Reloaded += (_, result) => reloads.Writer.TryWrite(result);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

            await File.WriteAllTextAsync(file, "ruleset a when");
            Assert.Equal(ReloadStatus.Refused, await Next(ReloadStatus.Refused));
            await File.WriteAllTextAsync(file, Rules(20)[0].Content);
            Assert.Equal(ReloadStatus.Swapped, await Next(ReloadStatus.Swapped));

            // A file that is still being written can show as more than one change.
            async Task<ReloadStatus> Next(ReloadStatus wanted)
            {
                while (true)
                {
                    var result = await reloads.Reader.ReadAsync(patience.Token);
                    if (result.Status == wanted)
                    {
                        return result.Status;
                    }
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_reported()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var empty = new RulesetHost(new RulesetHostOptions { Folder = folder.FullName });
            Assert.Equal("CCC0013", (await empty.ReloadAsync()).Diagnostics.Single().Id);

            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "a.ccc"), [0x72, 0xFF]);
            Assert.Equal("CCC0010", (await empty.ReloadAsync()).Diagnostics.Single().Id);

            using var gone = new RulesetHost(new RulesetHostOptions { Folder = Path.Combine(folder.FullName, "gone") });
            Assert.Equal("CCC0010", (await gone.ReloadAsync()).Diagnostics.Single().Id);

            using var image = new RulesetHost(new RulesetHostOptions { Assembly = Path.Combine(folder.FullName, "a.ccc") });
            Assert.Equal("CCC0010", (await image.ReloadAsync()).Diagnostics.Single().Id);

            var small = new CompilationOptions { Limits = new CompilationLimits { Characters = 10 } };
            using var large = new RulesetHost(new RulesetHostOptions { Texts = Rules(1), Compilation = small });
            Assert.Equal("CCC0022", (await large.ReloadAsync()).Diagnostics.Single().Id);

            using var slow = new RulesetHost(new RulesetHostOptions { Texts = Rules(1), CompileTime = TimeSpan.Zero });
            Assert.Equal("CCC0021", (await slow.ReloadAsync()).Diagnostics.Single().Id);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Services_load_measure_and_tell_their_health()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCccRules(options => options.Texts = Rules(10)).Bind<Item>().BindNames();
        await using var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "CccRules" && instrument.Meter.Scope is null)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();

        var evaluator = provider.GetRequiredService<HostedEvaluator<Item>>();
        Assert.Equal(Outcome.Required, Ask(evaluator, 11));
        using var json = System.Text.Json.JsonDocument.Parse("""{"quantity": 11}""");
        Assert.Equal(Outcome.Required, provider.GetRequiredService<HostedEvaluator>().Evaluate(json.RootElement, AsOf).Norms.Single(norm => norm.Norm.Name == "many").Outcome);
        Assert.True(measured["cccrules.evaluations"] >= 2);
        Assert.True(measured["cccrules.outcomes"] >= 4);
        Assert.True(measured["cccrules.evaluation.duration"] > 0);

        var health = provider.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
        await provider.GetRequiredService<RulesetHost>().ReloadAsync([SourceText.From("a.ccc", "ruleset")]);
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task Tables_beside_the_rules_are_part_of_them_and_nothing_outside_the_folder_is()
    {
        const string Rules = """
            ruleset tables
            record item
              quantity : integer
              kind : text
            table limits unique
              match kind as "Kind"
              gives limit : integer as "Limit"
              from "FILE"
            obligation few "Few" when quantity > limit
            """;
        var root = Directory.CreateTempSubdirectory("ccc-hosting");
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(root.FullName, "rules", "data")).Parent!.FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "tables.ccc"), Rules.Replace("FILE", "data/limits.csv", StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(folder, "data", "limits.csv"), "Kind,Limit\nlamp,10\n");
            using var host = new RulesetHost(new RulesetHostOptions { Folder = folder });
            Assert.Equal((ReloadStatus.Swapped, ""), await Reload(host));
            Assert.Equal(Outcome.Required, host.Current.Bind().Evaluate(new Dictionary<string, object?> { ["kind"] = "lamp", ["quantity"] = 15 }, AsOf)["few"]);
            Assert.Equal(ReloadStatus.Unchanged, (await host.ReloadAsync()).Status);

            await File.WriteAllTextAsync(Path.Combine(folder, "data", "limits.csv"), "Kind,Limit\nlamp,20\n");
            Assert.Equal((ReloadStatus.Swapped, ""), await Reload(host));
            Assert.Equal(Outcome.NotApplicable, host.Current.Bind().Evaluate(new Dictionary<string, object?> { ["kind"] = "lamp", ["quantity"] = 15 }, AsOf)["few"]);

            await File.WriteAllTextAsync(Path.Combine(root.FullName, "secret.csv"), "Kind,Limit\nlamp,1\n");
            foreach (var name in (string[])["../secret.csv", "../../secret.csv", Path.Combine(root.FullName, "secret.csv"), "data/../../secret.csv", "nowhere.csv"])
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "tables.ccc"), Rules.Replace("FILE", name, StringComparison.Ordinal));
                Assert.Equal(ReloadStatus.Refused, (await host.ReloadAsync()).Status);
            }

            using var small = new RulesetHost(new RulesetHostOptions { Folder = folder, Compilation = new CompilationOptions { Limits = new CompilationLimits { DataBytes = 5 } } });
            await File.WriteAllTextAsync(Path.Combine(folder, "tables.ccc"), Rules.Replace("FILE", "data/limits.csv", StringComparison.Ordinal));
            Assert.Equal("CCC0012", (await small.ReloadAsync()).Diagnostics.Single().Id);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static async Task<(ReloadStatus Status, string ErrorText)> Reload(RulesetHost host)
    {
        var result = await host.ReloadAsync();
        return (result.Status, result.ErrorText);
    }

    [Fact]
    public async Task An_application_does_not_start_with_rules_that_have_errors()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCccRules(options => options.Texts = [SourceText.From("a.ccc", "ruleset a\ncategory c when x")]);
        await using var provider = services.BuildServiceProvider();
        var fault = await Assert.ThrowsAsync<RulesetRefusedException>(async () =>
        {
            foreach (var service in provider.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
            }
        });
        Assert.Contains("a.ccc:2", fault.Message, StringComparison.Ordinal);
    }

    internal static Outcome Ask(HostedEvaluator<Item> evaluator, int quantity) =>
        evaluator.Evaluate(new Item(quantity), AsOf, static answer => answer["many"]);

    internal static ImmutableArray<SourceText> Rules(int limit) =>
    [
        SourceText.From(
            "a.ccc",
            $"""
            ruleset a
            record r
              quantity : integer
            obligation many "Many" when quantity > {limit}
            obligation few "Few" when quantity <= {limit}
            """),
    ];

    internal sealed record Item(int? Quantity);
}
