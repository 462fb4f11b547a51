using System.Collections.Immutable;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Candidates;

/// <summary>
/// What a column's cells mean: for each class of the column and each literal a byte, two bits (certain, possible) for each part of a norm. Literals
/// lie in pages of 64, the first of each page being "no condition", so that a slot names its literal by one byte.
/// </summary>
internal sealed class LiteralTable
{
    public const int PageSize = 64;
    private const int LiteralsOfPage = PageSize - 1;

    private readonly ImmutableArray<CandidateLiteral> _literals;
    private readonly ClassTable _classes;
    private AlignedBytes _bytes;
    private int _generation;
    private int _filled;

    public LiteralTable(ImmutableArray<CandidateLiteral> literals, ClassTable classes)
    {
        _literals = literals;
        _classes = classes;
        Pages = Math.Max(1, (literals.Length + LiteralsOfPage - 1) / LiteralsOfPage);
        _bytes = new AlignedBytes(16 * Stride);
        Fill();
    }

    public int Pages { get; }

    /// <summary>Bytes from a class to the next.</summary>
    public int Stride => Pages * PageSize;

    /// <summary>The pages of the first class, then of the next. Stays where it is until <see cref="Fill"/>.</summary>
    public unsafe byte* Start => _bytes.Start;

    /// <summary>Page and byte of a literal, by its place among the column's.</summary>
    public static (int Page, byte Index) PlaceOf(int literal) => (literal / LiteralsOfPage, (byte)(1 + (literal % LiteralsOfPage)));

    /// <summary>Learns the classes that were found since the last time.</summary>
    public void Fill()
    {
        if (_generation == _classes.Generation && _filled == _classes.Count)
        {
            return;
        }

        if (_generation != _classes.Generation)
        {
            _generation = _classes.Generation;
            _filled = 0;
        }

        if (_classes.Count * Stride > _bytes.Length)
        {
            _bytes = _bytes.Grow(2 * _classes.Count * Stride);
        }

        for (; _filled < _classes.Count; _filled++)
        {
            var row = _bytes.Span.Slice(_filled * Stride, Stride);
            row.Fill(byte.MaxValue);
            for (var literal = 0; literal < _literals.Length; literal++)
            {
                var (page, index) = PlaceOf(literal);
                row[(page * PageSize) + index] = Meaning(_literals[literal], _classes, _filled);
            }
        }
    }

    /// <summary>What a class means to a literal.</summary>
    public static byte Meaning(CandidateLiteral literal, ClassTable classes, int @class)
    {
        var meaning = 0;
        for (var part = 0; part < literal.Parts.Length; part++)
        {
            meaning |= Evaluate(literal.Parts[part], classes, @class) << (2 * part);
        }

        return (byte)meaning;
    }

    /// <summary>A condition in postfix order; no condition holds.</summary>
    private static int Evaluate(ImmutableArray<int> formula, ClassTable classes, int @class)
    {
        if (formula.IsEmpty)
        {
            return 3;
        }

        // Most conditions are a test or two.
        Span<byte> stack = formula.Length <= 128 ? stackalloc byte[formula.Length] : new byte[formula.Length];
        var top = -1;
        foreach (var step in formula)
        {
            switch (step)
            {
                case CandidateLiteral.Not:
                    stack[top] = (byte)Operations.Kleene.Not((Facts.Truth)stack[top]);
                    break;
                case CandidateLiteral.And:
                    top--;
                    stack[top] &= stack[top + 1];
                    break;
                case CandidateLiteral.Or:
                    top--;
                    stack[top] |= stack[top + 1];
                    break;
                default:
                    stack[++top] = classes.Answer(@class, step);
                    break;
            }
        }

        return stack[0];
    }
}
