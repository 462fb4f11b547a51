using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Batch.Sources.Csv;

/// <summary>The forms in order of preference, and why each is there.</summary>
internal static class BlockForms
{
    public static ImmutableArray<BlockForm> All { get; } =
    [
        new("512 bit", "one load a block; places are written by compressing a row of numbers", Avx512Vbmi2.IsSupported && Vector512.IsHardwareAccelerated, separator => Block512.Takes(separator) ? new CsvIndexer<Block512>(separator) : new CsvIndexer<Block256>(separator)),
        new("256 bit", "machines without AVX-512", Vector256.IsHardwareAccelerated, separator => new CsvIndexer<Block256>(separator)),
        new("plain", "every other machine, and the form that the others are compared with", true, separator => new CsvIndexer<BlockPlain>(separator)),
    ];

    public static BlockForm Best { get; } = All.First(form => form.IsSupported);
}

/// <summary>A form with its name, its reason, and how to make an indexer that uses it.</summary>
internal sealed record BlockForm(string Name, string Reason, bool IsSupported, Func<char, CsvIndexer> Create);
