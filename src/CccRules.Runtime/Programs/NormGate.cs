using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Programs;

/// <summary>
/// What a record's HS code settles by itself. Learning a fact only ever narrows an outcome, so an outcome that is settled while nothing but the code
/// is known stays what it is, whatever the other facts are; only the other norms need be computed. Codes between which no test of the rules can
/// tell have one answer. Answers are found when first needed and kept; safe for any number of threads.
/// </summary>
internal sealed class NormGate
{
    /// <summary>Outcomes that are kept, a byte each.</summary>
    private const long MostOutcomes = 1 << 24;

    private readonly long[] _cuts;
    private readonly GateAnswer?[] _answers;

    private NormGate(int fact, long[] cuts)
    {
        Fact = fact;
        _cuts = cuts;
        // A class on each side of every cut, and one each for missing and none.
        _answers = new GateAnswer?[cuts.Length + 3];
    }

    /// <summary>The HS code.</summary>
    public int Fact { get; }

    /// <summary>The gate of a ruleset; null where it has none.</summary>
    public static NormGate? Create(RulesetManifest manifest) =>
        manifest.Tables.GateFact >= 0 && (manifest.Tables.GateCuts.Length + 3L) * manifest.Norms.Length <= MostOutcomes
            ? new NormGate(manifest.Tables.GateFact, [.. manifest.Tables.GateCuts])
            : null;

    /// <summary>The class of a code; -1 where it has too few digits to lie in one.</summary>
    public int ClassOf(long code)
    {
        if (code <= Facts.Fact.None)
        {
            return _cuts.Length + (code == Facts.Fact.Missing ? 1 : 2);
        }

        var (lower, upper) = Trade.HsCodeRange.Of(code);
        var first = CutsUpTo(lower);
        return first == _cuts.Length || _cuts[first] > upper ? first : -1;
    }

    /// <summary>What a class settles; null where that was not asked before.</summary>
    public GateAnswer? this[int code] => Volatile.Read(ref _answers[code]);

    public GateAnswer Keep(int code, ReadOnlySpan<byte> outcomes)
    {
        var open = new List<int>();
        for (var norm = 0; norm < outcomes.Length; norm++)
        {
            if (!((Outcome)outcomes[norm]).IsSettled())
            {
                open.Add(norm);
            }
        }

        var answer = new GateAnswer(outcomes.ToArray(), [.. open]);
        Volatile.Write(ref _answers[code], answer);
        return answer;
    }

    /// <summary>Number of cuts at or below a code.</summary>
    private int CutsUpTo(long code)
    {
        var (low, high) = (0, _cuts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_cuts[middle] <= code)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

/// <summary>Outcomes while nothing but the HS code is known, and the norms that are open then.</summary>
internal sealed record GateAnswer(byte[] Outcomes, int[] Open);
