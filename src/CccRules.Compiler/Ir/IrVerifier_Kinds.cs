using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Ir;

internal sealed partial class IrVerifier
{
    private static readonly BigInteger LastHsCode = BigInteger.Pow(10, 13) - 1;

    private void CheckValues()
    {
        for (var i = 0; i < _module.Values.Length; i++)
        {
            var value = _module.Values[i];
            var name = string.Create(CultureInfo.InvariantCulture, $"v{i}");
            Check(value.Type.Denominator.Sign > 0, "denominators are positive", $"{name} has {value.Type.Denominator}");
            Check(value.Type.Kind == IrKind.Number || value.Type.Denominator.IsOne, "denominators are positive", $"{name} is a {value.Type.Kind} with one");
            CheckKinds(value, name);
            CheckWidth(value, name);
        }
    }

    private void CheckKinds(IrValue value, string name)
    {
        switch (value)
        {
            case IrFact fact:
                Check(Type(_module.Facts[fact.Fact].Kind) == fact.Type, "kinds agree", $"{name} is a {fact.Type.Kind}, its fact a {_module.Facts[fact.Fact].Kind}");
                break;
            case IrConstant constant:
                Check(constant.Type.Kind != IrKind.Text || constant.IsNone, "kinds agree", $"{name} is a text");
                break;
            case IrExtreme extreme:
                Check(extreme.Type.Kind is IrKind.Number or IrKind.Date or IrKind.Days or IrKind.Months, "kinds agree", $"{name} orders {extreme.Type.Kind}");
                SameType(extreme.Operands.Items, extreme.Type, name);
                break;
            case IrSelect select:
                SameType([select.Then, select.Else], select.Type, name);
                break;
            case IrAddWorkingDays add:
                Kinds(name, (add.Date, IrKind.Date), (add.Beyond, IrKind.YesNo));
                break;
            case IrNextOccurrence next:
                Kinds(name, (next.Start, IrKind.Date), (next.Day, IrKind.Date));
                Check(next.Months >= 0 && next.Days >= 0 && next.Months == 0 != (next.Days == 0), "periods go on", $"{name} has {next.Months} months and {next.Days} days");
                break;
            case IrHull hull:
                Kinds(name, (hull.Then, IrKind.Date), (hull.Else, IrKind.Date));
                break;
            case IrKnownExtreme extreme:
                SameType(extreme.Operands.Items, extreme.Type, name);
                break;
            case IrAddPeriod add:
                Kinds(name, (add.Date, IrKind.Date), (add.Months, IrKind.Months), (add.Days, IrKind.Days));
                break;
            case IrLinear linear:
                Check(linear.Type.Kind is IrKind.Number or IrKind.Days or IrKind.Months, "kinds agree", $"{name} adds {linear.Type.Kind}");
                break;
            case IrLookup lookup:
                CheckLookup(lookup, name);
                break;
            case IrStep step:
                Kinds(name, (step.Day, IrKind.Date));
                break;
            case IrYearOf year:
                Kinds(name, (year.Date, IrKind.Date));
                break;
            case IrDaysBetween days:
                Kinds(name, (days.From, IrKind.Date), (days.To, IrKind.Date));
                break;
            case IrMonthsBetween months:
                Kinds(name, (months.From, IrKind.Date), (months.To, IrKind.Date));
                break;
        }
    }

    private void CheckWidth(IrValue value, string name)
    {
        switch (value)
        {
            case IrConstant constant:
                var (least, largest) = constant.Type.IsWide ? (-LargestWide, LargestWide) : (LeastNarrow, LargestNarrow);
                Check(constant.Value >= least && constant.Value <= largest, "constants fit", $"{name} is {constant.Value}");
                break;
            case IrLinear:
                Check(value.Type.IsWide, "sums are wide", $"{name} is not");
                break;
            case IrExtreme or IrSelect:
                var needsWide = IrOperands.Of(value).Any(operand => _module.Values[operand].Type.IsWide);
                Check(value.Type.IsWide || !needsWide, "wide operands give a wide value", $"{name} is not");
                break;
            default:
                Check(!value.Type.IsWide, "only sums and what chooses among them are wide", $"{name} is");
                break;
        }
    }

    private void CheckAtoms()
    {
        for (var i = 0; i < _module.Atoms.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"a{i}");
            switch (_module.Atoms[i])
            {
                case IrInSet test:
                    var kind = _module.Values[test.Value].Type.Kind;
                    Check(kind is not (IrKind.HsCode or IrKind.Members or IrKind.Text), "kinds agree", $"{name} tests a {kind}");
                    CheckBounds(test.Bounds.Items, name);
                    break;
                case IrHsInSet test:
                    Kinds(name, (test.Value, IrKind.HsCode));
                    CheckBounds([.. test.Bounds.Items.Select(bound => (BigInteger)bound)], name);
                    Check(test.Bounds.Items.All(bound => bound >= 0 && bound <= LastHsCode), "codes have 13 digits", $"{name}");
                    break;
                case IrHasAny test:
                    Kinds(name, (test.Value, IrKind.Members));
                    Check(test.Mask > 0 || (test.Mask == 0 && test.IncludesNone), "masks are of members", $"{name} has {test.Mask}");
                    break;
                case IrTextInSet test:
                    Kinds(name, (test.Value, IrKind.Text));
                    CheckTexts(test.Texts.Items, name);
                    break;
                case IrMatches test:
                    Kinds(name, (test.Value, IrKind.Text));
                    Check(IsPattern(test.Pattern), "patterns run without backtracking", $"{name}");
                    break;
                case IrCompare compare:
                    CheckCompare(compare, name);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private void CheckCompare(IrCompare compare, string name)
    {
        var (left, right) = (_module.Values[compare.Left].Type, _module.Values[compare.Right].Type);
        Check(left.Kind == right.Kind, "kinds agree", $"{name} compares {left.Kind} with {right.Kind}");
        Check(compare.LeftFactor.Sign > 0 && compare.RightFactor.Sign > 0, "factors are positive", $"{name}");
        Check(
            left.Denominator * compare.LeftFactor == right.Denominator * compare.RightFactor,
            "factors make denominators equal",
            $"{name} has {left.Denominator} * {compare.LeftFactor} and {right.Denominator} * {compare.RightFactor}");
        var isOrdering = compare.Comparison is IrComparison.Less or IrComparison.LessOrEqual;
        Check(!isOrdering || left.Kind is not (IrKind.HsCode or IrKind.Members), "kinds agree", $"{name} orders {left.Kind}");
    }

    private void CheckBounds(ImmutableArray<BigInteger> bounds, string name)
    {
        if (!Check(bounds.Length % 2 == 0, "bounds are pairs", $"{name} has {bounds.Length}"))
        {
            return;
        }

        for (var i = 0; i < bounds.Length; i += 2)
        {
            Check(bounds[i] <= bounds[i + 1], "bounds ascend", $"{name} at {i}");
            Check(i == 0 || bounds[i - 1] + 1 < bounds[i], "intervals are disjoint and not adjacent", $"{name} at {i}");
        }
    }

    private void CheckTexts(ImmutableArray<string> texts, string name)
    {
        for (var i = 1; i < texts.Length; i++)
        {
            Check(string.CompareOrdinal(texts[i - 1], texts[i]) < 0, "texts ascend", $"{name} at {i}");
        }
    }

    /// <summary>No step of exact arithmetic leaves 127 bits, whatever the facts are.</summary>
    private void CheckMagnitudes()
    {
        var magnitudes = new BigInteger[_module.Values.Length];
        for (var i = 0; i < magnitudes.Length; i++)
        {
            magnitudes[i] = Magnitude(_module.Values[i], magnitudes);
            Check(magnitudes[i] <= LargestWide, "sums fit", $"v{i} may reach {magnitudes[i]}");
        }

        for (var i = 0; i < _module.Atoms.Length; i++)
        {
            if (_module.Atoms[i] is IrCompare compare)
            {
                var largest = BigInteger.Max(magnitudes[compare.Left] * compare.LeftFactor, magnitudes[compare.Right] * compare.RightFactor);
                Check(largest <= LargestWide, "sums fit", $"a{i} may reach {largest}");
            }
        }
    }

    private BigInteger Magnitude(IrValue value, BigInteger[] magnitudes) => value switch
    {
        IrFact fact => _module.Facts[fact.Fact].Kind switch
        {
            FactKind.Decimal => BigInteger.Pow(10, 18),
            FactKind.Date or FactKind.Days or FactKind.Months => BigInteger.One << 31,
            _ => BigInteger.One << 63,
        },
        IrConstant constant => BigInteger.Abs(constant.Value),
        IrTextConstant => BigInteger.Zero,
        IrExtreme or IrSelect => IrOperands.Of(value).Max(operand => magnitudes[operand]),
        IrLinear linear => linear.Terms.Items.Aggregate(
            BigInteger.Abs(linear.Constant),
            (sum, term) => sum + (BigInteger.Abs(term.Factor) * magnitudes[term.Operand])),
        IrStep step => _module.StepTables[step.Table].Entries.Select(entry => BigInteger.Abs(entry.Value)).DefaultIfEmpty().Max(),
        IrLookup lookup => _module.Tables[lookup.Table].Rows.Select(row => BigInteger.Abs(row.Given[lookup.Output].Number ?? 0)).DefaultIfEmpty().Max(),
        // The calendar ends at ±2^52 days.
        IrAddWorkingDays or IrNextOccurrence or IrHull or IrKnownExtreme or IrAddPeriod or IrYearOf or IrDaysBetween or IrMonthsBetween => BigInteger.One << 53,
        _ => throw new UnreachableException(),
    };

    private void SameType(ImmutableArray<int> operands, IrType type, string name)
    {
        foreach (var operand in operands)
        {
            var other = _module.Values[operand].Type;
            Check(other.Kind == type.Kind && other.Denominator == type.Denominator, "kinds agree", $"{name} and v{operand}");
        }
    }

    private void Kinds(string name, params ReadOnlySpan<(int Value, IrKind Kind)> operands)
    {
        foreach (var (value, kind) in operands)
        {
            var actual = _module.Values[value].Type.Kind;
            Check(actual == kind, "kinds agree", $"{name} takes v{value}, a {actual}, for a {kind}");
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static IrType Type(FactKind kind) => kind switch
    {
        FactKind.YesNo => IrType.Of(IrKind.YesNo),
        FactKind.Integer => IrType.Number(BigInteger.One),
        FactKind.Decimal => IrType.Number(Fact.DecimalScale),
        FactKind.Text => IrType.Of(IrKind.Text),
        FactKind.Date => IrType.Of(IrKind.Date),
        FactKind.Days => IrType.Of(IrKind.Days),
        FactKind.Months => IrType.Of(IrKind.Months),
        FactKind.Member => IrType.Of(IrKind.Member),
        FactKind.Members => IrType.Of(IrKind.Members),
        FactKind.Country => IrType.Of(IrKind.Country),
        FactKind.HsCode => IrType.Of(IrKind.HsCode),
        // A list itself is read by nobody.
        FactKind.List => IrType.Of(IrKind.YesNo),
        _ => throw new UnreachableException(),
    };
}
