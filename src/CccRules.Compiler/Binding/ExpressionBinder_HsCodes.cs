using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Binding;

/// <summary>HS codes: checked against the nomenclature, never guessed at by spelling.</summary>
internal sealed partial class ExpressionBinder
{
    private const int MostHsDigits = 13;

    private BoundExpression BindUnder(SyntaxElement syntax, ExpressionSyntax leftSyntax, UnderTailSyntax under)
    {
        var left = Bind(leftSyntax);
        var included = BindRanges(under.Included);
        var excluded = under.Excluded is null ? ImmutableArray<HsRange>.Empty : BindRanges(under.Excluded);
        if (left.Type.IsError || included is not { IsEmpty: false } ranges || excluded is not { } exceptions)
        {
            return new BoundError(syntax);
        }

        if (left.Type.Kind != TypeKind.Hs)
        {
            return Fail(syntax, TypeDiagnostics.CannotCompare(At(syntax), left.Type, TypeSymbol.Hs));
        }

        if (under.Excluded is { } outside && !exceptions.All(exception => ranges.Any(range => Meets(range, exception))))
        {
            return Fail(syntax, NormDiagnostics.ExceptOutside(At(outside)));
        }

        return new BoundUnder(syntax, left, ranges, exceptions);
    }

    private static bool Meets(HsRange left, HsRange right) =>
        string.CompareOrdinal(Pad(left.First, '0'), Pad(right.Last, '9')) <= 0 && string.CompareOrdinal(Pad(right.First, '0'), Pad(left.Last, '9')) <= 0;

    private static string Pad(string digits, char filler) => digits.PadRight(MostHsDigits, filler);

    private ImmutableArray<HsRange>? BindRanges(HsSetSyntax? set)
    {
        if (set is null)
        {
            return null;
        }

        var ranges = ImmutableArray.CreateBuilder<HsRange>();
        var isComplete = true;
        foreach (var range in set.Ranges)
        {
            var first = BindCode(range.First);
            var last = range.Last is null ? first : BindCode(range.Last);
            if (first is null || last is null)
            {
                isComplete = false;
            }
            else if (string.CompareOrdinal(Pad(first, '0'), Pad(last, '9')) > 0)
            {
                bag.Add(NormDiagnostics.ReversedHsRange(At(range), Dotted(first), Dotted(last)));
                isComplete = false;
            }
            else
            {
                ranges.Add(new HsRange(first, last));
            }
        }

        return isComplete ? ranges.ToImmutable() : null;
    }

    private string? BindCode(HsCodeSyntax? syntax) =>
        syntax is null || syntax.HasMissing ? null : CheckCode(syntax.Code);

    /// <summary>The digits of a code; null (and a message) where the nomenclature lacks it.</summary>
    public string? CheckCode(SyntaxToken code)
    {
        var digits = code.Text.Replace(".", "", StringComparison.Ordinal);
        if (!HsCode.TryParse(code.Text, out _))
        {
            bag.Add(NormDiagnostics.HsCodeLength(At(code), code.Text));
            return null;
        }

        if (HsNomenclature.Exists(digits) || HsNomenclature.IsNationalUse(digits))
        {
            return digits;
        }

        bag.Add(NormDiagnostics.UnknownHsCode(At(code), code.Text, WaysOut(digits)));
        return null;
    }

    /// <summary>The nearest code above and what is under it: one digit further lie different goods, so nothing is guessed.</summary>
    private static ImmutableArray<Fix> WaysOut(string digits)
    {
        var parent = HsNomenclature.NearestParent(digits);
        if (parent is null)
        {
            return [Fixes.Advice("the chapter does not exist")];
        }

        var children = HsNomenclature.Children(parent);
        var listed = string.Join(", ", children.Take(8).Select(child => $"`{Dotted(child)}`")) + (children.Length > 8 ? ", …" : "");
        return [Fixes.Advice($"under `{Dotted(parent)}` ({HsNomenclature.Description(parent)}) there are {listed}")];
    }

    private static string Dotted(string digits) => digits.Length <= 4 ? digits : $"{digits[..4]}.{digits[4..]}";
}
