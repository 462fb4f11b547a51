using System.Linq.Expressions;
using System.Reflection;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>Turns the columns of a type into one method that writes a record's facts, so that no property is looked up twice.</summary>
internal static class WriterBuilder
{
    /*  columns                            method
        hs_code  <- Declaration.HsCode     (ref readonly Declaration record, RecordCells cells) =>
        made_on  <- Declaration.MadeOn         var facts = cells.Facts;
                                               facts[0] = cells.HsCodeText(record.HsCode, 0, Missing);
                                               facts[3] = record.MadeOn.DayNumber;    */
    public static RecordWriter<T> Build<T>(RulesetManifest manifest, IReadOnlyList<RecordColumn> columns)
    {
        var record = Expression.Parameter(typeof(T).MakeByRefType(), "record");
        var cells = Expression.Parameter(typeof(RecordCells), "cells");
        var facts = Expression.Variable(typeof(long[]), "facts");
        var read = RecordPlan.FactsRead(manifest);
        var statements = new List<Expression> { Expression.Assign(facts, Expressions.Get(cells, nameof(RecordCells.Facts))) };
        // Lists come last: conditions on their entries may ask for the record's other facts.
        foreach (var column in columns.Where(column => read.Contains(column.Fact.Index) || column.Fact.IsRequired).OrderBy(column => column.IsList))
        {
            statements.Add(Expression.Assign(Expression.ArrayAccess(facts, Expression.Constant(column.Fact.Index)), Value(column, record, cells)));
        }

        statements.Add(Expression.Empty());
        return Expression.Lambda<RecordWriter<T>>(Expression.Block([facts], statements), record, cells).Compile();
    }

    /// <summary>A method that gives one fact and writes nothing.</summary>
    public static CodeReader<T> BuildReader<T>(RecordColumn column)
    {
        var record = Expression.Parameter(typeof(T).MakeByRefType(), "record");
        var cells = Expression.Parameter(typeof(RecordCells), "cells");
        return Expression.Lambda<CodeReader<T>>(Value(column, record, cells), record, cells).Compile();
    }

    /// <summary>A method that gives a property as it is; null where it is no text.</summary>
    public static CodeTextReader<T>? BuildTextReader<T>(RecordColumn column)
    {
        var record = Expression.Parameter(typeof(T).MakeByRefType(), "record");
        var source = Source(column, record);
        return source.Type == typeof(string) ? Expression.Lambda<CodeTextReader<T>>(source, record).Compile() : null;
    }

    private static MemberExpression Source(RecordColumn column, Expression record) =>
        column.Member is PropertyInfo property ? Expression.Property(record, property) : Expression.Field(record, (FieldInfo)column.Member);

    private static Expression Value(RecordColumn column, Expression record, Expression cells)
    {
        var value = column.Code(Source(column, record), cells);
        return column.Fact.IsRequired
            ? Expression.Call(cells, Expressions.Method(nameof(RecordCells.Required)), value, Expression.Constant(column.Fact.Index))
            : value;
    }
}
