using CccRules.Compiler.Ir;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Tests.Engine;

/// <summary>Records for a module, as the naive interpreter reads them and as facts.</summary>
internal sealed class RandomRecords
{
    public RandomRecords(IrModule module, int seed, int count)
    {
        var random = new Random(seed);
        // Some runs know everything, some hardly anything.
        var missing = new[] { 0, 0.1, 0.3, 0.7 }[random.Next(4)];
        for (var i = 0; i < count; i++)
        {
            Naive.Add([.. module.Facts.Select(fact => Cell(random, fact, missing))]);
            Facts.Add([.. Naive[i].Select(Encode)]);
        }
    }

    public List<NaiveValue[]> Naive { get; } = [];

    public List<long[]> Facts { get; } = [];

    public TextDictionary Texts { get; } = new();

    /// <summary>Puts records of some positions into a batch.</summary>
    public void Fill(ColumnBatch batch, ReadOnlySpan<int> positions)
    {
        batch.Texts.Clear();
        for (var row = 0; row < positions.Length; row++)
        {
            for (var fact = 0; fact < batch.Facts.Length; fact++)
            {
                var value = Facts[positions[row]][fact];
                var isText = batch.Facts[fact].Kind == FactKind.Text && Fact.IsKnown(value);
                batch.Set(fact, row, isText ? batch.Texts.Intern(Texts[(int)value]) : value);
            }
        }

        batch.Count = positions.Length;
    }

    private static NaiveValue Cell(Random random, FactSchema fact, double missing)
    {
        var type = RandomModule.TypeOf(fact.Kind);
        if (random.NextDouble() < missing)
        {
            return NaiveValue.Missing(type.Kind);
        }

        if (random.Next(10) == 0)
        {
            return NaiveValue.None(type.Kind);
        }

        return fact.Kind switch
        {
            FactKind.Text => NaiveValue.Of(RandomModule.Text(random)),
            FactKind.HsCode => NaiveValue.Hs(RandomModule.Hs(random)),
            FactKind.Member => NaiveValue.Of(type.Kind, random.Next(fact.Members.Length)),
            _ => NaiveValue.Of(type.Kind, RandomModule.Number(random, type.Kind, type.Denominator)),
        };
    }

    private long Encode(NaiveValue value)
    {
        if (!value.IsKnown)
        {
            return value.IsMissing ? Fact.Missing : Fact.None;
        }

        return value.Kind == IrKind.Text ? Texts.Intern(value.Text) : (long)value.Number;
    }
}
