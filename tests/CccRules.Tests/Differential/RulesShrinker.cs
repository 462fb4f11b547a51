using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Differential;

/// <summary>
/// Makes rules that show a fault as small as it gets: drops declarations, clauses and fields, puts parts in the place of
/// expressions, takes facts out of the record, as long as the fault stays.
/// </summary>
/// <param name="findFault">What is wrong with rules without errors on a record; null: nothing. May throw, which is a fault too.</param>
internal sealed class RulesShrinker(Func<ImmutableArray<SourceText>, BoundRuleset, ReferenceRecord, string?> findFault)
{
    private const int MostTries = 1500;

    private int _tries;

    /// <param name="rules">Null where the fault shows before there are any.</param>
    public string Shrink(ImmutableArray<SourceText> files, BoundRuleset? rules, ReferenceRecord record)
    {
        var facts = new RecordByName(record);
        var fault = Check(files, facts);
        if (fault is null)
        {
            return $"(the fault does not show on this record alone)\n{GeneratedRules.Print(files)}{(rules is null ? "" : RecordPrinter.Print(rules, record))}";
        }

        var hasShrunk = true;
        while (hasShrunk && _tries < MostTries)
        {
            hasShrunk = false;
            foreach (var smaller in Smaller(files))
            {
                if (_tries++ < MostTries && Check(smaller, facts) is { } still)
                {
                    (files, fault, hasShrunk) = (smaller, still, true);
                    break;
                }
            }

            foreach (var fewer in facts.Fewer())
            {
                if (Check(files, fewer) is { } still)
                {
                    (facts, fault, hasShrunk) = (fewer, still, true);
                    break;
                }
            }
        }

        return $"Smallest: {fault}\n{GeneratedRules.Print(files)}{(rules is null ? "" : RecordPrinter.Print(GeneratedRules.TryBind(files, out _)!, facts.For(GeneratedRules.TryBind(files, out _)!)))}";
    }

    private string? Check(ImmutableArray<SourceText> files, RecordByName facts)
    {
        try
        {
            return GeneratedRules.TryBind(files, out _) is { } rules ? findFault(files, rules, facts.For(rules)) : null;
        }
        catch (Exception other)
        {
            return $"{other.GetType().Name}: {other.Message.Split('\n')[0]}";
        }
    }

    /// <summary>Texts that lack something, the largest pieces first.</summary>
    private static IEnumerable<ImmutableArray<SourceText>> Smaller(ImmutableArray<SourceText> files)
    {
        if (files.Length > 1)
        {
            // A module that nothing uses goes as a whole; two that need each other become one.
            yield return [SourceText.From(files[^1].Path, Merged(files))];
        }

        foreach (var (index, file) in files.Index())
        {
            var edits = SyntaxTree.Parse(file).Root.DescendantNodes().SelectMany(Edits).OrderByDescending(edit => edit.Span.Length - edit.Text.Length);
            foreach (var (span, text) in edits)
            {
                var smaller = file.Content.Remove(span.Start, span.Length).Insert(span.Start, text);
                yield return files.SetItem(index, SourceText.From(file.Path, smaller));
            }
        }
    }

    private static string Merged(ImmutableArray<SourceText> files)
    {
        var text = files[^1].Content.Replace("use r.base\n", "").Replace("r.base.", "");
        var other = files[0].Content;
        return text.Replace("extend item", "") + string.Join('\n', other.Split('\n').SkipWhile(line => line.StartsWith("ruleset ") || line.StartsWith("jurisdiction ") || line.StartsWith("version ") || line.StartsWith("months ") || line.StartsWith("from ")));
    }

    private static IEnumerable<(TextSpan Span, string Text)> Edits(SyntaxNode node)
    {
        if (node.Span.Length == 0 || node is CompilationUnitSyntax)
        {
            yield break;
        }

        if (node is ExpressionSyntax expression)
        {
            foreach (var part in expression.DescendantNodes().Skip(1).OfType<ExpressionSyntax>())
            {
                yield return (node.Span, Text(part));
            }

            foreach (var operand in Operands(node))
            {
                yield return operand;
            }

            if (node is not YesNoLiteralSyntax)
            {
                yield return (node.Span, "yes");
            }
        }
        else if (node.Parent is CompilationUnitSyntax or DeclarationSyntax || node is WherePartSyntax or UntilPartSyntax)
        {
            yield return (node.FullSpan, "");
        }
    }

    /// <summary>One operand less in a chain or list.</summary>
    private static IEnumerable<(TextSpan Span, string Text)> Operands(SyntaxNode node)
    {
        var children = node.Children;
        for (var i = 2; i < children.Length; i++)
        {
            if (children[i] is ExpressionSyntax && children[i - 1] is SyntaxToken { Kind: SyntaxKind.CommaToken or SyntaxKind.AndKeyword or SyntaxKind.OrKeyword or SyntaxKind.PlusToken or SyntaxKind.MinusToken } separator)
            {
                yield return (TextSpan.FromBounds(separator.FullSpan.Start, children[i].FullSpan.End), "");
            }
        }
    }

    private static string Text(SyntaxNode node) =>
        string.Concat(node.DescendantTokens().Select((token, i) => (i == 0 ? "" : string.Concat(token.LeadingTrivia.Select(trivia => trivia.Text))) + token.Text));

    /// <summary>A record that holds for rules which lack some of its fields.</summary>
    private sealed class RecordByName
    {
        private readonly ImmutableDictionary<string, ConstantValue> _fields;
        private readonly ImmutableDictionary<string, bool> _answers;
        private readonly ImmutableDictionary<string, ImmutableArray<ImmutableDictionary<string, ConstantValue>>> _lists;
        private readonly long? _day;

        public RecordByName(ReferenceRecord record)
        {
            _lists = record.Lists.ToImmutableDictionary(
                list => list.Key.Name,
                list => list.Value.Select(entry => entry.ToImmutableDictionary(value => value.Key.Name, value => value.Value)).ToImmutableArray());
            _fields = record.Fields.ToImmutableDictionary(entry => entry.Key.Name, entry => entry.Value);
            _answers = record.Answers.ToImmutableDictionary(entry => entry.Key.Name, entry => entry.Value);
            _day = record.EvaluationDay;
        }

        private RecordByName(
            ImmutableDictionary<string, ConstantValue> fields,
            ImmutableDictionary<string, bool> answers,
            ImmutableDictionary<string, ImmutableArray<ImmutableDictionary<string, ConstantValue>>> lists,
            long? day) => (_fields, _answers, _lists, _day) = (fields, answers, lists, day);

        public IEnumerable<RecordByName> Fewer() =>
        [
            .. _fields.Keys.Select(name => new RecordByName(_fields.Remove(name), _answers, _lists, _day)),
            .. _answers.Keys.Select(name => new RecordByName(_fields, _answers.Remove(name), _lists, _day)),
            .. _lists.Keys.Select(name => new RecordByName(_fields, _answers, _lists.Remove(name), _day)),
            .. _lists.SelectMany(list => list.Value.Select(entry => new RecordByName(_fields, _answers, _lists.SetItem(list.Key, list.Value.Remove(entry)), _day))),
            .. _day is null ? [] : new[] { new RecordByName(_fields, _answers, _lists, null) },
        ];

        public ReferenceRecord For(BoundRuleset rules) => new()
        {
            Fields = rules.Fields.Where(field => _fields.ContainsKey(field.Name)).ToImmutableDictionary(field => field, field => _fields[field.Name]),
            Answers = rules.Questions.Where(question => _answers.ContainsKey(question.Name)).ToImmutableDictionary(question => question, question => _answers[question.Name]),
            Lists = rules.Fields.Where(field => _lists.ContainsKey(field.Name)).ToImmutableDictionary(field => field, field => _lists[field.Name].Select(entry => EntryOf(field, entry)).ToImmutableArray()),
            EvaluationDay = _day,
        };

        private static ImmutableDictionary<FieldSymbol, ConstantValue> EntryOf(FieldSymbol list, ImmutableDictionary<string, ConstantValue> entry) =>
            (list.Entry?.Fields ?? []).Where(field => entry.ContainsKey(field.Name)).ToImmutableDictionary(field => field, field => entry[field.Name]);
    }
}
