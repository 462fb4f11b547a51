using CccRules.Compiler.Ir;
using CccRules.Compiler.Proof;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Tests.Engine;

namespace CccRules.Tests.Proof;

/// <summary>Records by the plainest interpreter there is, which shares no code with proofs.</summary>
internal sealed class NaiveRecords(IrModule module) : IRecordEvaluator
{
    private NaiveInterpreter? _record;

    public void Evaluate(Assignment record) => _record = new NaiveInterpreter(module, [.. module.Facts.Select(fact => Value(fact, record))]);

    public Truth NodeOf(int node) => _record!.Logic(node) switch
    {
        { CanBeTrue: true, CanBeFalse: true } => Truth.Open,
        { CanBeTrue: true } => Truth.True,
        _ => Truth.False,
    };

    public Outcome OutcomeOf(int norm) => _record!.OutcomeOf(norm);

    public IEnumerable<int> MissingOf(int norm) => [];

    private static NaiveValue Value(FactSchema fact, Assignment record)
    {
        var kind = fact.Kind switch
        {
            FactKind.YesNo => IrKind.YesNo,
            FactKind.Date => IrKind.Date,
            FactKind.Days => IrKind.Days,
            FactKind.Months => IrKind.Months,
            FactKind.Member => IrKind.Member,
            FactKind.Members => IrKind.Members,
            FactKind.Country => IrKind.Country,
            FactKind.HsCode => IrKind.HsCode,
            FactKind.Text => IrKind.Text,
            _ => IrKind.Number,
        };
        return record.Texts.TryGetValue(fact.Index, out var text) ? NaiveValue.Of(text)
            : !record.Numbers.TryGetValue(fact.Index, out var number) || number == Fact.Missing ? NaiveValue.Missing(kind)
            : number == Fact.None ? NaiveValue.None(kind)
            : NaiveValue.Of(kind, number);
    }
}
