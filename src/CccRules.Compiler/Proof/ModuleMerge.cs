using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Two modules as one over the same facts, so that one question can be put to both. Facts are the same where their names,
/// kinds and units are; members of an enumeration where their names are.
/// </summary>
/// <remarks>The second module's entries stand after the first's, with their positions moved.</remarks>
internal sealed class ModuleMerge
{
    private readonly IrModule _module;
    private readonly int[] _facts;
    private readonly ImmutableArray<FactSchema> _merged;
    private readonly MergedPlaces _places;
    private readonly int[] _enumerations;

    private ModuleMerge(IrModule module, int[] facts, ImmutableArray<FactSchema> merged, MergedPlaces places)
    {
        _module = module;
        _facts = facts;
        _merged = merged;
        _places = places;
        _enumerations = Enumerations(module);
    }

    /// <summary>Puts two modules together.</summary>
    /// <exception cref="NotSupportedException">A fact has another kind, unit or enumeration that cannot be brought together; the message names it.</exception>
    public static MergedModules Merge(IrModule left, IrModule right)
    {
        var facts = new List<FactSchema>();
        var haveSameLists = Lists(left) == Lists(right);
        var (ofLeft, ofRight) = (new int[left.Facts.Length], new int[right.Facts.Length]);
        foreach (var fact in left.Facts)
        {
            ofLeft[fact.Index] = facts.Count;
            facts.Add(fact with { Index = facts.Count });
        }

        foreach (var fact in right.Facts)
        {
            var at = fact.Role != FactRole.Derived ? facts.FindIndex(other => other.Name == fact.Name && other.Role == fact.Role)
                : haveSameLists ? DerivedOf(left)[DerivedOf(right).IndexOf(fact.Index)] : -1;
            if (at < 0)
            {
                ofRight[fact.Index] = facts.Count;
                facts.Add(fact with { Index = facts.Count });
                continue;
            }

            ofRight[fact.Index] = at;
            facts[at] = Together(facts[at], fact);
        }

        ImmutableArray<FactSchema> merged = [.. facts];
        var first = new ModuleMerge(left, ofLeft, merged, MergedPlaces.OfFirst(left));
        var old = first.Moved();
        var places = MergedPlaces.OfSecond(right, left);
        var second = new ModuleMerge(right, ofRight, merged, places);
        places.Share(old, [.. second.MovedTables()], right, second);
        var @new = second.Moved();
        var module = old with
        {
            Values = [.. old.Values, .. @new.Values],
            Atoms = [.. old.Atoms, .. @new.Atoms],
            Logic = [.. old.Logic, .. @new.Logic],
            Norms = [.. old.Norms, .. @new.Norms],
            Categories = [.. old.Categories, .. @new.Categories],
            StepTables = [.. old.StepTables, .. @new.StepTables],
            Tables = [.. old.Tables, .. @new.Tables],
            Calendars = [.. old.Calendars, .. @new.Calendars],
        };
        return new MergedModules(module, [.. ofLeft], [.. ofRight], left, right);
    }

    private IrModule Moved() => new()
    {
        Facts = _merged,
        Values = [.. _module.Values.Select(Move)],
        Atoms = [.. _module.Atoms.Select(Move)],
        Logic = [.. _module.Logic.Select(Move)],
        Norms = [.. _module.Norms.Select((norm, index) => Move(norm) with { Index = index + _places.FirstNorm })],
        Categories = [.. _module.Categories.Select(Move)],
        Modules = _module.Modules,
        StepTables = _module.StepTables,
        Tables = [.. MovedTables()],
        Calendars = _module.Calendars,
    };

    private static ImmutableArray<int> DerivedOf(IrModule module) => [.. module.Facts.Where(fact => fact.Role == FactRole.Derived).Select(fact => fact.Index)];

    /// <summary>What is asked of the entries of lists; where that differs, facts of one name need not be the same.</summary>
    private static string Lists(IrModule module) => string.Join('\n', module.Lists.Select(list =>
        $"{IrPrinter.Print(list.Module)}{string.Join(' ', list.Module.Categories.Select(category => $"{category.Name}={category.Node}"))}{string.Join(' ', list.Derived)}"));

    private static FactSchema Together(FactSchema left, FactSchema right)
    {
        if (left.Kind != right.Kind || left.Unit != right.Unit)
        {
            throw new NotSupportedException($"the field `{left.Name}` has another type");
        }

        return left with
        {
            AllowsNone = left.AllowsNone || right.AllowsNone,
            IsRequired = left.IsRequired && right.IsRequired,
            Members = [.. left.Members, .. right.Members.Except(left.Members)],
        };
    }

    /// <summary>By value: the fact whose members its numbers count; -1 for none.</summary>
    private static int[] Enumerations(IrModule module)
    {
        var facts = new int[module.Values.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = module.Values[i] switch
            {
                IrFact { Type.Kind: IrKind.Member or IrKind.Members } fact => fact.Fact,
                IrSelect select when facts[select.Then] >= 0 => facts[select.Then],
                IrSelect select => facts[select.Else],
                _ => -1,
            };
        }

        // A constant counts the members of what it is chosen beside or compared with.
        for (var i = facts.Length - 1; i >= 0; i--)
        {
            if (module.Values[i] is IrSelect select && facts[i] >= 0)
            {
                Inherit(facts, select.Then, facts[i]);
                Inherit(facts, select.Else, facts[i]);
            }
        }

        foreach (var compare in module.Atoms.OfType<IrCompare>())
        {
            Inherit(facts, compare.Left, facts[compare.Right]);
            Inherit(facts, compare.Right, facts[compare.Left]);
        }

        return facts;
    }

    private static void Inherit(int[] facts, int value, int fact)
    {
        if (facts[value] < 0)
        {
            facts[value] = fact;
        }
    }

    internal IrValue Move(IrValue value, int position) => value switch
    {
        IrFact fact => fact with { Fact = _facts[fact.Fact] },
        IrConstant { IsNone: false, Type.Kind: IrKind.Member } constant => constant with { Value = Member(position, (int)constant.Value) },
        IrConstant { IsNone: false, Type.Kind: IrKind.Members } constant => constant with { Value = Mask(position, (long)constant.Value) },
        IrConstant or IrTextConstant => value,
        IrExtreme extreme => extreme with { Operands = Values(extreme.Operands) },
        IrAddPeriod add => add with { Date = Value(add.Date), Months = Value(add.Months), Days = Value(add.Days) },
        IrLinear linear => linear with { Terms = new IrList<IrTerm>([.. linear.Terms.Items.Select(term => term with { Operand = Value(term.Operand) })]) },
        IrSelect select => select with { Guard = Node(select.Guard), Then = Value(select.Then), Else = Value(select.Else) },
        IrStep step => step with { Table = _places.Steps[step.Table], Day = Value(step.Day) },
        IrLookup lookup => lookup with { Table = _places.Tables[lookup.Table], Inputs = Values(lookup.Inputs) },
        IrAddWorkingDays add => add with { Date = Value(add.Date), Calendar = _places.Calendars[add.Calendar], Beyond = Value(add.Beyond) },
        IrNextOccurrence next => next with { Start = Value(next.Start), Day = Value(next.Day) },
        IrHull hull => hull with { Guard = Node(hull.Guard), Then = Value(hull.Then), Else = Value(hull.Else) },
        IrKnownExtreme extreme => extreme with { Operands = Values(extreme.Operands) },
        IrYearOf year => new IrYearOf(Value(year.Date)),
        IrDaysBetween days => new IrDaysBetween(Value(days.From), Value(days.To)),
        IrMonthsBetween months => new IrMonthsBetween(Value(months.From), Value(months.To), months.Rounding),
        _ => throw NotYet(value.GetType().Name[2..]),
    };

    internal IrAtom Move(IrAtom atom) => atom switch
    {
        IrInSet { Bounds.Items.Length: > 0 } test when _module.Values[test.Value].Type.Kind == IrKind.Member => test with { Value = Value(test.Value), Bounds = MemberBounds(test.Value, test.Bounds.Items) },
        IrInSet test => test with { Value = Value(test.Value) },
        IrHsInSet test => test with { Value = Value(test.Value) },
        IrHasAny test => test with { Value = Value(test.Value), Mask = Mask(test.Value, test.Mask) },
        IrTextInSet test => test with { Value = Value(test.Value) },
        IrMatches test => test with { Value = Value(test.Value) },
        IrCompare compare => compare with { Left = Value(compare.Left), Right = Value(compare.Right) },
        _ => throw NotYet(atom.GetType().Name[2..]),
    };

    internal IrLogic Move(IrLogic node) => node switch
    {
        IrTruth => node,
        IrAtomNode atom => new IrAtomNode(_places.Atoms[atom.Atom]),
        IrAnd and => new IrAnd(Nodes(and.Operands)),
        IrOr or => new IrOr(Nodes(or.Operands)),
        IrNot not => new IrNot(Node(not.Operand)),
        IrIfThenElse chosen => new IrIfThenElse(Node(chosen.Guard), Node(chosen.Then), Node(chosen.Else)),
        IrAtLeast atLeast => atLeast with { Operands = Nodes(atLeast.Operands) },
        IrStatus status => status with { Norm = _places.Norms[status.Norm] },
        _ => throw NotYet(node.GetType().Name[2..]),
    };

    private static NotSupportedException NotYet(string kind) => new($"conditions of one kind are not compared ({kind})");

    internal NormSchema Move(NormSchema norm) => norm with
    {
        Applies = Node(norm.Applies),
        Exempted = Node(norm.Exempted),
        InForce = Node(norm.InForce),
        Fulfilled = Node(norm.Fulfilled),
        Date = Value(norm.Date),
        Exemptions = [.. norm.Exemptions.Select(exemption => exemption with { Node = Node(exemption.Node) })],
        Windows = [],
        Reasons = [],
        Deadline = norm.Deadline is not { } deadline ? null : new DeadlineSchema(
            Value(deadline.Due),
            Value(deadline.Earliest),
            Value(deadline.Latest),
            Node(deadline.Overdue),
            Node(deadline.Soon),
            deadline.For < 0 ? -1 : _places.Norms[deadline.For]),
    };

    /// <summary>Tables with the members in their cells, and in what they give, counted as the merged facts count them.</summary>
    private IEnumerable<IrTable> MovedTables()
    {
        for (var table = 0; table < _module.Tables.Length; table++)
        {
            var uses = _module.Values.Select((value, index) => (Lookup: value as IrLookup, Index: index)).Where(use => use.Lookup?.Table == table).ToList();
            var inputs = uses.Count == 0 ? default : uses[0].Lookup!.Inputs.Items;
            var outputs = uses.DistinctBy(use => use.Lookup!.Output).ToDictionary(use => use.Lookup!.Output, use => use.Index);
            yield return uses.Count == 0 ? _module.Tables[table] : _module.Tables[table] with
            {
                Rows = [.. _module.Tables[table].Rows.Select(row => new IrTableRow(
                    [.. row.Cells.Select((cell, input) => cell is null ? null : Move(cell, inputs[input]))],
                    [.. row.Given.Select((given, output) => outputs.TryGetValue(output, out var value) ? Move(given, value) : given)]))],
            };
        }
    }

    private IrCell Move(IrCell cell, int input) => (cell, _module.Values[input].Type.Kind) switch
    {
        (IrMaskCell mask, _) => mask with { Mask = Mask(input, mask.Mask) },
        (IrIntervalCell { Bounds.Length: > 0 } members, IrKind.Member) => members with { Bounds = [.. MemberBounds(input, [.. members.Bounds.Select(bound => (BigInteger)bound)]).Items.Select(bound => (long)bound)] },
        _ => cell,
    };

    private IrGiven Move(IrGiven given, int value) => (given.Number, _module.Values[value].Type.Kind) switch
    {
        ({ } number, IrKind.Member) => given with { Number = Member(value, (int)number) },
        ({ } number, IrKind.Members) => given with { Number = Mask(value, number) },
        _ => given,
    };

    private CategorySchema Move(CategorySchema category) => category with { Node = Node(category.Node) };

    private int Value(int value) => value < 0 ? value : _places.Values[value];

    private int Node(int node) => node < 0 ? node : _places.Logic[node];

    private IrList<int> Values(IrList<int> values) => new([.. values.Items.Select(Value)]);

    private IrList<int> Nodes(IrList<int> nodes) => new([.. nodes.Items.Select(Node)]);

    private int Member(int value, int ordinal) => _enumerations[value] is >= 0 and var fact
        ? _merged[_facts[fact]].Members.IndexOf(_module.Facts[fact].Members[ordinal])
        : ordinal;

    private long Mask(int value, long mask)
    {
        var moved = 0L;
        for (var bit = 0; bit < 62; bit++)
        {
            if ((mask >> bit & 1) != 0)
            {
                moved |= 1L << Member(value, bit);
            }
        }

        return moved;
    }

    private IrList<BigInteger> MemberBounds(int value, ImmutableArray<BigInteger> old)
    {
        var count = _enumerations[value] is >= 0 and var fact ? _module.Facts[fact].Members.Length : 0;
        if (count == 0)
        {
            return new IrList<BigInteger>(old);
        }

        var members = Enumerable.Range(0, count).Where(ordinal => old.Chunk(2).Any(bound => bound[0] <= ordinal && ordinal <= bound[1]))
            .Select(ordinal => Member(value, ordinal)).Order();
        var bounds = new List<BigInteger>();
        foreach (var member in members)
        {
            if (bounds.Count > 0 && bounds[^1] + 1 == member)
            {
                bounds[^1] = member;
            }
            else
            {
                bounds.Add(member);
                bounds.Add(member);
            }
        }

        return new IrList<BigInteger>([.. bounds]);
    }
}

/// <summary>Two modules as one.</summary>
/// <param name="OldFacts">Where the facts of the first stand.</param>
/// <param name="NewFacts">Where the facts of the second stand.</param>
internal sealed record MergedModules(IrModule Module, ImmutableArray<int> OldFacts, ImmutableArray<int> NewFacts, IrModule Old, IrModule New);

/// <summary>Evaluates a record of merged modules by both rulesets.</summary>
internal sealed class BothRecords(MergedModules merged, IRecordEvaluator old, IRecordEvaluator @new) : IRecordEvaluator
{
    public void Evaluate(Assignment record)
    {
        old.Evaluate(Within(record, merged.OldFacts, merged.Old));
        @new.Evaluate(Within(record, merged.NewFacts, merged.New));
    }

    public Truth NodeOf(int node) => node < merged.Old.Logic.Length ? old.NodeOf(node) : @new.NodeOf(node - merged.Old.Logic.Length);

    public Runtime.Programs.Outcome OutcomeOf(int norm) => norm < merged.Old.Norms.Length ? old.OutcomeOf(norm) : @new.OutcomeOf(norm - merged.Old.Norms.Length);

    public IEnumerable<int> MissingOf(int norm) => norm < merged.Old.Norms.Length
        ? old.MissingOf(norm).Select(fact => merged.OldFacts[fact])
        : @new.MissingOf(norm - merged.Old.Norms.Length).Select(fact => merged.NewFacts[fact]);

    /// <summary>What one of the two can read of a record: its own facts, and of these the values that it knows.</summary>
    private Assignment Within(Assignment record, ImmutableArray<int> facts, IrModule module)
    {
        var own = Assignment.Empty;
        for (var fact = 0; fact < facts.Length; fact++)
        {
            if (record.Texts.TryGetValue(facts[fact], out var text))
            {
                own = own.With(fact, text);
            }
            else if (record.Numbers.TryGetValue(facts[fact], out var number) && Own(module.Facts[fact], merged.Module.Facts[facts[fact]], number) is { } known)
            {
                own = own.With(fact, known);
            }
        }

        return own;
    }

    private static long? Own(FactSchema own, FactSchema together, long number)
    {
        if (!Fact.IsKnown(number))
        {
            return number == Fact.None && !own.AllowsNone ? null : number;
        }

        switch (own.Kind)
        {
            case FactKind.Member:
                var ordinal = own.Members.IndexOf(together.Members[(int)number]);
                return ordinal < 0 ? null : ordinal;
            case FactKind.Members:
                return Enumerable.Range(0, together.Members.Length).Where(bit => (number >> bit & 1) != 0 && own.Members.Contains(together.Members[bit]))
                    .Aggregate(0L, (mask, bit) => mask | (1L << own.Members.IndexOf(together.Members[bit])));
            default:
                return number;
        }
    }
}
