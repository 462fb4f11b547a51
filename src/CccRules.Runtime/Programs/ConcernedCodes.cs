using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Programs;

/// <summary>
/// The HS codes that can concern some norms, whatever else a record says: a norm that its code alone settles as not applicable stays so, since
/// learning a fact only ever narrows an outcome. Answers are found when they are first needed and kept; safe for any number of threads.
/// </summary>
public sealed class ConcernedCodes
{
    private const byte No = 0;
    private const byte Yes = 1;

    /// <summary>A bucket has codes of several classes: look at the code itself.</summary>
    private const byte Mixed = 2;

    private const byte Unknown = 3;

    /// <summary>A bucket is as wide as 13 subheadings: 2^27 codes of thirteen digits, so that the table stays in the cache of a core.</summary>
    private const int BucketBits = 27;

    /// <summary>What a code is encoded with beside its thirteen digits; see <see cref="Fact"/>.</summary>
    private const int LengthBits = 4;

    /// <summary>Codes with fewer digits stand for so many that a bucket cannot answer for them.</summary>
    private const int FewestDigits = 6;

    /// <summary>Classes times norms at most: to find an answer, all norms are evaluated.</summary>
    private const long MostOutcomes = 1 << 24;

    private readonly Lock _lock = new();
    private readonly Evaluator _evaluator;
    private readonly int[] _norms;
    private readonly long[] _known;
    private readonly long[] _facts;
    private readonly HsClasses? _classes;
    private readonly byte[] _ofClass;
    private readonly ConcurrentDictionary<long, bool> _ofCoarse = [];
    private readonly byte[] _ofBucket;

    /// <param name="ruleset">The rules.</param>
    /// <param name="norms">The norms that are asked about, as positions in the ruleset's norms.</param>
    /// <param name="known">What is the same in every record, one number a fact as <see cref="Fact"/> says, and missing for the others.</param>
    public ConcernedCodes(Ruleset ruleset, IEnumerable<int> norms, ReadOnlySpan<long> known)
    {
        ArgumentNullException.ThrowIfNull(ruleset);
        _evaluator = new Evaluator(ruleset);
        _norms = [.. norms];
        _known = known.ToArray();
        _facts = new long[known.Length];
        var tables = ruleset.Manifest.Tables;
        Fact = tables.GateFact >= 0 && (tables.GateCuts.Length + 3L) * ruleset.Manifest.Norms.Length <= MostOutcomes ? tables.GateFact : -1;
        _classes = Fact < 0 ? null : new HsClasses(tables.GateCuts.AsSpan());
        _ofClass = new byte[_classes?.Count ?? 0];
        _ofBucket = new byte[_classes is null ? 0 : (HsCodeRange.MostCode >> BucketBits) + 1];
        Array.Fill(_ofClass, Unknown);
        Array.Fill(_ofBucket, Unknown);
    }

    /// <summary>The fact that is the HS code; -1 where rules have none, or are too many to tell: then every record may be concerned.</summary>
    public int Fact { get; }

    /// <summary>Finds the records that may be concerned.</summary>
    /// <param name="codes">Their HS codes, as <see cref="Facts.Fact"/> says.</param>
    /// <param name="found">The positions of those that may be; as many numbers as there are codes are written over.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Find(ReadOnlySpan<long> codes, Span<int> found)
    {
        var count = 0;
        var ofBucket = _ofBucket;
        found = found[..codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i];
            var bucket = (ulong)code >> (BucketBits + LengthBits);
            int answer = bucket < (ulong)ofBucket.Length && (code & 15) >= FewestDigits ? ofBucket[bucket] : Mixed;
            if (answer >= Mixed)
            {
                answer = Contains(code) ? Yes : No;
            }

            // Which ones are found cannot be foretold: each is written, and what is too much is written over.
            found[count] = i;
            count += answer;
        }

        return count;
    }

    /// <summary>Whether a record may be concerned.</summary>
    /// <param name="code">Its HS code, as <see cref="Facts.Fact"/> says.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Contains(long code)
    {
        var isKnown = code > Facts.Fact.None;
        if (_classes is null || (isKnown && (ulong)code >> LengthBits > HsCodeRange.MostCode))
        {
            return true;
        }

        var @class = _classes.Of(code);
        if (@class < 0)
        {
            return ContainsCoarse(code);
        }

        var answer = Volatile.Read(ref _ofClass[@class]);
        var mustFind = answer == Unknown || (isKnown && Volatile.Read(ref _ofBucket[code >> (BucketBits + LengthBits)]) == Unknown);
        return (mustFind ? Find(code, @class) : answer) == Yes;
    }

    /// <summary>A code that stands for codes of several classes. There are few: each is the beginning of a code at which some test changes its answer.</summary>
    private bool ContainsCoarse(long code)
    {
        if (!_ofCoarse.TryGetValue(code, out var answer))
        {
            lock (_lock)
            {
                answer = CanConcern(code);
            }

            _ofCoarse.TryAdd(code, answer);
        }

        return answer;
    }

    private byte Find(long code, int @class)
    {
        lock (_lock)
        {
            var answer = _ofClass[@class];
            if (answer == Unknown)
            {
                answer = CanConcern(code) ? Yes : No;
                Volatile.Write(ref _ofClass[@class], answer);
            }

            if (code > Facts.Fact.None)
            {
                var bucket = code >> (BucketBits + LengthBits);
                var first = bucket << BucketBits;

                // The last code of the bucket may stand for codes beyond it.
                var last = Math.Min(first + (1L << BucketBits) + HsCodeRange.Sizes[FewestDigits], HsCodeRange.MostCode);
                Volatile.Write(ref _ofBucket[bucket], _classes!.HasNoneBetween(first, last) ? answer : Mixed);
            }

            return answer;
        }
    }

    private bool CanConcern(long code)
    {
        _known.CopyTo(_facts, 0);
        _facts[Fact] = code;
        _evaluator.Evaluate(_facts, new TextDictionary());
        foreach (var norm in _norms)
        {
            if (_evaluator[norm] != Outcome.NotApplicable)
            {
                return true;
            }
        }

        return false;
    }
}
