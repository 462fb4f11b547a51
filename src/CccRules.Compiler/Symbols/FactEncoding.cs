using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Symbols;

/// <summary>Constants as the numbers that stand for them in a record (<see cref="Fact"/>).</summary>
internal static class FactEncoding
{
    /// <summary>A constant as the number that stands for it in a record.</summary>
    public static BigInteger Encode(ConstantValue value, TypeSymbol type) => value switch
    {
        YesNoConstant yesNo => yesNo.Value ? 1 : 0,
        DateConstant date => date.Day,
        DurationConstant duration => type.Basis == DurationBasis.Months ? duration.Months : duration.Days,
        MemberConstant member => member.Ordinal,
        MembersConstant members => members.Mask,
        CountryConstant country => ((country.Code[0] - 'A') * 26) + (country.Code[1] - 'A'),
        HsConstant code => EncodeHs(code.Digits),
        NumberConstant number => (number.Value * new Rational(type.IsInteger ? 1 : Fact.DecimalScale)).Numerator,
        NoneConstant => Fact.None,
        _ => throw new UnreachableException(value.GetType().Name),
    };

    private static long EncodeHs(string digits) =>
        (long.Parse(digits.PadRight(13, '0'), NumberStyles.None, CultureInfo.InvariantCulture) * 16) + digits.Length;
}
