using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Runtime.InteropServices;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>How a property that holds a list is read: which list, and which property of an entry holds which fact.</summary>
internal abstract class EntryWriter
{
    /// <summary>The code that reads a property's entries into the cells, and gives the list's own fact.</summary>
    public abstract Expression Code(Expression source, Expression cells);

    /// <param name="item">Type of the entries.</param>
    /// <param name="list">Position in <see cref="RulesetManifest.Lists"/>.</param>
    /// <param name="property">The property that holds the list.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The parameter's type asks for nothing: its properties were found before.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Entries that are classes share their code; structs need the instance to be in the program.")]
    public static EntryWriter Create(Type item, ListSchema schema, int list, string property, IReadOnlyList<RecordColumn> columns) =>
        (EntryWriter)(Activator.CreateInstance(typeof(EntryWriter<>).MakeGenericType(item), schema, list, property, columns) ?? throw new MissingMethodException(item.Name));
}

/// <inheritdoc/>
internal sealed class EntryWriter<T> : EntryWriter
{
    private readonly RecordWriter<T> _write;
    private readonly string[] _names;
    private readonly int _list;
    private readonly string _property;

    public EntryWriter(ListSchema schema, int list, string property, IReadOnlyList<RecordColumn> columns)
    {
        _write = WriterBuilder.Build<T>(schema.Entry, columns);
        _names = [.. schema.Entry.Facts.Take(schema.EntryFields).Select(fact => columns.FirstOrDefault(column => column.Fact.Index == fact.Index)?.Member.Name ?? fact.Name)];
        _list = list;
        _property = property;
    }

    public override Expression Code(Expression source, Expression cells)
    {
        Func<ImmutableArray<T>, RecordCells, long> ofArray = Read;
        Func<IEnumerable<T>?, RecordCells, long> ofAny = Read;
        return Expression.Call(Expression.Constant(this), (source.Type == typeof(ImmutableArray<T>) ? (Delegate)ofArray : ofAny).Method, source, cells);
    }

    private long Read(ImmutableArray<T> entries, RecordCells record) =>
        entries.IsDefault ? Absent(record) : Read(entries.AsSpan(), record);

    /// <summary>Arrays, lists and indexed collections are walked without allocating; others have an enumerator of their own.</summary>
    private long Read(IEnumerable<T>? entries, RecordCells record)
    {
        switch (entries)
        {
            case null:
                return Absent(record);
            case T[] array:
                return Read(array.AsSpan(), record);
            case List<T> known:
                return Read(CollectionsMarshal.AsSpan(known), record);
        }

        var list = record.Lists[_list];
        list.Begin(record);
        var number = 0;
        if (entries is IReadOnlyList<T> indexed)
        {
            for (; number < indexed.Count; number++)
            {
                Take(indexed[number], number, list, record);
            }
        }
        else
        {
            foreach (var entry in entries)
            {
                Take(entry, number++, list, record);
            }
        }

        list.End(record);
        return 0;
    }

    private long Read(ReadOnlySpan<T> entries, RecordCells record)
    {
        var list = record.Lists[_list];
        list.Begin(record);
        for (var number = 0; number < entries.Length; number++)
        {
            Take(entries[number], number, list, record);
        }

        list.End(record);
        return 0;
    }

    private void Take(T entry, int number, ListCells list, RecordCells record)
    {
        if (typeof(T).IsValueType || entry is not null)
        {
            _write(in entry, list.Entry);
        }
        else
        {
            // An entry is there, and nothing is known about it.
            list.Blank();
            record.OtherFaults.Add(new RecordFault($"{_property}[{number}]", null, "CCC8313", "an entry that is null"));
        }

        list.Take(record, _property, number, _names);
    }

    private long Absent(RecordCells record)
    {
        record.Lists[_list].Forget(record);
        return Facts.Fact.Missing;
    }
}
