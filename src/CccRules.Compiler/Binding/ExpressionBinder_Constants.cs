using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Binding;

/// <summary>Values that the text must give in full: of parameters and of scenarios.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>A constant of a type; null (and a message) where it is none, or does not fit a record's fact.</summary>
    public ConstantValue? BindConstant(ExpressionSyntax? syntax, TypeSymbol type)
    {
        if (syntax is null || type.IsError)
        {
            return null;
        }

        if (type.Kind == TypeKind.Hs)
        {
            return syntax switch
            {
                NumberLiteralSyntax { Unit: null } number => CheckCode(number.Number) is { } digits ? new HsConstant(digits) : null,
                HsLiteralSyntax literal => CheckCode(literal.Code) is { } digits ? new HsConstant(digits) : null,
                NoneLiteralSyntax when type.AllowsNone => NoneConstant.Instance,
                _ => Refuse(syntax, TypeDiagnostics.NotConstant(At(syntax))),
            };
        }

        var value = BindValue(syntax, type);
        if (value is not BoundConstant constant)
        {
            return value.Type.IsError ? null : Refuse(syntax, TypeDiagnostics.NotConstant(At(syntax)));
        }

        return Fits(constant.Value, type) ? constant.Value : Refuse(syntax, TypeDiagnostics.TooLarge(At(syntax)));
    }

    /// <summary>Converts for a definition whose values must agree.</summary>
    public BoundExpression ConvertTo(BoundExpression value, TypeSymbol type) => Convert(value, type);

    /// <summary>Whether a fact of a record can hold it.</summary>
    public static bool Fits(ConstantValue value, TypeSymbol type)
    {
        switch (value)
        {
            case NumberConstant number:
                var scaled = type.IsInteger ? number.Value : number.Value * new Rational(Fact.DecimalScale);
                return scaled.IsWhole && scaled.Numerator > Fact.None && scaled.Numerator <= long.MaxValue;
            case DurationConstant duration:
                var count = type.Basis == DurationBasis.Months ? duration.Months : duration.Days;
                return count > int.MinValue + 1 && count <= int.MaxValue;
            default:
                return true;
        }
    }

    private ConstantValue? Refuse(ExpressionSyntax syntax, CccRules.Compiler.Diagnostics.Diagnostic diagnostic)
    {
        _ = Fail(syntax, diagnostic);
        return null;
    }
}
