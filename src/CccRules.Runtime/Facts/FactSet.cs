using System.Numerics;

namespace CccRules.Runtime.Facts;

/// <summary>A set of facts by their positions, one bit each. Reused without allocating.</summary>
public sealed class FactSet
{
    private readonly ulong[] _bits;

    /// <param name="facts">Number of facts of the ruleset.</param>
    public FactSet(int facts) => _bits = new ulong[(facts + 63) / 64];

    /// <summary>Number of members.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _bits)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public bool Contains(int fact) => ((_bits[fact >> 6] >> fact) & 1) != 0;

    public void Add(int fact) => _bits[fact >> 6] |= 1UL << fact;

    public void Clear() => Array.Clear(_bits);

    /// <summary>Walks the members in ascending order.</summary>
    public Enumerator GetEnumerator() => new(_bits);

    /// <summary>Walks the members of a set in ascending order.</summary>
    public struct Enumerator
    {
        private readonly ulong[] _bits;
        private int _word;
        private ulong _rest;

        internal Enumerator(ulong[] bits)
        {
            _bits = bits;
            _rest = bits.Length == 0 ? 0 : bits[0];
        }

        public int Current { get; private set; } = -1;

        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (++_word >= _bits.Length)
                {
                    return false;
                }

                _rest = _bits[_word];
            }

            Current = (_word * 64) + BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
