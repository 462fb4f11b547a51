using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;
using CccRules.Runtime;
using CccRules.Runtime.Records;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CccRules.Hosting;

/// <summary>
/// Rules that can be replaced while an application serves. New rules are compiled aside, fitted to every type that the application has bound, and
/// swapped in by one write of one reference: a request sees the old rules or the new ones, never some of both. Rules that
/// have errors, or do not fit, change nothing and are reported. Rules that are replaced are unloaded when the last request that uses them ends.
/// </summary>
/// <remarks>Every member may be called from any thread at any time. Reloads run one after another.</remarks>
public sealed class RulesetHost : IDisposable
{
    /// <summary>Trees of conditions are walked by recursion; the room for it does not depend on the application's threads.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    private readonly RulesetHostOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _reloading = new(1, 1);
    private readonly List<HostedBinding> _bindings = [];
    private readonly RulesetWatcher? _watcher;
    private volatile Generation? _generation;
    private volatile ReloadResult? _last;

    /// <param name="options">Read once; later changes have no effect on paths and watching.</param>
    public RulesetHost(RulesetHostOptions options, ILogger<RulesetHost>? logger = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = logger ?? NullLogger<RulesetHost>.Instance;
        Metrics = new RulesetMetrics(meters, () => _generation?.Number ?? 0);
        _watcher = options.Watch ? RulesetWatcher.Create(options, () => ReloadAsync(CancellationToken.None)) : null;
    }

    /// <summary>Tells of every reload, after it is done; from the thread that did it.</summary>
    public event EventHandler<ReloadResult>? Reloaded;

    /// <summary>The rules that are current.</summary>
    /// <exception cref="InvalidOperationException">No rules are loaded.</exception>
    public Ruleset Current => Generation.Ruleset;

    /// <summary>The report of the last reload; null before the first.</summary>
    public ReloadResult? LastReload => _last;

    internal bool HasRules => _generation is not null;

    internal Generation Generation => _generation ?? throw new InvalidOperationException("No rules are loaded: none was asked for, or the first had errors.");

    internal RulesetMetrics Metrics { get; }

    /// <summary>Reads the rules of the options again, and begins to watch them where they say so.</summary>
    public Task<ReloadResult> ReloadAsync(CancellationToken cancellation = default) => RunAsync(
        () =>
        {
            _watcher?.Start();
            return _options.Assembly is { } assembly
                ? RulesetSource.OfAssembly(assembly)
                : RulesetSource.Read(_options, cancellation);
        },
        cancellation);

    /// <summary>Compiles texts, which need not be in files, and lets them serve.</summary>
    public Task<ReloadResult> ReloadAsync(IEnumerable<SourceText> texts, CancellationToken cancellation = default)
    {
        ImmutableArray<SourceText> given = [.. texts];
        return RunAsync(() => RulesetSource.OfTexts(given), cancellation);
    }

    /// <summary>Lets an assembly serve that <c>ccc build</c> or <see cref="Compilation.Emit"/> made.</summary>
    public Task<ReloadResult> ReloadAsync(ReadOnlyMemory<byte> assembly, CancellationToken cancellation = default) =>
        RunAsync(() => RulesetSource.OfImage(assembly), cancellation);

    /// <summary>Binds a type of the application: the current rules and all that come later must fit it.</summary>
    /// <exception cref="RecordBindingException">The type does not fit the current rules.</exception>
    public HostedEvaluator<T> Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RecordBindingOptions? options = null)
    {
        var wanted = options ?? RecordBindingOptions.Default;
        return new HostedEvaluator<T>(this, Add(
            known => known is HostedBinding<T> typed && typed.Options == wanted,
            index => new HostedBinding<T>(wanted) { Index = index }));
    }

    /// <summary>An evaluator of dictionaries and JSON objects by the rules' own names.</summary>
    /// <exception cref="RecordBindingException">An assumption answers no question of the current rules.</exception>
    public HostedEvaluator Bind(RecordBindingOptions? options = null)
    {
        var wanted = options ?? RecordBindingOptions.Default;
        return new HostedEvaluator(this, Add(
            known => known is HostedNames names && names.Options == wanted,
            index => new HostedNames(wanted) { Index = index }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher?.Dispose();
        Metrics.Dispose();
        _reloading.Dispose();
    }

    private HostedBinding Add(Predicate<HostedBinding> isWanted, Func<int, HostedBinding> create)
    {
        _reloading.Wait();
        try
        {
            if (_bindings.Find(isWanted) is { } known)
            {
                return known;
            }

            var binding = create(_bindings.Count);
            if (_generation is { } generation)
            {
                var pool = binding.Prepare(generation.Ruleset, out var diagnostics) ?? throw new RecordBindingException(diagnostics);
                _generation = generation with { Pools = generation.Pools.Add(pool) };
            }

            _bindings.Add(binding);
            return binding;
        }
        finally
        {
            _reloading.Release();
        }
    }

    private async Task<ReloadResult> RunAsync(Func<RulesetSource> read, CancellationToken cancellation)
    {
        await _reloading.WaitAsync(cancellation).ConfigureAwait(false);
        ReloadResult result;
        try
        {
            result = await OnLargeStack(() => Run(read, cancellation)).ConfigureAwait(false);
            _last = result;
        }
        finally
        {
            _reloading.Release();
        }

        Metrics.Reloaded(result.Status);
        Log(result);
        Reloaded?.Invoke(this, result);
        return result;
    }

    private static Task<ReloadResult> OnLargeStack(Func<ReloadResult> run)
    {
        var done = new TaskCompletionSource<ReloadResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(run());
                }
#pragma warning disable CA1031 // It goes to the one who waits for the reload.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    done.SetException(fault);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "rules",
        };
        thread.Start();
        return done.Task;
    }

    private ReloadResult Run(Func<RulesetSource> read, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var source = read();
        if (source.Diagnostics.IsEmpty && source.Fingerprint == _generation?.Fingerprint)
        {
            return Result(ReloadStatus.Unchanged, [], [], started);
        }

        var ruleset = source.Load(_options, cancellation, out var diagnostics);
        if (ruleset is null)
        {
            return Result(ReloadStatus.Refused, diagnostics, [], started);
        }

        var pools = ImmutableArray.CreateBuilder<object>(_bindings.Count);
        var remarks = ImmutableArray.CreateBuilder<RecordDiagnostic>();
        foreach (var binding in _bindings)
        {
            if (binding.Prepare(ruleset, out var found) is { } pool)
            {
                pools.Add(pool);
            }

            remarks.AddRange(found);
        }

        if (pools.Count < _bindings.Count)
        {
            return Result(ReloadStatus.Refused, diagnostics, remarks.ToImmutable(), started);
        }

        // The swap: one reference, which a request reads once.
        _generation = new Generation((_generation?.Number ?? 0) + 1, ruleset, source.Fingerprint, pools.ToImmutable());
        return Result(ReloadStatus.Swapped, diagnostics, remarks.ToImmutable(), started);
    }

    private ReloadResult Result(ReloadStatus status, ImmutableArray<Diagnostic> diagnostics, ImmutableArray<RecordDiagnostic> binding, long started) =>
        new(status, _generation?.Number ?? 0, diagnostics, binding, Stopwatch.GetElapsedTime(started));

    private void Log(ReloadResult result)
    {
        switch (result.Status)
        {
            case ReloadStatus.Swapped:
                HostLog.Swapped(_logger, result.Generation, result.Duration.TotalMilliseconds);
                break;
            case ReloadStatus.Refused:
                HostLog.Refused(_logger, result.Generation, result.ErrorText);
                break;
            default:
                HostLog.Unchanged(_logger, result.Generation);
                break;
        }
    }
}
