using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Runtime.Records;

/// <summary>What an evaluator of records owns: cells, engine, and the number of the record that they hold.</summary>
internal sealed class RecordRun
{
    private readonly string[] _names;
    private readonly RestReader? _rest;
    private bool _isUnread;

    /// <param name="names">By fact the name that faults tell.</param>
    /// <param name="texts">Where the texts of records go.</param>
    /// <param name="rest">Reads records of which only the code was read; null where that does not happen.</param>
    public RecordRun(Ruleset ruleset, string[] names, TextDictionary? texts = null, RestReader? rest = null)
    {
        _names = names;
        _rest = rest;
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

    public bool HasFaults => Cells.HasFaults || Cells.OtherFaults.Count != 0;

    public void Assume(ImmutableArray<(int Fact, bool Answer)> assumptions)
    {
        foreach (var (fact, answer) in assumptions)
        {
            Cells.Facts[fact] = answer ? 1 : 0;
        }
    }

    /// <summary>Sets the date by which the record is judged; first, as conditions on the entries of its lists may ask for it.</summary>
    public void JudgeBy(DateOnly? asOf) => Cells.Facts[^1] = asOf is { } day ? day.DayNumber : Fact.Missing;

    /// <summary>Makes room for another record whose every bound fact is written.</summary>
    public void Next()
    {
        _isUnread = false;
        Cells.Next();
    }

    /// <summary>Evaluates what the cells hold.</summary>
    /// <param name="outcomes">By norm, until the next record.</param>
    /// <returns>The record's number.</returns>
    public int Evaluate(out byte[] outcomes)
    {
        Cells.IsUsed = true;
        Engine.EvaluateOutcomes(Cells.Facts, Cells.Texts);
        outcomes = Engine.Answered;
        return ++Number;
    }

    /// <summary>Evaluates what the cells hold beside a code that settled something.</summary>
    /// <inheritdoc cref="Evaluate(out byte[])"/>
    public int Evaluate(GateAnswer? answer, out byte[] outcomes)
    {
        Cells.IsUsed = true;
        outcomes = Engine.EvaluateOpen(Cells.Facts, Cells.Texts, answer);
        return ++Number;
    }

    /// <summary>Goes without the other facts of a record whose code settled everything, until somebody asks for more.</summary>
    /// <returns>The record's number.</returns>
    public int LeaveUnread()
    {
        _isUnread = true;
        return ++Number;
    }

    /// <summary>Makes sure that the cells hold the whole record, and the engine all about it.</summary>
    /// <param name="outcomes">What the record was said to have.</param>
    /// <exception cref="InvalidOperationException">The record is no longer the one that was evaluated.</exception>
    public void ReadRest(ref readonly byte record, ReadOnlySpan<byte> outcomes)
    {
        if (!_isUnread)
        {
            return;
        }

        _isUnread = false;
        Cells.IsUsed = true;
        _rest!.Read(in record, Cells);
        Engine.Evaluate(Cells.Facts, Cells.Texts);
        if (!Engine.Answered.AsSpan().SequenceEqual(outcomes))
        {
            throw new InvalidOperationException("The record was changed since it was evaluated; ask before that, or use ToResult for a copy that lasts.");
        }
    }

    public ImmutableArray<RecordFault> Faults()
    {
        if (!HasFaults)
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
