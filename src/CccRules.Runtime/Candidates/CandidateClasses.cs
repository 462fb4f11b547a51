using System.Runtime.InteropServices;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Candidates;

/// <summary>
/// For each class of the key, what is to be computed for its records, made when the class is first met. Slots are lanes of vectors; a vector
/// names for each column it needs which literal each lane takes. Alternatives of a norm lie in lanes of their own and are folded onto
/// the norm's lane at the end.
/// </summary>
internal sealed unsafe class CandidateClasses
{
    /// <summary>Lanes of a vector for slots. The last one stays false: folding takes it where there is nothing to fold.</summary>
    public const int Lanes = 63;
    private const int VectorBytes = 64;
    private const int SegmentBytes = 1 << 20;

    private readonly CandidatePlan _plan;
    private readonly ClassTable _classes;
    private readonly LiteralPlace[] _places;
    private readonly int[][] _normsOfTest;
    private readonly int[] _alwaysAsked;
    private readonly int[] _stamps;
    private readonly List<AlignedBytes> _segments = [];
    private readonly (int Literal, byte Initial)[][] _slots;
    private readonly List<(bool IsOption, int Norm, int FirstInitial)> _found = [];
    private readonly List<byte> _initials = [];
    private nint[] _programs = new nint[64];
    private int _generation;
    private int _stamp;
    private int _used = SegmentBytes;

    public CandidateClasses(CandidatePlan plan, ClassTable classes, LiteralPlace[] places)
    {
        _plan = plan;
        _classes = classes;
        _places = places;
        _stamps = new int[plan.Norms.Length];
        _slots = [.. plan.Norms.Select(norm => norm.Slots.Select(slot => (KeyLiteral(slot), slot.Initial)).ToArray())];
        var byTest = Enumerable.Range(0, classes.Tests).Select(_ => new SortedSet<int>()).ToArray();
        var always = new SortedSet<int>();
        for (var norm = 0; norm < plan.Norms.Length; norm++)
        {
            // Alternatives of applying come first and have a condition on the key, all of them.
            foreach (var (literal, _) in _slots[norm].Where(slot => (slot.Initial & 3) != 0))
            {
                // Without a negation a condition is possible only where one of its tests is.
                var formula = plan.Literals[literal].Parts[0];
                if (formula.IsEmpty || formula.Contains(CandidateLiteral.Not))
                {
                    always.Add(norm);
                    continue;
                }

                foreach (var test in formula.Where(step => step >= 0))
                {
                    byTest[test].Add(norm);
                }
            }
        }

        _normsOfTest = [.. byTest.Select(norms => norms.ToArray())];
        _alwaysAsked = [.. always];
    }

    /// <summary>What to compute for a class.</summary>
    public ClassProgram* this[int @class] => @class < _programs.Length && _programs[@class] != 0 ? (ClassProgram*)_programs[@class] : Build(@class);

    /// <summary>Forgets everything where the key's classes were forgotten.</summary>
    public void Refresh()
    {
        if (_generation == _classes.Generation)
        {
            return;
        }

        _generation = _classes.Generation;
        Array.Clear(_programs);
        // One segment is kept; the rest was for more classes than usual.
        _segments.RemoveRange(Math.Min(1, _segments.Count), Math.Max(0, _segments.Count - 1));
        _used = _segments.Count == 0 ? SegmentBytes : 0;
    }

    /// <summary>The slot's literal that is about the key; -1: none.</summary>
    private int KeyLiteral(CandidateSlot slot)
    {
        foreach (var literal in slot.Literals)
        {
            if (_plan.Literals[literal].Column == _plan.Key)
            {
                return literal;
            }
        }

        return -1;
    }

    private ClassProgram* Build(int @class)
    {
        FindCandidates(@class);
        // Norms of a kind stand together, so that a vector has one way to make outcomes.
        _found.Sort();
        var builder = new ClassProgramBuilder(_places);
        foreach (var (_, norm, first) in _found)
        {
            builder.Add(_plan.Norms[norm], CollectionsMarshal.AsSpan(_initials).Slice(first, _slots[norm].Length));
        }

        var bytes = builder.Build(out var size);
        var program = Allocate(size);
        bytes.CopyTo(new Span<byte>(program, size));
        if (@class >= _programs.Length)
        {
            Array.Resize(ref _programs, 2 * (@class + 1));
        }

        _programs[@class] = (nint)program;
        return (ClassProgram*)program;
    }

    private void FindCandidates(int @class)
    {
        _found.Clear();
        _initials.Clear();
        _stamp++;
        foreach (var norm in _alwaysAsked)
        {
            Ask(norm, @class);
        }

        var possible = _classes.Possible(@class);
        for (var word = 0; word < possible.Length; word++)
        {
            for (var rest = possible[word]; rest != 0; rest &= rest - 1)
            {
                foreach (var norm in _normsOfTest[(64 * word) + System.Numerics.BitOperations.TrailingZeroCount(rest)])
                {
                    Ask(norm, @class);
                }
            }
        }
    }

    private void Ask(int norm, int @class)
    {
        if (_stamps[norm] == _stamp)
        {
            return;
        }

        _stamps[norm] = _stamp;
        var first = _initials.Count;
        var canApply = false;
        foreach (var (literal, initial) in _slots[norm])
        {
            // What the class alone says.
            var known = literal < 0 ? initial : (byte)(initial & LiteralTable.Meaning(_plan.Literals[literal], _classes, @class));
            canApply |= (known & 2) != 0;
            _initials.Add(known);
        }

        if (canApply)
        {
            _found.Add((_plan.Norms[norm].IsOption, norm, first));
        }
    }

    private byte* Allocate(int size)
    {
        if (_segments.Count == 0 || _used + size > _segments[^1].Length)
        {
            _segments.Add(new AlignedBytes(Math.Max(size, SegmentBytes)));
            _used = 0;
        }

        var start = _segments[^1].Start + _used;
        _used += (size + VectorBytes - 1) / VectorBytes * VectorBytes;
        return start;
    }
}

/// <summary>Where a literal stands: its column among those that are looked up (-1: the key), page, and byte.</summary>
/// <param name="Applies">It says something of whether a norm applies.</param>
/// <param name="IsComputed">Its column is no fact: a derived value, or a logic node.</param>
internal readonly record struct LiteralPlace(int Column, int Page, byte Index, bool Applies, bool IsComputed);

/// <summary>The head of a class's program; vectors, folds, and outputs follow in this order, each part on a boundary of 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ClassProgram
{
    public int Vectors;
    public int Folds;
    public int Outputs;

    /// <summary>Norms, which is how many entries a row can have.</summary>
    public int Norms;
}
