using System.Collections.Immutable;

namespace CccRules.Runtime.Kernels;

/// <summary>The forms of the kernels, best first. The first that the machine has is used.</summary>
internal static class KernelCatalog
{
    private static readonly (bool IsSupported, Func<KernelSet> Create)[] Forms =
    [
        // Byte permutation looks a table up in one instruction for 64 rows.
        (Vector512Form.IsSupported, () => new VectorKernels<Vector512Form>()),
        // Any other machine with vectors.
        (Vector256Form.IsSupported, () => new VectorKernels<Vector256Form>()),
        // Everywhere; tests hold the others against it.
        (true, () => new PlainKernels()),
    ];

    /// <summary>The forms that this machine runs, best first.</summary>
    public static ImmutableArray<KernelSet> Supported { get; } =
        [.. Forms.Where(form => form.IsSupported).Select(form => form.Create())];

    /// <summary>The form in use unless a test forces another.</summary>
    public static KernelSet Best => Supported[0];
}
