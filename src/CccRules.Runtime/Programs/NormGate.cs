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

    private readonly HsClasses _classes;
    private readonly GateAnswer?[] _answers;
    private readonly bool[] _isSettled;

    private NormGate(int fact, HsClasses classes)
    {
        Fact = fact;
        _classes = classes;
        _answers = new GateAnswer?[classes.Count];
        _isSettled = new bool[classes.Count];
    }

    /// <summary>The HS code.</summary>
    public int Fact { get; }

    /// <summary>Codes that settle everything, as they were written.</summary>
    public SettledCodes Texts { get; } = new();

    /// <summary>The gate of a ruleset; null where it has none.</summary>
    public static NormGate? Create(RulesetManifest manifest) =>
        manifest.Tables is { GateFact: >= 0, HasNormForm: true } && (manifest.Tables.GateCuts.Length + 3L) * manifest.Norms.Length <= MostOutcomes
            ? new NormGate(manifest.Tables.GateFact, new HsClasses(manifest.Tables.GateCuts.AsSpan()))
            : null;

    /// <summary>The class of a code; -1 where it has too few digits to lie in one.</summary>
    public int ClassOf(long code) => _classes.Of(code);

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
}

/// <summary>Outcomes while nothing but the HS code is known, and the norms that are open then.</summary>
internal sealed record GateAnswer(byte[] Outcomes, int[] Open);
