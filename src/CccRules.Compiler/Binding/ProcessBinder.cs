using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;

namespace CccRules.Compiler.Binding;

/// <summary>
/// Processes: the norms they lead to, their steps, how long each takes and what each comes after. Nothing here is evaluated
/// for a record, so nothing of it reaches the intermediate code; the planner reads the symbols.
/// </summary>
internal sealed class ProcessBinder(DiagnosticBag bag, SemanticInfo info)
{
    /// <returns>All processes, in the order of their modules and of the text. Circles are reported, and cut.</returns>
    public ImmutableArray<ProcessSymbol> Bind(IReadOnlyList<(Scope Scope, SyntaxTree Tree)> scopes)
    {
        var processes = scopes.SelectMany(entry => entry.Scope.Own.OfType<ProcessSymbol>().Select(process => (process, entry.Scope))).ToImmutableArray();
        foreach (var (process, scope) in processes)
        {
            BindClauses(process, scope);
            process.Steps = DeclareSteps(process, scope);
        }

        foreach (var (process, scope) in processes)
        {
            BindOrder(process, scope);
        }

        var symbols = processes.Select(entry => entry.process).ToImmutableArray();
        if (Cycles.Report<Symbol>(symbols.SelectMany(process => process.Steps), Before, bag))
        {
            foreach (var step in symbols.SelectMany(process => process.Steps))
            {
                step.After = [];
            }
        }

        return symbols;
    }

    /// <summary>What has to have ended: before a step, what it comes after; before a process has ended, all of its steps.</summary>
    private static ImmutableArray<Symbol> Before(Symbol symbol) => symbol switch
    {
        StepSymbol step => step.After,
        ProcessSymbol process => [.. process.Steps],
        _ => [],
    };

    private void BindClauses(ProcessSymbol process, Scope scope)
    {
        var syntax = process.Syntax;
        process.Norms = [.. syntax.Purposes.SelectMany(clause => clause.Norms)
            .Select(name => scope.Resolve<NormSymbol>(name, "obligation", bag, info)).OfType<NormSymbol>().Distinct()];
        process.Actor = scope.Resolve<ActorSymbol>(syntax.Node<OnClauseSyntax>()?.Actor, "actor", bag, info);
        process.Citations = Citations(syntax.Citations, scope);
        if (!syntax.Steps.Any())
        {
            bag.Add(NameDiagnostics.MissingClause(process.Location, $"the process `{process.Name}`", "`step NAME lasts 4..8 weeks`"));
        }
    }

    private ImmutableArray<StepSymbol> DeclareSteps(ProcessSymbol process, Scope scope)
    {
        var looks = new NameChecks(bag);
        var steps = new Dictionary<string, StepSymbol>(StringComparer.Ordinal);
        foreach (var syntax in process.Syntax.Steps)
        {
            ClauseChecks.Check(syntax, scope.Text, bag);
            if (syntax.Name is not { HasMissing: false } name)
            {
                continue;
            }

            var at = scope.Text.GetLocation(name.Span);
            looks.Check(name.Text, at);
            var step = new StepSymbol(process, name.Text, syntax.Title?.Text ?? name.Text, at, syntax)
            {
                Translations = syntax.Title?.Translations.Select(translation => (translation.Language, translation.Text)).ToImmutableArray() ?? [],
                Needs = [.. syntax.Needs.SelectMany(needs => needs.Documents).Select(document => document.StringValue())],
                SubjectTo = [.. syntax.Subjects.Select(subject => subject.Text).OfType<SyntaxToken>().Select(text => text.StringValue())],
            };
            if (!steps.TryAdd(step.Name, step))
            {
                bag.Add(NameDiagnostics.DuplicateName(at, step.Name, steps[step.Name].Location));
                continue;
            }

            info.Declare(syntax, step);
            info.Declare(name, step);
            step.Actor = scope.Resolve<ActorSymbol>(syntax.Node<OnClauseSyntax>()?.Actor, "actor", bag, info);
            step.Citations = Citations(syntax.Citations, scope);
            BindLength(step, scope);
        }

        // A dictionary that nothing is taken from keeps its order.
        return [.. steps.Values];
    }

    private void BindLength(StepSymbol step, Scope scope)
    {
        if (step.Syntax.Lasts is not { } lasts)
        {
            bag.Add(NameDiagnostics.MissingClause(step.Location, $"the step `{step.Name}`", "`lasts 4..8 weeks`, or `lasts unknown` where the sources do not say"));
            return;
        }

        var numbers = lasts.Numbers.ToList();
        var units = lasts.Units.ToList();
        if (lasts.IsUnknown || lasts.HasMissing || numbers.Count == 0 || units.Count == 0)
        {
            return;
        }

        if (Length(numbers[0], units[0], scope) is not { } shortest || Length(numbers[^1], units[^1], scope) is not { } longest)
        {
            return;
        }

        var at = scope.Text.GetLocation(lasts.Span);
        if ((shortest.Months | longest.Months) != 0 && scope.Module.Rounding is null)
        {
            bag.Add(NormDiagnostics.RoundingNotStated(at));
        }

        if (!shortest.IsNeverLongerThan(longest))
        {
            bag.Add(longest.IsNeverLongerThan(shortest)
                ? ProcessDiagnostics.ReversedLength(at, shortest, longest)
                : ProcessDiagnostics.UnorderedLength(at, shortest, longest));
            return;
        }

        step.Shortest = shortest;
        step.Longest = longest;
    }

    private StepLength? Length(SyntaxToken number, LengthUnitSyntax unitSyntax, Scope scope)
    {
        if (unitSyntax.Unit is not { HasMissing: false } written)
        {
            return null;
        }

        var unit = written.UnitKind switch
        {
            SyntaxKind.DayKeyword or SyntaxKind.DaysKeyword => LengthUnit.Days,
            SyntaxKind.WeekKeyword or SyntaxKind.WeeksKeyword => LengthUnit.Weeks,
            SyntaxKind.MonthKeyword or SyntaxKind.MonthsKeyword => LengthUnit.Months,
            _ => LengthUnit.Years,
        };
        var value = BigInteger.Parse(number.Text.Replace("_", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        if (value > StepLength.MostOf(unit))
        {
            bag.Add(ProcessDiagnostics.LengthTooLarge(scope.Text.GetLocation(number.Span)));
            return null;
        }

        return new StepLength((int)value, unit);
    }

    /// <summary>A plain name is a step of the same process before it is a process.</summary>
    private void BindOrder(ProcessSymbol process, Scope scope)
    {
        var steps = process.Steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        foreach (var step in process.Steps)
        {
            var after = ImmutableArray.CreateBuilder<Symbol>();
            foreach (var name in step.Syntax.Afters.SelectMany(clause => clause.Names).Where(name => !name.HasMissing))
            {
                if (Resolve(name, steps, scope) is { } symbol && !after.Contains(symbol))
                {
                    after.Add(symbol);
                }
            }

            step.After = after.ToImmutable();
        }
    }

    private Symbol? Resolve(QualifiedNameSyntax name, Dictionary<string, StepSymbol> steps, Scope scope)
    {
        if (steps.TryGetValue(name.Text, out var step))
        {
            info.Refer(name, step);
            return step;
        }

        // A name that is nothing at all is a step misspelt rather than a process.
        if (name.Parts.Count() == 1 && scope.Find(name.Text).IsEmpty)
        {
            bag.Add(NameDiagnostics.UnknownName(scope.Text.GetLocation(name.Span), "step", name.Text, steps.Keys.Concat(scope.Visible.OfType<ProcessSymbol>().Select(process => process.Name))));
            return null;
        }

        return scope.Resolve<ProcessSymbol>(name, "process", bag, info);
    }

    private ImmutableArray<CitationSymbol> Citations(IEnumerable<CitationSyntax> citations, Scope scope) =>
        [.. citations.Select(syntax => scope.Resolve<SourceSymbol>(syntax.Source, "source", bag, info) is { } source
            ? new CitationSymbol(source, syntax.Locator?.StringValue()) : null).OfType<CitationSymbol>()];
}
