using System.Collections.Frozen;
using CccRules.Runtime.Facts;

namespace CccRules.Batch;

/// <summary>Faults of data by their public codes, <c>CCC8001</c> and so on.</summary>
public static class FaultCodes
{
    private static readonly FrozenDictionary<string, string> Sentences = Enum.GetValues<FactFault>()
        .Where(fault => fault != FactFault.None)
        .Select(fault => KeyValuePair.Create(fault.Code(), fault.Sentence()))
        .Concat(Enum.GetValues<RowFaultKind>()
            .Where(fault => fault != RowFaultKind.None)
            .Select(fault => KeyValuePair.Create(fault.Code(), fault.Sentence())))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong; null for a code that no fault of data has.</summary>
    public static string? SentenceOf(string code) => Sentences.GetValueOrDefault(code);
}
