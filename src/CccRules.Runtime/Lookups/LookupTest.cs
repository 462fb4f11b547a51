using System.Collections.Frozen;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Lookups;

/// <summary>A cell of a table made ready for use: the test of one value, three-valued.</summary>
internal sealed class LookupTest
{
    private readonly LookupKind _kind;
    private readonly FrozenSet<string> _texts;

    public LookupTest(LookupKind kind, LookupCell cell)
    {
        _kind = kind;
        Cell = cell;
        Bounds = [.. cell.Bounds];
        _texts = cell.Texts.ToFrozenSet(StringComparer.Ordinal);
    }

    public LookupCell Cell { get; }

    /// <summary>Lower and upper bounds in turn.</summary>
    public long[] Bounds { get; }

    /// <param name="text">The value as a text, where the input is one.</param>
    public Truth Of(long value, string? text)
    {
        if (value <= Fact.None)
        {
            return value == Fact.Missing ? Truth.Open : Kleene.Of(Cell.IncludesNone);
        }

        return _kind switch
        {
            LookupKind.Members => Kleene.Of((value & Cell.Mask) != 0 != Cell.IsNegated),
            LookupKind.Text => Kleene.Of(text is not null && _texts.Contains(text) != Cell.IsNegated),
            LookupKind.HsCode => OfCodes(HsCode.FromEncoded(value)),
            _ => Kleene.Of(IsInside(value)),
        };
    }

    private bool IsInside(long value)
    {
        var at = Array.BinarySearch(Bounds, value);
        return at >= 0 || (~at & 1) != 0;
    }

    /// <summary>A code with too few digits stands for all that begin with it: certain where one interval holds them all.</summary>
    private Truth OfCodes(HsCode code)
    {
        for (var i = 0; i < Bounds.Length; i += 2)
        {
            if (Bounds[i] <= code.Lower && code.Upper <= Bounds[i + 1])
            {
                return Truth.True;
            }

            if (Bounds[i] <= code.Upper && code.Lower <= Bounds[i + 1])
            {
                return Truth.Open;
            }
        }

        return Truth.False;
    }
}
