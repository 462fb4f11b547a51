using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

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

    /// <summary>A property of Nullable, Fact or DateOnly.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The property is one of a type that this assembly uses itself.")]
    public static MemberExpression Get(Expression source, string property) =>
        Expression.Property(source, source.Type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance) ?? throw new MissingMemberException(property));
}
