using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// Something that conditions ask about and that takes one value for each record that is known in full: a field, a
/// question, a norm's status, or whether a set has a member.
/// </summary>
/// <param name="symbol">The field, question or norm.</param>
/// <param name="domain">Every value that it can have, or more.</param>
internal sealed class AnalyzedFact(Symbol symbol, ValueSet domain)
{
    public Symbol Symbol { get; } = symbol;

    public string Name => Symbol.Name;

    public ValueSet Domain { get; } = domain;
}

/// <summary>The facts of a ruleset, one object each.</summary>
internal sealed class AnalyzedFacts
{
    /// <summary>Sets of so many members are numbers of so many bits; of larger ones each member is a fact of its own.</summary>
    public const int MostMembersTogether = 8;

    private const long MostHsCode = 9_999_999_999_999;
    private static readonly ValueSet Bit = ValueSet.Range(0, 1);

    private readonly Dictionary<(Symbol Symbol, int Member), AnalyzedFact> _facts = [];

    public AnalyzedFact Of(FieldSymbol field) => Find(field, -1, () => DomainOf(field.Type));

    public AnalyzedFact Of(QuestionSymbol question) => Find(question, -1, () => Bit);

    /// <summary>Whether a set has a member.</summary>
    public AnalyzedFact Of(FieldSymbol field, int member) => Find(field, member, () => Bit);

    /// <summary>A norm's status by its bit; known once the norm is declared.</summary>
    public AnalyzedFact? Of(NormSymbol norm) => _facts.GetValueOrDefault((norm, -1));

    /// <summary>Declares the statuses that a norm can have, by what it says.</summary>
    public void Declare(BoundNorm norm)
    {
        var isLimited = !norm.Windows.IsEmpty || norm.Norm.Module is { FromDay: not null } or { UntilDay: not null };
        var statuses = Outcome.Nothing;
        void AddIf(bool isPossible, Outcome status) => statuses |= isPossible ? status : Outcome.Nothing;

        AddIf(norm.When is not null || norm.Unless is not null, Outcome.NotApplicable);
        AddIf(!norm.Exemptions.IsEmpty, Outcome.Exempt);
        AddIf(isLimited, Outcome.NotInForce);
        AddIf(norm.Fulfilled is not null, Outcome.Fulfilled | (norm.Norm.IsOption ? Outcome.Required : Outcome.Breached));
        AddIf(norm.Fulfilled is null, Outcome.Required);
        _facts[(norm.Norm, -1)] = new AnalyzedFact(norm.Norm, StatusSet(statuses));
    }

    /// <summary>Declares the statuses that a deadline can have.</summary>
    public void Declare(BoundDeadline deadline)
    {
        var statuses = Outcome.Breached | Outcome.Required
            | (deadline.When is not null || deadline.Unless is not null || deadline.For is not null || deadline.Due.Type.AllowsNone || deadline.Norm.Module is { FromDay: not null } or { UntilDay: not null }
                ? Outcome.NotApplicable : Outcome.Nothing)
            | (deadline.Met is null ? Outcome.Nothing : Outcome.Fulfilled)
            | (deadline.Remind is null ? Outcome.Nothing : Outcome.Soon);
        _facts[(deadline.Norm, -1)] = new AnalyzedFact(deadline.Norm, StatusSet(statuses));
    }

    public static ValueSet StatusSet(Outcome statuses) =>
        ValueSet.Union(Enumerable.Range(0, 8).Where(bit => ((int)statuses >> bit & 1) == 1).Select(bit => ValueSet.Range(bit, bit)));

    private AnalyzedFact Find(Symbol symbol, int member, Func<ValueSet> domain)
    {
        if (!_facts.TryGetValue((symbol, member), out var fact))
        {
            _facts[(symbol, member)] = fact = new AnalyzedFact(symbol, domain());
        }

        return fact;
    }

    /// <summary>Every value that a type has.</summary>
    public static ValueSet DomainOf(TypeSymbol type) => (type.Kind switch
    {
        TypeKind.YesNo => Bit,
        TypeKind.Number => ValueSet.Range(Fact.None + 1, long.MaxValue),
        TypeKind.Text => ValueSet.From(FactPoint.Of("")),
        TypeKind.Date => ValueSet.Range(CivilDate.MinDay, CivilDate.MaxDay),
        TypeKind.Duration => ValueSet.Range(int.MinValue + 2, int.MaxValue),
        TypeKind.Member => ValueSet.Range(0, MembersOf(type) - 1),
        TypeKind.MemberSet => ValueSet.Range(0, (1L << MembersOf(type)) - 1),
        TypeKind.Country => ValueSet.Union(Enumerable.Range(0, CountryCode.Count)
            .Where(number => CountryCode.FromNumber(number).IsAssigned)
            .Select(number => ValueSet.Range(number, number))),
        TypeKind.Hs => ValueSet.Range(0, MostHsCode),
        TypeKind.List => ValueSet.Range(0, 0),
        _ => throw new UnreachableException(type.ToString()),
    }).WithNone(type.AllowsNone);

    private static int MembersOf(TypeSymbol type) => type.Enumeration?.Members.Length ?? 0;
}
