using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Records;

/// <summary>
/// How a property's value becomes a fact: the code for it, chosen by the fact's kind and the property's type. What is not in the
/// table is refused with a way out: a <see cref="double"/> because rules are exact, a <see cref="DateTime"/> because a legal date has no
/// time zone.
/// </summary>
internal sealed class FactConversion
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;

    private static readonly Expression Missing = Expression.Constant(Fact.Missing);

    private FactConversion(Func<Expression, Expression, Expression> code, bool canSayNone)
    {
        Code = code;
        CanSayNone = canSayNone;
    }

    /// <summary>From the expression of the property and that of the <see cref="RecordCells"/> to one that gives the fact.</summary>
    public Func<Expression, Expression, Expression> Code { get; }

    /// <summary>The property has a way to say none.</summary>
    public bool CanSayNone { get; }

    /// <summary>The conversion of a property; null, and a diagnostic, where there is none.</summary>
    public static FactConversion? Create(FactSchema fact, Type type, bool isNullNone, string property, List<RecordDiagnostic> diagnostics)
    {
        if (isNullNone && !fact.AllowsNone)
        {
            diagnostics.Add(RecordRules.CannotBeNone(property, fact));
            return null;
        }

        var absent = Expression.Constant(isNullNone ? Fact.None : Fact.Missing);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Fact<>))
        {
            return Wrap(fact, type, property, diagnostics);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            var inner = Create(fact, value, false, property, diagnostics);
            return inner is null ? null : new FactConversion((source, cells) => OfNullable(inner, source, cells, absent), isNullNone || inner.CanSayNone);
        }

        if (OfSimple(fact, type, absent, isNullNone) is { } simple)
        {
            return simple;
        }

        if (fact.Kind == FactKind.Member && type.IsEnum)
        {
            var members = EnumMembers.Map(fact, type, property, diagnostics);
            var map = Expression.Constant(new MemberMap(members));
            return new FactConversion((source, cells) => Call(cells, nameof(RecordCells.Member), Number(source), Index(fact), map), members.ContainsValue(Fact.None));
        }

        if (fact.Kind == FactKind.Members && OfSet(fact, type, absent, isNullNone, property, diagnostics) is { } set)
        {
            return set;
        }

        diagnostics.Add(RecordRules.WrongType(property, fact, TypeNames.Of(type), Expected(fact)));
        return null;
    }

    private static FactConversion? OfSimple(FactSchema fact, Type type, Expression absent, bool isNullNone)
    {
        var method = (fact.Kind, Type.GetTypeCode(type)) switch
        {
            _ when type.IsEnum => null,
            (FactKind.YesNo, TypeCode.Boolean) => "",
            (FactKind.Date, _) when type == typeof(DateOnly) => "",
            (FactKind.Integer, TypeCode.UInt64) => nameof(RecordCells.Unsigned),
            (FactKind.Integer, TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32) => "",
            (FactKind.Integer, TypeCode.Int64) => nameof(RecordCells.Integer),
            (FactKind.Decimal, TypeCode.Decimal) => nameof(RecordCells.Decimal),
            (FactKind.Decimal, TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64) =>
                nameof(RecordCells.WholeDecimal),
            (FactKind.Days or FactKind.Months, TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64) =>
                nameof(RecordCells.Duration),
            (FactKind.Text, TypeCode.String) => nameof(RecordCells.Text),
            (FactKind.HsCode, TypeCode.String) => nameof(RecordCells.HsCodeText),
            (FactKind.HsCode, _) when type == typeof(HsCode) => nameof(RecordCells.HsCodeValue),
            (FactKind.Country, TypeCode.String) => nameof(RecordCells.CountryText),
            (FactKind.Country, _) when type == typeof(CountryCode) => nameof(RecordCells.CountryValue),
            (FactKind.Member, TypeCode.String) => nameof(RecordCells.MemberText),
            _ => null,
        };
        return method switch
        {
            null => null,
            "" => new FactConversion((source, _) => Plain(source), false),
            // A text can be the word `none` or, where that says so, empty.
            _ when type == typeof(string) => new FactConversion((source, cells) => Call(cells, method, source, Index(fact), absent), isNullNone || fact.AllowsNone),
            nameof(RecordCells.Unsigned) or nameof(RecordCells.Decimal) or nameof(RecordCells.HsCodeValue) or nameof(RecordCells.CountryValue) =>
                new FactConversion((source, cells) => Call(cells, method, source, Index(fact)), false),
            _ => new FactConversion((source, cells) => Call(cells, method, Number(source), Index(fact)), false),
        };
    }

    private static FactConversion? OfSet(FactSchema fact, Type type, Expression absent, bool isNullNone, string property, List<RecordDiagnostic> diagnostics)
    {
        if (type.IsEnum && type.GetCustomAttribute<FlagsAttribute>() is not null)
        {
            var masks = Expression.Constant(EnumMembers.Masks(fact, type, property, diagnostics));
            return new FactConversion((source, cells) => Call(cells, nameof(RecordCells.Flags), Number(source), Index(fact), masks), false);
        }

        if (ItemType(type) is not { } item || !(item.IsEnum || item == typeof(string)))
        {
            return null;
        }

        var map = SetItems.Map(fact, item, property, diagnostics);
        var method = Expressions.Method(type.IsValueType ? nameof(RecordCells.ImmutableSet) : nameof(RecordCells.Set), item);
        return new FactConversion((source, cells) => Expression.Call(cells, method, source, Index(fact), Expression.Constant(map), absent), isNullNone);
    }

    /// <summary>The item of a collection that a set or a list can be read from; null for other types.</summary>
    public static Type? ItemType(Type type)
    {
        var item = type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
            : type.IsGenericType && type.GetGenericArguments() is [var argument] ? argument
            : null;
        return item is not null
            && (type.IsValueType ? type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) : Expressions.Sequence(item).IsAssignableFrom(type))
            ? item
            : null;
    }

    private static FactConversion? Wrap(FactSchema fact, Type type, string property, List<RecordDiagnostic> diagnostics)
    {
        if (!fact.AllowsNone)
        {
            diagnostics.Add(RecordRules.CannotBeNone(property, fact));
            return null;
        }

        var inner = Create(fact, type.GetGenericArguments()[0], false, property, diagnostics);
        return inner is null ? null : new FactConversion((source, cells) => OfFact(inner, source, cells), true);
    }

    /*  property                 fact
        Fact<DateOnly> SoldOn    var held = record.SoldOn;
                                 held.State == Value ? convert(held.Value) : held.State == None ? Fact.None : Fact.Missing    */
    private static BlockExpression OfFact(FactConversion inner, Expression source, Expression cells)
    {
        var held = Expression.Variable(source.Type, "held");
        var state = Expressions.Get(held, nameof(Fact<>.State));
        return Expression.Block(
            typeof(long),
            [held],
            Expression.Assign(held, source),
            Expression.Condition(
                Expression.Equal(state, Expression.Constant(FactState.Value)),
                inner.Code(Expressions.Get(held, nameof(Fact<>.Value)), cells),
                Expression.Condition(Expression.Equal(state, Expression.Constant(FactState.None)), Expression.Constant(Fact.None), Missing)));
    }

    /*  property                 fact
        DateOnly? MadeOn         var held = record.MadeOn;
                                 held.HasValue ? convert(held.GetValueOrDefault()) : absent    */
    private static BlockExpression OfNullable(FactConversion inner, Expression source, Expression cells, Expression absent)
    {
        var held = Expression.Variable(source.Type, "held");
        return Expression.Block(
            typeof(long),
            [held],
            Expression.Assign(held, source),
            Expression.Condition(
                Expressions.HasValue(held),
                inner.Code(Expressions.ValueOf(held), cells),
                absent));
    }

    private static Expression Plain(Expression source) =>
        source.Type == typeof(bool) ? Expression.Condition(source, Expression.Constant(1L), Expression.Constant(0L))
        : source.Type == typeof(DateOnly) ? Expressions.DayOf(source)
        : Number(source);

    private static Expression Number(Expression source) => source.Type == typeof(long) ? source : Expression.Convert(source, typeof(long));

    private static ConstantExpression Index(FactSchema fact) => Expression.Constant(fact.Index);

    private static MethodCallExpression Call(Expression cells, string method, params Expression[] arguments) =>
        Expression.Call(cells, Expressions.Method(method), arguments);

    private static string Expected(FactSchema fact) => fact.Kind switch
    {
        FactKind.YesNo => "bool",
        FactKind.Integer => "long, int or a smaller integer",
        FactKind.Decimal => "decimal: the rules compute exactly",
        FactKind.Text => "string",
        FactKind.Date => "DateOnly: a legal date has no time of day and no time zone",
        FactKind.Days or FactKind.Months => "int, a count in the field's unit",
        FactKind.Member => "an enumeration, or string",
        FactKind.Members => "a collection of an enumeration or of string, or an enumeration with [Flags]",
        FactKind.Country => "string or CountryCode",
        FactKind.HsCode => "string or HsCode: a number loses the leading zero",
        _ => "a type that can hold it",
    };
}
