using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>Type syntax to types.</summary>
internal sealed class TypeBinder(DiagnosticBag bag)
{
    /// <summary>A set of members is one 64-bit word; two of its values mean missing and none.</summary>
    public const int MostSetMembers = 62;

    public const int MostMembers = 10_000;

    public TypeSymbol Bind(SourceText text, TypeSyntax? syntax)
    {
        var type = syntax?.TypeName switch
        {
            YesNoTypeSyntax => TypeSymbol.YesNo,
            IntegerTypeSyntax integer => Measured(text, TypeSymbol.Integer, integer.Unit),
            DecimalTypeSyntax number => Measured(text, TypeSymbol.Decimal, number.Unit),
            MoneyTypeSyntax money => BindMoney(text, money),
            TextTypeSyntax => TypeSymbol.Text,
            DateTypeSyntax => TypeSymbol.Date,
            DurationTypeSyntax duration => BindDuration(text, duration),
            MemberTypeSyntax member => BindMembers(text, TypeKind.Member, member.Members, MostMembers),
            MemberSetTypeSyntax set => BindMembers(text, TypeKind.MemberSet, set.Members, MostSetMembers),
            CountryTypeSyntax => TypeSymbol.Country,
            HsTypeSyntax => TypeSymbol.Hs,
            ListTypeSyntax => TypeSymbol.List,
            _ => TypeSymbol.Error,
        };
        if (syntax is { AllowsNone: true } && type.Kind == TypeKind.List)
        {
            bag.Add(ListDiagnostics.NoneList(text.GetLocation(syntax.Span)));
            return type;
        }

        return syntax is { AllowsNone: true } && !type.IsError ? type with { AllowsNone = true } : type;
    }

    /// <summary>A unit of measure; null (and a message) where it is not known.</summary>
    public UnitSymbol? BindUnit(SourceText text, UnitSyntax? syntax)
    {
        if (syntax is null || syntax.HasMissing)
        {
            return null;
        }

        if (UnitTable.TryGet(syntax.Symbol, out var unit))
        {
            return new UnitSymbol(unit.Symbol, unit.Dimension, new Rational(unit.Numerator, unit.Denominator));
        }

        if (ForeignWords.Find(syntax.Symbol) is not null || CurrencyCodes.Exists(syntax.Symbol.ToUpperInvariant()))
        {
            bag.Add(TypeDiagnostics.UnknownCurrency(text.GetLocation(syntax.Span), syntax.Symbol));
            return null;
        }

        bag.Add(TypeDiagnostics.UnknownUnit(text.GetLocation(syntax.Span), syntax.Symbol, UnitTable.Suggest(syntax.Symbol)));
        return null;
    }

    /// <summary>Days and weeks count days; months and years count months.</summary>
    public static (DurationBasis Basis, int Scale) BasisOf(SyntaxKind unit) => unit switch
    {
        SyntaxKind.DayKeyword or SyntaxKind.DaysKeyword => (DurationBasis.Days, 1),
        SyntaxKind.WeekKeyword or SyntaxKind.WeeksKeyword => (DurationBasis.Days, 7),
        SyntaxKind.MonthKeyword or SyntaxKind.MonthsKeyword => (DurationBasis.Months, 1),
        _ => (DurationBasis.Months, 12),
    };

    public static UnitSymbol Currency(string code) => new(code, "money " + code, Rational.One);

    private TypeSymbol Measured(SourceText text, TypeSymbol number, UnitSyntax? unit) =>
        unit is null ? number : BindUnit(text, unit) is { } known ? number with { Unit = known } : TypeSymbol.Error;

    private TypeSymbol BindMoney(SourceText text, MoneyTypeSyntax syntax)
    {
        if (syntax.Currency is not { HasMissing: false } currency)
        {
            bag.Add(TypeDiagnostics.TypeNeedsMore(text.GetLocation(syntax.Span), "money", "a currency", "money CNY"));
            return TypeSymbol.Error;
        }

        if (!CurrencyCodes.Exists(currency.Symbol))
        {
            bag.Add(TypeDiagnostics.UnknownCurrency(text.GetLocation(currency.Span), currency.Symbol));
            return TypeSymbol.Error;
        }

        return TypeSymbol.Decimal with { IsMoney = true, Unit = Currency(currency.Symbol) };
    }

    private TypeSymbol BindDuration(SourceText text, DurationTypeSyntax syntax)
    {
        if (syntax.Unit is not { HasMissing: false } unit)
        {
            bag.Add(TypeDiagnostics.TypeNeedsMore(text.GetLocation(syntax.Span), "duration", "a unit", "duration months"));
            return TypeSymbol.Error;
        }

        var (basis, scale) = BasisOf(unit.UnitKind);
        return new TypeSymbol(TypeKind.Duration) { Basis = basis, DurationScale = scale };
    }

    private TypeSymbol BindMembers(SourceText text, TypeKind kind, IEnumerable<NameSyntax> names, int limit)
    {
        var members = ImmutableArray.CreateBuilder<string>();
        var places = new Dictionary<string, TextLocation>(StringComparer.Ordinal);
        var looks = new NameChecks(bag);
        foreach (var name in names.Where(name => !name.HasMissing))
        {
            var at = text.GetLocation(name.Span);
            if (!places.TryAdd(name.Text, at))
            {
                bag.Add(NameDiagnostics.DuplicateName(at, name.Text, places[name.Text]));
            }
            else if (members.Count == limit)
            {
                bag.Add(TypeDiagnostics.TooManyMembers(at, limit));
            }
            else if (members.Count < limit)
            {
                looks.Check(name.Text, at);
                members.Add(name.Text);
            }
        }

        return new TypeSymbol(kind) { Enumeration = new EnumerationSymbol(members.ToImmutable()) };
    }
}
