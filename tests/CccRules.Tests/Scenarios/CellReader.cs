using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Scenarios;

/// <summary>Cells of a rows fence to values. A number counts the unit of its field; members of a set stand between spaces.</summary>
internal static partial class CellReader
{
    /// <exception cref="FormatException">The cell is no value of the type.</exception>
    public static ConstantValue Read(string cell, TypeSymbol type)
    {
        if (cell == "none")
        {
            return type.AllowsNone ? NoneConstant.Instance : throw Fault(cell, type);
        }

        return type.Kind switch
        {
            TypeKind.YesNo => new YesNoConstant(YesNo(cell)),
            TypeKind.Number => new NumberConstant(Number(cell)),
            TypeKind.Text => new TextConstant(Text(cell)),
            TypeKind.Date => new DateConstant(Day(cell)),
            TypeKind.Duration => Duration(BigInteger.Parse(cell, CultureInfo.InvariantCulture) * type.DurationScale, type.Basis),
            TypeKind.Member => new MemberConstant(Member(cell, type)),
            TypeKind.MemberSet => new MembersConstant(cell == "()" ? 0 : cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(0L, (mask, member) => mask | (1L << Member(member, type)))),
            TypeKind.Country when cell is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] => new CountryConstant(cell),
            TypeKind.Hs when cell.Replace(".", "") is var digits && digits.All(char.IsAsciiDigit) => new HsConstant(digits),
            _ => throw Fault(cell, type),
        };
    }

    public static bool YesNo(string cell) => cell switch
    {
        "yes" => true,
        "no" => false,
        _ => throw Fault(cell, TypeSymbol.YesNo),
    };

    public static long Day(string cell) => CivilDate.TryParse(cell, out var day) ? day : throw Fault(cell, TypeSymbol.Date);

    private static Rational Number(string cell) =>
        cell.StartsWith('-') ? -Rational.Parse(cell[1..]) : Rational.Parse(cell);

    private static string Text(string cell) => cell.StartsWith('"')
        ? Escape().Replace(cell[1..^1], match => match.Value switch
        {
            "\\n" => "\n",
            "\\t" => "\t",
            ['\\', 'u', '{', .. var hex, '}'] => char.ConvertFromUtf32(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            var other => other[1..],
        })
        : cell;

    private static DurationConstant Duration(BigInteger count, DurationBasis basis) =>
        basis == DurationBasis.Months ? new(count, BigInteger.Zero) : new(BigInteger.Zero, count);

    private static int Member(string cell, TypeSymbol type) =>
        type.Enumeration?.Members.IndexOf(cell) is >= 0 and var ordinal ? ordinal : throw Fault(cell, type);

    private static FormatException Fault(string cell, TypeSymbol type) => new($"`{cell}` is no `{type}`");

    [GeneratedRegex(@"\\(u\{[0-9A-Fa-f]+\}|.)")]
    private static partial Regex Escape();
}
