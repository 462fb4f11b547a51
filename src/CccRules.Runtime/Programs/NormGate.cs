using System.Numerics;
using System.Runtime.Intrinsics;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

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

    /// <summary>A bucket is as wide as two headings: 2^31 codes of thirteen digits.</summary>
    private const int BucketBits = 31;

    private readonly long[] _cuts;
    private readonly long[] _padded;
    private readonly int[] _starts;
    private readonly bool _hasFullBuckets;
    private readonly GateAnswer?[] _answers;
    private readonly bool[] _isSettled;

    private NormGate(int fact, long[] cuts)
    {
        Fact = fact;
        _cuts = cuts;
        _padded = [.. cuts, .. Enumerable.Repeat(long.MaxValue, Vector512<long>.Count)];
        _starts = Starts(cuts);
        _hasFullBuckets = _starts.Zip(_starts.Skip(1)).Any(bucket => bucket.Second - bucket.First > Vector512<long>.Count);
        // A class on each side of every cut, and one each for missing and none.
        _answers = new GateAnswer?[cuts.Length + 3];
        _isSettled = new bool[_answers.Length];
    }

    /// <summary>The HS code.</summary>
    public int Fact { get; }

    /// <summary>Codes that settle everything, as they were written.</summary>
    public SettledCodes Texts { get; } = new();

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

        var (lower, upper) = HsCodeRange.Of(code);
        var first = CutsUpTo(lower);
        return first == _cuts.Length || _cuts[first] > upper ? first : -1;
    }

    /// <summary>
    /// A class settles every outcome, and its answer is there. Asked before the answer: what hangs on it must be guessed until it is known, and this is
    /// known sooner.
    /// </summary>
    public bool IsSettled(int code) => Volatile.Read(ref _isSettled[code]);

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
        Volatile.Write(ref _isSettled[code], answer.Open.Length == 0);
        return answer;
    }

    /// <summary>Number of cuts at or below a code, without a branch that hangs on the code: where it lies cannot be predicted.</summary>
    private int CutsUpTo(long code)
    {
        var bucket = (int)(code >> BucketBits);
        var low = _starts[bucket];
        if (_hasFullBuckets && _starts[bucket + 1] - low > Vector512<long>.Count)
        {
            var found = Array.BinarySearch(_cuts, low, _starts[bucket + 1] - low, code);
            return found >= 0 ? found + 1 : ~found;
        }

        // The cuts of later buckets are above the code, and so is what fills up the end.
        var isPassed = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(in _padded[low]), Vector512.Create(code));
        return low + BitOperations.PopCount(isPassed.ExtractMostSignificantBits());
    }

    /// <summary>By bucket the number of cuts before it, and that of all.</summary>
    private static int[] Starts(long[] cuts)
    {
        var starts = new int[(HsCodeRange.MostCode >> BucketBits) + 2];
        var cut = 0;
        for (var bucket = 0; bucket < starts.Length; bucket++)
        {
            while (cut < cuts.Length && cuts[cut] < (long)bucket << BucketBits)
            {
                cut++;
            }

            starts[bucket] = cut;
        }

        return starts;
    }
}

/// <summary>Outcomes while nothing but the HS code is known, and the norms that are open then.</summary>
internal sealed record GateAnswer(byte[] Outcomes, int[] Open);
