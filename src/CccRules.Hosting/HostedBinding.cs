using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CccRules.Runtime;
using CccRules.Runtime.Records;

namespace CccRules.Hosting;

/// <summary>A type that the application has bound: every new ruleset must fit it before it serves.</summary>
internal abstract class HostedBinding
{
    /// <summary>Position of the binding's pool in every <see cref="Generation"/>.</summary>
    public required int Index { get; init; }

    /// <summary>A pool of evaluators for a ruleset; null, with the reasons, where the type does not fit it.</summary>
    public abstract object? Prepare(Ruleset ruleset, out ImmutableArray<RecordDiagnostic> diagnostics);
}

internal sealed class HostedBinding<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RecordBindingOptions options) : HostedBinding
{
    public RecordBindingOptions Options { get; } = options;

    public override object? Prepare(Ruleset ruleset, out ImmutableArray<RecordDiagnostic> diagnostics) =>
        ruleset.TryBind<T>(out var binding, out diagnostics, Options) ? new EvaluatorPool<RecordEvaluator<T>>(binding.CreateEvaluator) : null;
}

internal sealed class HostedNames(RecordBindingOptions options) : HostedBinding
{
    public RecordBindingOptions Options { get; } = options;

    public override object? Prepare(Ruleset ruleset, out ImmutableArray<RecordDiagnostic> diagnostics)
    {
        try
        {
            _ = ruleset.Bind(Options);
            diagnostics = [];
            return new EvaluatorPool<RecordEvaluator>(() => ruleset.Bind(Options));
        }
        catch (RecordBindingException fault)
        {
            diagnostics = fault.Diagnostics;
            return null;
        }
    }
}
