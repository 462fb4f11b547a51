using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Runtime.Records;

/// <summary>What an evaluator of records owns: cells, engine, and the number of the record that they hold.</summary>
internal sealed class RecordRun
{
    private readonly string[] _names;

    /// <param name="names">By fact the name that faults tell.</param>
    /// <param name="texts">Where the texts of records go.</param>
    public RecordRun(Ruleset ruleset, string[] names, TextDictionary? texts = null)
    {
        _names = names;
        Engine = new Evaluator(ruleset);
        texts ??= new TextDictionary();
        Cells = new RecordCells(ruleset.Manifest.Facts, texts) { Lists = [.. ruleset.Manifest.Lists.Select((_, list) => new ListCells(ruleset, list, texts))] };
        Missing = new FactSet(ruleset.Manifest.Facts.Length);
    }

    public Evaluator Engine { get; }

    public RecordCells Cells { get; }

    public FactSet Missing { get; }

    /// <summary>Counts records, so that an answer about an earlier one is not taken for one about this.</summary>
    public int Number { get; private set; }

    public Ruleset Ruleset => Engine.Ruleset;

    public void Assume(ImmutableArray<(int Fact, bool Answer)> assumptions)
    {
        foreach (var (fact, answer) in assumptions)
        {
            Cells.Facts[fact] = answer ? 1 : 0;
        }
    }

    /// <summary>Sets the date by which the record is judged; first, as conditions on the entries of its lists may ask for it.</summary>
    public void JudgeBy(DateOnly? asOf) => Cells.Facts[^1] = asOf is { } day ? day.DayNumber : Fact.Missing;

    /// <summary>Evaluates what the cells hold.</summary>
    public Classification Evaluate()
    {
        Engine.EvaluateOutcomes(Cells.Facts, Cells.Texts);
        Number++;
        return new Classification(this);
    }

    public ImmutableArray<RecordFault> Faults()
    {
        if (!Cells.HasFaults && Cells.OtherFaults.Count == 0)
        {
            return [];
        }

        var faults = ImmutableArray.CreateBuilder<RecordFault>();
        for (var fact = 0; fact < Cells.Faults.Length; fact++)
        {
            if (Cells.Faults[fact] is var fault && fault != FactFault.None)
            {
                var schema = Ruleset.Manifest.Facts[fact];
                faults.Add(new RecordFault(_names[fact], schema, fault.Code(), fault.Describe(schema)));
            }
        }

        faults.AddRange(Cells.OtherFaults);
        return faults.ToImmutable();
    }

    /// <summary>A day as .NET has it. Days that rules compute beyond the years 1 to 9999 stay at the end of them.</summary>
    public static DateOnly? DateOf(long day) => Fact.IsKnown(day)
        ? DateOnly.FromDayNumber((int)Math.Clamp(day, CivilDate.MinDay, CivilDate.MaxDay))
        : null;
}
