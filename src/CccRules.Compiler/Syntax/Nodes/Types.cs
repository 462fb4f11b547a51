using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>A type, and whether the fact may be known not to be there.</summary>
public sealed class TypeSyntax : SyntaxNode
{
    internal TypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Type, children)
    {
    }

    public TypeNameSyntax? TypeName => Node<TypeNameSyntax>();

    public OrNoneSyntax? OrNone => Node<OrNoneSyntax>();

    public bool AllowsNone => OrNone is not null;
}

/// <summary><c>or none</c></summary>
public sealed class OrNoneSyntax : SyntaxNode
{
    internal OrNoneSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.OrNone, children)
    {
    }
}

/// <summary>A type without <c>or none</c>.</summary>
public abstract class TypeNameSyntax : SyntaxNode
{
    private protected TypeNameSyntax(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind, children)
    {
    }
}

/// <summary><c>yes/no</c></summary>
public sealed class YesNoTypeSyntax : TypeNameSyntax
{
    internal YesNoTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.YesNoType, children)
    {
    }
}

/// <summary><c>integer</c>, maybe with a unit</summary>
public sealed class IntegerTypeSyntax : TypeNameSyntax
{
    internal IntegerTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.IntegerType, children)
    {
    }

    public UnitSyntax? Unit => Node<UnitSyntax>();
}

/// <summary><c>decimal</c>, maybe with a unit</summary>
public sealed class DecimalTypeSyntax : TypeNameSyntax
{
    internal DecimalTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DecimalType, children)
    {
    }

    public UnitSyntax? Unit => Node<UnitSyntax>();
}

/// <summary><c>money CNY</c></summary>
public sealed class MoneyTypeSyntax : TypeNameSyntax
{
    internal MoneyTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MoneyType, children)
    {
    }

    public UnitSyntax? Currency => Node<UnitSyntax>();
}

/// <summary><c>text</c></summary>
public sealed class TextTypeSyntax : TypeNameSyntax
{
    internal TextTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.TextType, children)
    {
    }
}

/// <summary><c>date</c></summary>
public sealed class DateTypeSyntax : TypeNameSyntax
{
    internal DateTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DateType, children)
    {
    }
}

/// <summary><c>duration months</c></summary>
public sealed class DurationTypeSyntax : TypeNameSyntax
{
    internal DurationTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DurationType, children)
    {
    }

    public DurationUnitSyntax? Unit => Node<DurationUnitSyntax>();
}

/// <summary><c>one of (a, b)</c></summary>
public sealed class MemberTypeSyntax : TypeNameSyntax
{
    internal MemberTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MemberType, children)
    {
    }

    public IEnumerable<NameSyntax> Members => Nodes<NameSyntax>();
}

/// <summary><c>set of (a, b)</c></summary>
public sealed class MemberSetTypeSyntax : TypeNameSyntax
{
    internal MemberSetTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MemberSetType, children)
    {
    }

    public IEnumerable<NameSyntax> Members => Nodes<NameSyntax>();
}

/// <summary><c>country</c></summary>
public sealed class CountryTypeSyntax : TypeNameSyntax
{
    internal CountryTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.CountryType, children)
    {
    }
}

/// <summary><c>hs</c></summary>
public sealed class HsTypeSyntax : TypeNameSyntax
{
    internal HsTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HsType, children)
    {
    }
}

/// <summary><c>list of RECORD</c></summary>
public sealed class ListTypeSyntax : TypeNameSyntax
{
    internal ListTypeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ListType, children)
    {
    }

    public QualifiedNameSyntax? Record => Node<QualifiedNameSyntax>();
}

/// <summary>A unit or a currency.</summary>
public sealed class UnitSyntax : SyntaxNode
{
    internal UnitSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Unit, children)
    {
    }

    public string Symbol => ((SyntaxToken)Children[0]).Text;
}

/// <summary>Days, weeks, months or years.</summary>
public sealed class DurationUnitSyntax : SyntaxNode
{
    internal DurationUnitSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DurationUnit, children)
    {
    }

    public SyntaxKind UnitKind => Children[0].Kind;
}
