using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Tests.Architecture;

/// <summary>Writes down what an assembly offers to others, one line a type or member, in a fixed order.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    /// <summary>What the assembly at a path offers, types in a namespace that ends in <c>Generated</c> left out.</summary>
    public static string Describe(string assemblyPath)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != Path.GetFileName(assemblyPath))
            .Select(path => MetadataReference.CreateFromFile(path));
        var subject = MetadataReference.CreateFromFile(assemblyPath);
        var compilation = CSharpCompilation.Create("Reader", references: [subject, .. references]);
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(subject)!;

        var text = new StringBuilder();
        foreach (var type in PublicTypes(assembly.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var member in Members(type))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            switch (member)
            {
                case INamespaceSymbol { Name: not "Generated" } space:
                    foreach (var type in PublicTypes(space))
                    {
                        yield return type;
                    }

                    break;
                case INamedTypeSymbol type when IsVisible(type):
                    yield return type;
                    foreach (var nested in PublicTypes(type))
                    {
                        yield return nested;
                    }

                    break;
            }
        }
    }

    private static string Header(INamedTypeSymbol type)
    {
        var modifiers = type switch
        {
            { IsStatic: true } => "static ",
            { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            _ => string.Empty,
        };
        var bases = type.TypeKind is TypeKind.Enum or TypeKind.Delegate
            ? []
            : new[] { type.BaseType }
                .Where(parent => parent is not null && parent.SpecialType is SpecialType.None)
                .Concat(type.Interfaces.Where(parent => parent.Name != nameof(IEquatable<>)))
                .Select(parent => parent!.ToDisplayString(MemberFormat))
                .ToList();
        return $"{modifiers}{type.ToDisplayString(TypeFormat)}{(bases.Count > 0 ? " : " : string.Empty)}{string.Join(", ", bases)}";
    }

    private static IEnumerable<string> Members(INamedTypeSymbol type)
    {
        var members = type.GetMembers().Where(member => IsVisible(member) && member switch
        {
            INamedTypeSymbol => false,
            IMethodSymbol method => method.MethodKind is not (MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove)
                && type.TypeKind is not (TypeKind.Enum or TypeKind.Delegate)
                && !IsWrittenByTheCompiler(method),
            _ => !IsWrittenByTheCompiler(member),
        });
        var lines = members.Select(member => member.ToDisplayString(MemberFormat));
        return type.TypeKind == TypeKind.Enum ? lines : lines.Order(StringComparer.Ordinal);
    }

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    // The members that a record gets without writing them.
    private static bool IsWrittenByTheCompiler(ISymbol symbol) =>
        !symbol.CanBeReferencedByName && symbol.Name is "<Clone>$"
        || symbol.Name == "EqualityContract"
        || symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");
}
