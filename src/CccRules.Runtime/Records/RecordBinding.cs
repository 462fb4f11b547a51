using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>Writes a record's facts into the cells.</summary>
internal delegate void RecordWriter<T>(ref readonly T record, RecordCells cells);

/// <summary>Reads a record's HS code as a fact.</summary>
internal delegate long CodeReader<T>(ref readonly T record, RecordCells cells);

/// <summary>Reads a record's HS code as it is written.</summary>
internal delegate string? CodeTextReader<T>(ref readonly T record);

/// <summary>
/// An application's type fitted to a ruleset: which property holds which fact, checked once. Immutable and safe for any number of
/// threads; each thread takes an evaluator of its own from <see cref="CreateEvaluator"/>.
/// </summary>
/// <remarks>
/// A property that holds a list of the rules is a collection of objects, whose properties are the fields of an entry. A trimmed program keeps
/// the properties of <typeparamref name="T"/>; those of its entries it keeps where it says so:
/// <c>[DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Certificate))]</c>.
/// </remarks>
/// <typeparam name="T">A class, record or struct; its public properties and fields are facts by their names.</typeparam>
public sealed class RecordBinding<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>
{
    private RecordBinding(Ruleset ruleset, RecordPlan plan, ImmutableArray<(int Fact, bool Answer)> assumptions)
    {
        Ruleset = ruleset;
        Diagnostics = [.. plan.Diagnostics];
        Writer = WriterBuilder.Build<T>(ruleset.Manifest, plan.Columns);
        Assumptions = assumptions;
        Names = PropertyNames(ruleset, plan);
        if (ruleset.Gate is { } gate && plan.Columns.Find(column => column.Fact.Index == gate.Fact) is { } code)
        {
            CodeReader = WriterBuilder.BuildReader<T>(code);
            CodeTextReader = WriterBuilder.BuildTextReader<T>(code);
        }
    }

    public Ruleset Ruleset { get; }

    /// <summary>Remarks about the type, such as properties that are no facts.</summary>
    public ImmutableArray<RecordDiagnostic> Diagnostics { get; }

    /// <summary>Writes all facts that rules read.</summary>
    internal RecordWriter<T> Writer { get; }

    /// <summary>Reads the HS code alone, to see whether it settles everything; null where the record has none that could.</summary>
    internal CodeReader<T>? CodeReader { get; }

    /// <summary>Reads it as it is written; null also where the property is no text.</summary>
    internal CodeTextReader<T>? CodeTextReader { get; }

    internal ImmutableArray<(int Fact, bool Answer)> Assumptions { get; }

    /// <summary>By fact the property that holds it; the fact's own name where none does.</summary>
    internal string[] Names { get; }

    internal static bool TryCreate(
        Ruleset ruleset,
        RecordBindingOptions? options,
        [NotNullWhen(true)] out RecordBinding<T>? binding,
        out ImmutableArray<RecordDiagnostic> diagnostics)
    {
        var plan = RecordPlan.Create<T>(ruleset.Manifest);
        var assumptions = Answers(ruleset, options ?? RecordBindingOptions.Default, plan);
        diagnostics = [.. plan.Diagnostics];
        binding = plan.HasErrors ? null : new RecordBinding<T>(ruleset, plan, assumptions);
        return binding is not null;
    }

    /// <summary>An evaluator for one thread; cheap enough to make one a request, better kept.</summary>
    public RecordEvaluator<T> CreateEvaluator() => new(this);

    private static string[] PropertyNames(Ruleset ruleset, RecordPlan plan)
    {
        string[] names = [.. ruleset.Manifest.Facts.Select(fact => fact.Name)];
        foreach (var column in plan.Columns)
        {
            names[column.Fact.Index] = column.Member.Name;
        }

        return names;
    }

    private static ImmutableArray<(int Fact, bool Answer)> Answers(Ruleset ruleset, RecordBindingOptions options, RecordPlan plan)
    {
        var questions = ruleset.Manifest.Facts.Where(fact => fact.Role == FactRole.Question).ToList();
        var answers = ImmutableArray.CreateBuilder<(int, bool)>();
        foreach (var (name, answer) in options.Assumptions.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (questions.Find(question => question.Name == name) is { } question)
            {
                answers.Add((question.Index, answer));
            }
            else
            {
                plan.Diagnostics.Add(RecordRules.UnknownQuestion(typeof(T).Name, name, FactNameMatch.Nearest(name, questions.Select(known => known.Name))));
            }
        }

        return answers.ToImmutable();
    }
}
