using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Binding;

/// <summary>What is asked of lists. The condition on an entry sees the entry's fields before those of the record.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>The record of the entry that the expression speaks of; null outside such a condition.</summary>
    public RecordSymbol? Entry { get; init; }

    private BoundExpression BindListCall(ListCallSyntax syntax)
    {
        if (syntax.List is not { HasMissing: false } name)
        {
            return new BoundError(syntax);
        }

        if (Entry is not null)
        {
            return Fail(syntax, ListDiagnostics.NestedList(At(syntax)));
        }

        if (scope.ResolveAny(name, "list", bag, symbol => symbol is FieldSymbol { Type.Kind: TypeKind.List }) is not { } symbol)
        {
            return new BoundError(syntax);
        }

        info.Refer(name, symbol);
        if (symbol is not FieldSymbol { Type.Kind: TypeKind.List } list)
        {
            return Fail(name, ListDiagnostics.NotAList(At(name), symbol));
        }

        if (list.Entry is null)
        {
            return new BoundError(syntax);
        }

        if (syntax.Condition is null && syntax.Word != SyntaxKind.CountKeyword)
        {
            return Fail(syntax, NameDiagnostics.MissingClause(At(syntax), $"`{syntax.Children[0]}` of a list", "`where CONDITION`"));
        }

        var condition = syntax.Condition is null ? null : new ExpressionBinder(scope, definitions, bag, info) { Entry = list.Entry }.BindCondition(syntax.Condition);
        if (condition is { Type.IsError: true })
        {
            return condition;
        }

        var word = syntax.Word switch
        {
            SyntaxKind.AnyKeyword => ListWord.Any,
            SyntaxKind.AllKeyword => ListWord.All,
            _ => ListWord.Count,
        };
        var fact = new ListFactSymbol(scope.Module, At(syntax).SpanText, At(syntax), list);
        var call = new BoundListCall(syntax, word, fact, condition);
        info.Add(call);
        return call;
    }

    /// <summary>A field of the entry; null where the name means something else.</summary>
    private FieldSymbol? FindInEntry(string name) => Entry?.Fields.FirstOrDefault(field => field.Name == name);
}
