using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Analysis;

/// <summary>Cells of one input of a table as sets of its values, and values back as a reader writes them.</summary>
internal sealed class CellSets
{
    private readonly Dictionary<BoundCell, ValueSet> _sets = new(ReferenceEqualityComparer.Instance);
    private readonly TypeSymbol _type;
    private readonly BigInteger _scale;

    public CellSets(BoundExpression input)
    {
        _type = input.Type;

        // A sum can lie between two decimals; a fact cannot.
        _scale = _type.IsInteger && input is BoundField ? 1 : input is BoundField ? Fact.DecimalScale : BigInteger.Pow(10, 12);
        Domain = IsMembers ? ValueSet.Empty : AnalyzedFacts.DomainOf(_type);
        if (_type.Kind == TypeKind.Number)
        {
            Domain = ValueSet.Range(-BigInteger.Pow(10, 40), BigInteger.Pow(10, 40)).WithNone(_type.AllowsNone);
        }
    }

    /// <summary>Sets of members have no order in which their values could be listed.</summary>
    public bool IsMembers => _type.Kind == TypeKind.MemberSet;

    public ValueSet Domain { get; }

    /// <summary>The values that a cell takes; all of them where there is none.</summary>
    public ValueSet Of(BoundCell? cell)
    {
        if (cell is null)
        {
            return Domain;
        }

        if (!_sets.TryGetValue(cell, out var set))
        {
            var values = cell switch
            {
                BoundCodeCell codes => Codes(codes),
                BoundValueCell constants => ValueSet.Union(constants.Values.Select(Point)),
                BoundRangeCell ranges => ValueSet.Union(ranges.Ranges.Select(Range)),
                _ => throw new UnreachableException(cell.GetType().Name),
            };
            values = values.WithNone(cell.HasNone);
            _sets[cell] = set = cell.IsNegated ? values.Complement(Domain) : values.Intersect(Domain);
        }

        return set;
    }

    /// <summary>A value of a set, as a reader writes it: the smallest that is not the domain's end.</summary>
    public string Example(ValueSet set)
    {
        if (set.Intervals.IsEmpty)
        {
            return "none";
        }

        var (low, end) = set.Intervals[0];
        var isUnbounded = low == Domain.Intervals[0].Low && _type.Kind is TypeKind.Number or TypeKind.Date or TypeKind.Duration;
        return Write(isUnbounded && end is { } above && above.Text is null && above != Domain.Intervals[^1].End ? FactPoint.Of(above.Number - 1) : low);
    }

    private static ValueSet Codes(BoundCodeCell cell)
    {
        var bounds = HsBounds.Of(cell.Codes, []);
        return ValueSet.Union(Enumerable.Range(0, bounds.Length / 2).Select(i => ValueSet.Range(bounds[2 * i], bounds[(2 * i) + 1])));
    }

    private ValueSet Point(ConstantValue value)
    {
        if (value is TextConstant text)
        {
            var point = FactPoint.Of(text.Value);
            return ValueSet.From(point, point.Next);
        }

        var number = Scaled(value).Numerator;
        return ValueSet.Range(number, number);
    }

    private ValueSet Range(BoundRange range)
    {
        var low = range.Low is { } from ? Scaled(from) is var bound && range.IncludesLow ? bound.Ceiling() : Scaled(from).Floor() + 1 : Domain.Intervals[0].Low.Number;
        var high = range.High is { } to ? range.IncludesHigh ? Scaled(to).Floor() : Scaled(to).Ceiling() - 1 : (Domain.Intervals[^1].End?.Number ?? BigInteger.Pow(10, 41)) - 1;
        return low <= high ? ValueSet.Range(low, high) : ValueSet.Empty;
    }

    private Rational Scaled(ConstantValue value) => value switch
    {
        NumberConstant number => number.Value * new Rational(_scale),
        DurationConstant duration => new Rational(_type.Basis == DurationBasis.Months ? duration.Months : duration.Days),
        _ => new Rational(FactEncoding.Encode(value, _type)),
    };

    private string Write(FactPoint point) => _type.Kind switch
    {
        TypeKind.Text => BoundPrinter.Print(new TextConstant(point.Text ?? ""), _type),
        TypeKind.Number => BoundPrinter.Print(new NumberConstant(new Rational(point.Number, _scale)), _type),
        TypeKind.Hs => point.Number.ToString(CultureInfo.InvariantCulture).PadLeft(13, '0'),
        TypeKind.Date => BoundPrinter.Print(new DateConstant((long)point.Number), _type),
        TypeKind.Duration => BoundPrinter.Print(_type.Basis == DurationBasis.Months ? new DurationConstant(point.Number, 0) : new DurationConstant(0, point.Number), _type),
        TypeKind.Member => BoundPrinter.Print(new MemberConstant((int)point.Number), _type),
        TypeKind.Country => $"{(char)('A' + (int)(point.Number / 26))}{(char)('A' + (int)(point.Number % 26))}",
        _ => BoundPrinter.Print(new YesNoConstant(!point.Number.IsZero), _type),
    };
}
