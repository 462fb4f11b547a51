using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Binding;

/// <summary>Claims: what must be true of the rules. They change nothing that the rules say.</summary>
internal sealed class ClaimBinder(Scope scope, IDefinitions definitions, DiagnosticBag bag, SemanticInfo info)
{
    private readonly ExpressionBinder _expressions = new(scope, definitions, bag, info);

    /// <summary>Null where an error was reported.</summary>
    public BoundClaim? Bind(ClaimDeclarationSyntax syntax)
    {
        var description = syntax.Description?.StringValue() ?? "";
        var symbol = new ClaimSymbol(scope.Module, description, scope.Text.GetLocation((syntax.Description ?? syntax.Keyword).Span))
        {
            Citations = [.. syntax.Citations.Select(BindCitation).OfType<CitationSymbol>()],
        };
        info.Declare(syntax, symbol);
        var when = syntax.Whens.FirstOrDefault() is { } clause ? _expressions.BindCondition(clause.Condition) : null;
        if (syntax.Thats.FirstOrDefault() is not { } that)
        {
            bag.Add(NameDiagnostics.MissingClause(symbol.Location, "the claim", "`that CONDITION`"));
            return null;
        }

        var claimed = that.Outcome is { } outcome ? BindOutcome(outcome) : _expressions.BindCondition(that.Condition);
        return claimed is null or { Type.IsError: true } || when is { Type.IsError: true } ? null : new BoundClaim(symbol, when, claimed);
    }

    private CitationSymbol? BindCitation(CitationSyntax syntax) =>
        scope.Resolve<SourceSymbol>(syntax.Source, "source", bag, info) is { } source ? new CitationSymbol(source, syntax.Locator?.StringValue()) : null;

    private BoundStatusTest? BindOutcome(ClaimedOutcomeSyntax syntax)
    {
        if (scope.Resolve<NormSymbol>(syntax.Subject, "obligation", bag, info) is not { } norm)
        {
            return null;
        }

        var statuses = Outcome.Nothing;
        foreach (var outcome in syntax.Outcomes.Where(outcome => !outcome.HasMissing))
        {
            if (ExpressionBinder.StatusOf(norm, outcome.Text) is not { } status)
            {
                bag.Add(TypeDiagnostics.UnknownStatus(scope.Text.GetLocation(outcome.Span), outcome.Text, ExpressionBinder.StatusNames(norm)));
                return null;
            }

            statuses |= status;
        }

        return definitions.Require(norm, scope.Text.GetLocation(syntax.Span)) ? new BoundStatusTest(syntax, norm, statuses) : null;
    }
}
