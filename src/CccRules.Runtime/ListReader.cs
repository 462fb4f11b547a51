using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime;

/// <summary>
/// Reads the entries of a list and derives from them what the rules ask of the list: whether any or all of them meet a condition, and how many.
/// What hangs on an entry's missing facts stays missing. For one record after another; belongs to one thread.
/// </summary>
public sealed class ListReader
{
    private readonly ListSchema _schema;
    private readonly Evaluator _evaluator;
    private readonly long[] _facts;
    private readonly (int Yes, int Open)[] _counts;
    private TextDictionary _texts = new();
    private int _entries;

    /// <param name="ruleset">The rules.</param>
    /// <param name="list">A position in <see cref="RulesetManifest.Lists"/>.</param>
    public ListReader(Ruleset ruleset, int list)
    {
        ArgumentNullException.ThrowIfNull(ruleset);
        _schema = ruleset.Manifest.Lists[list];
        _evaluator = new Evaluator(ruleset.Lists[list]);
        _facts = new long[_schema.Entry.Facts.Length];
        _counts = new (int, int)[_schema.Derived.Length];
    }

    /// <summary>The facts of an entry that are its own, in the order in which <see cref="Add"/> takes them.</summary>
    public ReadOnlySpan<FactSchema> EntryFacts => _schema.Entry.Facts.AsSpan()[.._schema.EntryFields];

    /// <summary>Begins a record's list.</summary>
    /// <param name="record">The record's facts, all but the derived ones set; not kept.</param>
    /// <param name="texts">Texts of the record and of its entries.</param>
    public void Begin(ReadOnlySpan<long> record, TextDictionary texts)
    {
        record.CopyTo(_facts.AsSpan(_schema.EntryFields));
        Array.Clear(_counts);
        _entries = 0;
        _texts = texts;
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">One number a fact of <see cref="EntryFacts"/>, as <see cref="Fact"/> says.</param>
    public void Add(ReadOnlySpan<long> entry)
    {
        entry.CopyTo(_facts);
        _entries++;
        _evaluator.Evaluate(_facts, _texts);
        for (var i = 0; i < _counts.Length; i++)
        {
            var truth = _schema.Derived[i].Category is >= 0 and var category ? _evaluator.CategoryOf(category) : Truth.True;
            _counts[i].Yes += truth == Truth.True ? 1 : 0;
            _counts[i].Open += truth == Truth.Open ? 1 : 0;
        }
    }

    /// <summary>Ends the list: says in the record that it is there, and what follows from it.</summary>
    public void End(Span<long> record)
    {
        record[_schema.Fact] = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            var (yes, open) = _counts[i];
            record[_schema.Derived[i].Fact] = _schema.Derived[i].Word switch
            {
                ListWord.Any => yes > 0 ? 1 : open > 0 ? Fact.Missing : 0,
                ListWord.All => yes + open < _entries ? 0 : open > 0 ? Fact.Missing : 1,
                _ => open > 0 ? Fact.Missing : yes,
            };
        }
    }
}
