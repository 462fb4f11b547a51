using System.Collections.Immutable;

namespace CccRules.Runtime.Kernels;

/// <summary>The forms of the kernels, best first. The first that the machine has is used.</summary>
internal static class KernelCatalog
{
    /// <summary>The forms that this machine runs, best first.</summary>
    public static ImmutableArray<KernelSet> Supported { get; } = [new PlainKernels()];

    /// <summary>The form in use unless a test forces another.</summary>
    public static KernelSet Best => Supported[0];
}
