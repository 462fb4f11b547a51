using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>The few members that bound code uses, found so that a trimmed program keeps them.</summary>
internal static class Expressions
{
    public static MethodInfo Method(string name) =>
        typeof(RecordCells).GetMethod(name, BindingFlags.Public | BindingFlags.Instance) ?? throw new MissingMethodException(name);

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The type parameters of RecordCells' methods ask for nothing.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Expressions are interpreted where no code can be made; sets of enumerations then need the instance to be in the program.")]
    public static MethodInfo Method(string name, Type item) => Method(name).MakeGenericMethod(item);

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "An interface over a type that the program has.")]
    public static Type Sequence(Type item) => typeof(IEnumerable<>).MakeGenericType(item);

    /// <summary>
    /// Whether a nullable value is there. A program that was compiled to native code has no properties of Nullable to be found: there the expression is
    /// interpreted, and every value is boxed in any case.
    /// </summary>
    public static Expression HasValue(Expression nullable) => RuntimeFeature.IsDynamicCodeCompiled
        ? Get(nullable, nameof(Nullable<>.HasValue))
        : Expression.ReferenceNotEqual(Expression.Convert(nullable, typeof(object)), Expression.Constant(null));

    /// <summary>The value of a nullable that is there.</summary>
    public static Expression ValueOf(Expression nullable) => RuntimeFeature.IsDynamicCodeCompiled
        ? Get(nullable, nameof(Nullable<>.Value))
        : Expression.Convert(nullable, Nullable.GetUnderlyingType(nullable.Type) ?? nullable.Type);

    /// <summary>A date as a number of days.</summary>
    public static Expression DayOf(Expression date) => RuntimeFeature.IsDynamicCodeCompiled
        ? Expression.Convert(Get(date, nameof(DateOnly.DayNumber)), typeof(long))
        : Expression.Call(typeof(Expressions).GetMethod(nameof(Day), BindingFlags.NonPublic | BindingFlags.Static) ?? throw new MissingMethodException(nameof(Day)), date);

    /// <summary>A property of Nullable, Fact or DateOnly.</summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Fact<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The property is one of a type that this assembly uses itself.")]
    public static MemberExpression Get(Expression source, string property) =>
        Expression.Property(source, source.Type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance) ?? throw new MissingMemberException(property));

    private static long Day(DateOnly date) => date.DayNumber;
}
