using System.Numerics;

namespace CccRules.Compiler.Ir;

/// <summary>What kind of number a value is.</summary>
internal enum IrKind : byte
{
    /// <summary>A number with a denominator: integers, decimals, money, exact quotients.</summary>
    Number,
    Date,
    Days,
    Months,
    YesNo,
    Member,
    Members,
    Country,
    HsCode,
    Text,
}

/// <summary>
/// The type of a value. A number is an integer over <see cref="Denominator"/>: a decimal fact has 1,000,000, an
/// integer fact 1. A wide value needs more than 64 bits on the way and is held in 128.
/// </summary>
internal readonly record struct IrType(IrKind Kind, BigInteger Denominator, bool IsWide)
{
    public static IrType Of(IrKind kind) => new(kind, BigInteger.One, false);

    public static IrType Number(BigInteger denominator, bool isWide = false) => new(IrKind.Number, denominator, isWide);
}
