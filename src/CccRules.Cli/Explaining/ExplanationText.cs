using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;
using Spectre.Console;

namespace CccRules.Cli.Explaining;

/// <summary>Explanations for people: a drawn tree on a terminal, indented lines elsewhere.</summary>
internal sealed class ExplanationText(Screen screen)
{
    private const int MostAnswers = 12;
    private const int MostValues = 6;

    private readonly SortedDictionary<string, string> _sources = new(StringComparer.Ordinal);

    public void Write(NormExplanation explanation)
    {
        WriteHead(explanation);
        WriteDay(explanation);
        if (screen.HasColours)
        {
            WriteTree(explanation.Reasons);
        }
        else
        {
            foreach (var reason in explanation.Reasons)
            {
                WriteLine(reason, depth: 0);
            }
        }

        WriteMissing(explanation);
        WriteAdvice(explanation);
        screen.WriteLine();
    }

    /// <summary>The titles of every source that was cited.</summary>
    public void WriteSources()
    {
        if (_sources.Count > 0)
        {
            screen.WriteLine("sources");
        }

        foreach (var (name, title) in _sources)
        {
            screen.WriteLine($"  {Screen.Escape(name)}: {Screen.Escape(title)}");
        }
    }

    private void WriteHead(NormExplanation explanation)
    {
        var norm = explanation.Norm;
        screen.Write(norm.Name, RenderStyle.Message);
        screen.Write(": ");
        screen.Write(explanation.OutcomeText, StyleOf(explanation.Outcome));
        screen.WriteLine();
        screen.WriteLine($"  {Screen.Escape(norm.Title)}{(norm.Actor is { } actor ? $", on {Screen.Escape(actor)}" : "")}");
        if (!norm.Citations.IsEmpty)
        {
            screen.WriteLine($"  cites {Written(norm.Citations)}");
        }

        foreach (var condition in norm.SubjectTo)
        {
            screen.WriteLine($"  subject to {Screen.Escape(condition)}");
        }

        if (norm.Otherwise is { } otherwise && (explanation.Outcome & Outcome.Breached) != 0)
        {
            screen.WriteLine($"  otherwise {Screen.Escape(otherwise)}");
        }
    }

    private void WriteDay(NormExplanation explanation)
    {
        var what = explanation.Norm.IsJudgedByEvaluationDate ? "the evaluation date" : "a day of its own";
        screen.WriteLine(explanation.Day switch
        {
            Fact.Missing => $"  judged by {what}, which is not known",
            Fact.None => $"  judged by {what}, which there is none of",
            var day => $"  judged by {what}, {CivilDate.Format(day)}",
        });
        if (explanation.Due is { } due)
        {
            screen.WriteLine($"  {DueText.Of(due)}");
        }

        if (Fact.IsKnown(explanation.AppliesFrom))
        {
            screen.WriteLine($"  applies from {CivilDate.Format(explanation.AppliesFrom)}");
        }
    }

    private void WriteLine(ReasonLine reason, int depth)
    {
        screen.WriteLine($"  {Mark(reason.Truth),-4} {new string(' ', 2 * depth)}{Screen.Escape(reason.Text)}{Aside(reason)}");
        foreach (var part in reason.Parts)
        {
            WriteLine(part, depth + 1);
        }
    }

    private void WriteTree(ImmutableArray<ReasonLine> reasons)
    {
        var tree = new Tree(new Text("because")).Guide(TreeGuide.Line);
        foreach (var reason in reasons)
        {
            AddTo(tree, reason);
        }

        screen.Console.Write(tree);
    }

    private void AddTo(IHasTreeNodes parent, ReasonLine reason)
    {
        var colour = reason.Truth switch
        {
            Truth.True => "green",
            Truth.False => "red",
            _ => "yellow",
        };
        var node = parent.AddNode($"[{colour}]{Mark(reason.Truth)}[/] {Markup.Escape(Screen.Escape(reason.Text))}[dim]{Markup.Escape(Aside(reason))}[/]");
        foreach (var part in reason.Parts)
        {
            AddTo(node, part);
        }
    }

    private void WriteMissing(NormExplanation explanation)
    {
        foreach (var (fact, answers) in explanation.Missing.Where(missing => missing.Narrows || missing.Answers.IsEmpty))
        {
            screen.Write("  missing", RenderStyle.Warning);
            screen.WriteLine($" {Screen.Escape(fact.Name)}{(fact.Title == fact.Name ? "" : $": {Screen.Escape(fact.Title)}")}");
            var parts = answers.Take(MostAnswers).Select(answer => $"{Written(answer.Values)}: {answer.Outcome.Name(explanation.Norm.Kind)}");
            screen.WriteLine(answers.IsEmpty
                ? "    its values cannot be listed"
                : $"    {Screen.Escape(fact.Name)} {string.Join("; ", parts)}{(answers.Length > MostAnswers ? $"; and {answers.Length - MostAnswers} more" : "")}");
        }

        ImmutableArray<string> others = [.. explanation.Missing.Where(missing => missing.Answers.Length == 1).Select(missing => Screen.Escape(missing.Fact.Name))];
        if (!others.IsEmpty)
        {
            screen.Write("  missing", RenderStyle.Warning);
            screen.WriteLine($" {string.Join(", ", others)}: no value alone settles anything, together with others it can");
        }
    }

    private void WriteAdvice(NormExplanation explanation)
    {
        if (explanation.AskNext is { } next)
        {
            screen.WriteLine($"  ask next: {Screen.Escape(next.Name)}");
        }

        foreach (var way in explanation.Settling)
        {
            screen.WriteLine($"  settled as {way.Outcome.Name(explanation.Norm.Kind)} by {Written(way)}");
        }

        if (explanation.WhyNot is { } status)
        {
            screen.WriteLine(explanation.Obstacles.IsEmpty ? $"  nothing keeps it from being {status}" : $"  why not {status}:");
            foreach (var line in explanation.Obstacles)
            {
                WriteLine(line, depth: 1);
            }
        }

        foreach (var way in explanation.Flips)
        {
            screen.WriteLine($"  would be {way.Outcome.Name(explanation.Norm.Kind)} with {Written(way)}");
        }

        foreach (var way in explanation.Compliance)
        {
            screen.WriteLine(way.Exemption is { } exemption
                ? $"  lifted by the exemption \"{Screen.Escape(exemption.Title)}\" where it is so: {Written(way)}"
                : $"  to comply: {Written(way)}");
            foreach (var document in way.Exemption?.Needs ?? [])
            {
                screen.WriteLine($"    needs {Screen.Escape(document)}");
            }
        }
    }

    private static string Written(WayOut way) => string.Join(", ", way.Changes.Select(change => Screen.Escape(
        change.From is { } from ? $"{change.Fact.Name} {change.To} (now {from})" : $"{change.Fact.Name} {change.To}")));

    private static string Written(ImmutableArray<string> values)
    {
        var shown = string.Join(", ", values.Take(MostValues).Select(Screen.Escape));
        return values.Length > MostValues ? $"{shown} and {values.Length - MostValues} more" : shown;
    }

    /// <summary>What stands behind a condition: its values, or where it comes from.</summary>
    private string Aside(ReasonLine reason)
    {
        var facts = reason.Facts.IsEmpty ? "" : $"   [{string.Join(", ", reason.Facts.Select(Screen.Escape))}]";
        var citations = reason.Citations.IsEmpty ? "" : $"   ({Written(reason.Citations)})";
        return facts + citations + (reason.IsToldAbove ? "   (see above)" : "");
    }

    /// <summary>Sources by their short names, as their titles are long; <see cref="WriteSources"/> tells those.</summary>
    private string Written(ImmutableArray<CitationSchema> citations)
    {
        foreach (var citation in citations)
        {
            _sources[citation.Source] = citation.SourceTitle;
        }

        return string.Join("; ", citations.GroupBy(citation => citation.Source, StringComparer.Ordinal).Select(source =>
        {
            var places = source.Where(citation => citation.Locator is not null).Select(citation => $"\"{citation.Locator}\"").Distinct(StringComparer.Ordinal);
            return Screen.Escape($"{source.Key} {string.Join(", ", places)}".TrimEnd());
        }));
    }

    public static string Mark(Truth truth) => truth switch
    {
        Truth.True => "yes",
        Truth.False => "no",
        Truth.Open => "open",
        _ => throw new UnreachableException(),
    };

    private static RenderStyle StyleOf(Outcome outcome) => outcome switch
    {
        Outcome.Breached => RenderStyle.Error,
        _ when !outcome.IsSettled() => RenderStyle.Warning,
        _ => RenderStyle.Info,
    };
}
