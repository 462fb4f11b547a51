using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Tables that are looked up: by each value that a table gives, the records for which it gives that.
/// <code>
/// row 1: hs under 8507.60 gives 3    →    gives 3: hs under 8507.60
/// row 2: hs under 85 gives 5              gives 5: hs under 85 and not under 8507.60, else none
/// </code>
/// Where facts are missing, a row that may hold leaves the value open unless it gives the same.
/// </summary>
internal sealed partial class Translator
{
    /// <summary>Rows of a table that is looked into.</summary>
    private const int MostRows = 2_000;

    private readonly Dictionary<int, LookupCases?> _lookups = [];

    /// <summary>Null: the table is too large.</summary>
    private LookupCases? CasesOf(IrLookup lookup, int value)
    {
        if (!_lookups.TryGetValue(value, out var cases))
        {
            var rows = _module.Tables[lookup.Table].Rows;
            _lookups[value] = cases = rows.Length > MostRows ? null : FindCases(lookup);
        }

        return cases;
    }

    private LookupCases FindCases(IrLookup lookup)
    {
        var left = Diagrams.True;
        var (given, open) = (new Dictionary<IrGiven, int>(), new Dictionary<IrGiven, int>());
        foreach (var row in _module.Tables[lookup.Table].Rows)
        {
            var holds = RowHolds(row, lookup);
            var value = row.Given[lookup.Output];
            given[value] = _diagrams.Or(given.GetValueOrDefault(value, Diagrams.False), _diagrams.And(left, holds.Must));
            open[value] = _diagrams.Or(open.GetValueOrDefault(value, Diagrams.False), _diagrams.And(left, holds.Can, _diagrams.Not(holds.Must)));
            left = _diagrams.And(left, _diagrams.Not(holds.Must));
        }

        var none = default(IrGiven);
        given[none] = _diagrams.Or(given.GetValueOrDefault(none, Diagrams.False), left);
        return new LookupCases(given, IsOpen(given, open));
    }

    /// <summary>A row that may hold gives another value than the first that must.</summary>
    private int IsOpen(Dictionary<IrGiven, int> given, Dictionary<IrGiven, int> open)
    {
        var isOpen = Diagrams.False;
        var possible = open.Where(entry => entry.Value != Diagrams.False).ToList();
        foreach (var (value, settles) in given)
        {
            var other = possible.Where(entry => entry.Key != value).Aggregate(Diagrams.False, (any, entry) => _diagrams.Or(any, entry.Value));
            isOpen = _diagrams.Or(isOpen, _diagrams.And(settles, other));
        }

        return isOpen;
    }

    private Rails RowHolds(IrTableRow row, IrLookup lookup)
    {
        var all = Rails.True;
        for (var i = 0; i < row.Cells.Length; i++)
        {
            if (row.Cells[i] is { } cell)
            {
                all = And(all, CellHolds(cell, lookup.Inputs.Items[i]));
            }
        }

        return all;
    }

    private Rails CellHolds(IrCell cell, int input)
    {
        switch (cell)
        {
            case IrIntervalCell codes when _module.Values[input].Type.Kind == IrKind.HsCode:
                return Codes(input, new IrHsInSet(input, new IrList<long>(codes.Bounds), codes.IncludesNone));
            case IrIntervalCell range:
                return Known(input, InSet(input, [.. range.Bounds.Select(bound => (BigInteger)bound)], range.IncludesNone));
            case IrMaskCell members:
                var has = HasAny(input, members.Mask, includesNone: false);
                return Known(input, UnlessNone(input, members.IsNegated ? _diagrams.Not(has) : has, members.IncludesNone));
            case IrTextCell texts:
                var isOne = TextInSet(input, new IrTextInSet(input, new IrList<string>(texts.Texts), false));
                return Known(input, UnlessNone(input, texts.IsNegated ? _diagrams.Not(isOne) : isOne, texts.IncludesNone));
            default:
                return Unseen(string.Create(CultureInfo.InvariantCulture, $"cell {input} {cell}"), cell.GetType().Name[2..]);
        }
    }

    private int UnlessNone(int value, int holds, bool ofNone) => _diagrams.Choose(IsNone(value), ofNone ? Diagrams.True : Diagrams.False, holds);

    /// <summary>The table gives a value that meets a test; none does not.</summary>
    private int Gives(IrLookup lookup, int value, Func<IrGiven, bool> meets, string test) => CasesOf(lookup, value) is { } cases
        ? cases.Given.Where(entry => meets(entry.Key)).Aggregate(Diagrams.False, (any, entry) => _diagrams.Or(any, entry.Value))
        : _variables?.Opaque(string.Create(CultureInfo.InvariantCulture, $"lookup {value} {test}"), TooLarge(lookup)) ?? Diagrams.False;

    private int GivesNumber(IrLookup lookup, int value, Func<long, bool> meets, string test) =>
        Gives(lookup, value, given => given.Number is { } number && meets(number), test);

    private int GivesText(IrLookup lookup, int value, Func<string, bool> meets, string test) =>
        Gives(lookup, value, given => given.Text is { } text && meets(text), test);

    private int GivesCode(IrLookup lookup, int value, IrHsInSet test, bool isCertain)
    {
        var codes = GivesNumber(
            lookup,
            value,
            number =>
            {
                var code = HsCode.FromEncoded(number);
                return IsIn(new ProofCell(ProofCellKind.Value, 0) { Bounds = [code.Lower, code.Upper] }, test.Bounds.Items, isCertain);
            },
            $"code {string.Join('|', test.Bounds.Items)} {isCertain}");
        return test.IncludesNone ? _diagrams.Or(codes, IsNone(value)) : codes;
    }

    private int GivesMatch(IrLookup lookup, int value, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        return GivesText(lookup, value, regex.IsMatch, $"matches {pattern}");
    }

    private string TooLarge(IrLookup lookup) => string.Create(
        CultureInfo.InvariantCulture, $"limit: a table of {_module.Tables[lookup.Table].Rows.Length} rows is looked up, and the proof looks into at most {MostRows}");

    /// <param name="Given">By value that the table gives: the records for which the first row that must hold gives it.</param>
    /// <param name="IsOpen">The records for which a row before it may hold and gives another.</param>
    private sealed record LookupCases(Dictionary<IrGiven, int> Given, int IsOpen);
}
