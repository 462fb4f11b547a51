using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Differential;

/// <summary>
/// A fault as somebody could make it in the compiler: wherever it can show, in every ruleset. Each changes what rules mean, either in the
/// intermediate code, so that all that is emitted errs alike, or in one of the two emitted forms alone.
/// </summary>
/// <param name="Plant">What is emitted for a module with the fault; null where the fault has no place in it.</param>
internal sealed partial record PlantedFault(string Name, Func<IrModule, EmitResult?> Plant)
{
    public static ImmutableArray<PlantedFault> All { get; } =
    [
        Atom<IrInSet>("an interval begins a step late", atom => atom with { Bounds = new([atom.Bounds.Items[0] + 1, .. atom.Bounds.Items[1..]]) }, atom => atom.Bounds.Items is [var low, var high, ..] && low < high),
        Atom<IrInSet>("an interval ends a step early", atom => atom with { Bounds = new([.. atom.Bounds.Items[..^1], atom.Bounds.Items[^1] - 1]) }, atom => atom.Bounds.Items is [.., var low, var high] && low < high),
        Atom<IrInSet>("none is in every set of numbers", atom => atom with { IncludesNone = true }),
        Atom<IrInSet>("none is in no set of numbers", atom => atom with { IncludesNone = false }),
        Atom<IrHsInSet>("codes begin one late", atom => atom with { Bounds = new([atom.Bounds.Items[0] + 1, .. atom.Bounds.Items[1..]]) }, atom => atom.Bounds.Items.Length > 0),
        Atom<IrHsInSet>("codes end one early", atom => atom with { Bounds = new([.. atom.Bounds.Items[..^1], atom.Bounds.Items[^1] - 1]) }, atom => atom.Bounds.Items.Length > 0),
        Atom<IrHsInSet>("a second range of codes is lost", atom => atom with { Bounds = new(atom.Bounds.Items[..2]) }, atom => atom.Bounds.Items.Length > 2),
        Atom<IrHsInSet>("none is under every code", atom => atom with { IncludesNone = true }),
        Atom<IrHasAny>("a member is lost", atom => atom with { Mask = atom.Mask & (atom.Mask - 1) }, atom => (atom.Mask & (atom.Mask - 1)) != 0),
        Atom<IrHasAny>("none has every member", atom => atom with { IncludesNone = !atom.IncludesNone }),
        Atom<IrTextInSet>("another text", atom => atom with { Texts = new([.. atom.Texts.Items.Select(text => text + "a")]) }, atom => atom.Texts.Items.Length > 0),
        Atom<IrTextInSet>("none is every text", atom => atom with { IncludesNone = !atom.IncludesNone }),
        Atom<IrMatches>("a pattern fits at the beginning only", atom => atom with { Pattern = $"^(?:{atom.Pattern})" }),
        Atom<IrCompare>("less or equal for less", atom => atom with { Comparison = IrComparison.LessOrEqual }, atom => atom.Comparison == IrComparison.Less),
        Atom<IrCompare>("less for less or equal", atom => atom with { Comparison = IrComparison.Less }, atom => atom.Comparison == IrComparison.LessOrEqual),
        Atom<IrCompare>("different for equal", atom => atom with { Comparison = IrComparison.NotEqual }, atom => atom.Comparison == IrComparison.Equal),
        Atom<IrCompare>("the right before the left", atom => atom with { Left = atom.Right, Right = atom.Left, LeftFactor = atom.RightFactor, RightFactor = atom.LeftFactor }, atom => atom.Comparison is IrComparison.Less or IrComparison.LessOrEqual),
        Atom<IrCompare>("the factors of the other side", atom => atom with { LeftFactor = atom.RightFactor, RightFactor = atom.LeftFactor }),

        Node<IrAnd>("or for and", node => new IrOr(node.Operands)),
        Node<IrOr>("and for or", node => new IrAnd(node.Operands)),
        Node<IrAnd>("and forgets the last", node => new IrAnd(new([.. node.Operands.Items[..^1], node.Operands.Items[0]]))),
        Node<IrOr>("or forgets the last", node => new IrOr(new([.. node.Operands.Items[..^1], node.Operands.Items[0]]))),
        Node<IrNot>("not is dropped", node => new IrAnd(new([node.Operand, node.Operand]))),
        Node<IrIfThenElse>("otherwise for then", node => new IrIfThenElse(node.Guard, node.Else, node.Then)),
        Node<IrIfThenElse>("an open guard as or of ands without its not", node => new IrOr(new([node.Then, node.Else]))),
        Node<IrAtLeast>("one more than at least", node => node with { Count = node.Count + 1 }),
        Node<IrAtLeast>("one fewer than at least", node => node with { Count = node.Count - 1 }, node => node.Count > 1),
        Node<IrStatus>("exempt is no status", node => node with { Statuses = node.Statuses ^ Outcome.Exempt }),
        Node<IrStatus>("not applicable is no status", node => node with { Statuses = node.Statuses ^ Outcome.NotApplicable }),

        Value<IrSelect>("otherwise for the value", value => value with { Then = value.Else, Else = value.Then }),
        Value<IrExtreme>("largest for smallest", value => value with { IsLargest = !value.IsLargest }),
        Value<IrExtreme>("the last of several is skipped", value => value with { Operands = new(value.Operands.Items[..^1]) }, value => value.Operands.Items.Length > 1),
        Value<IrAddPeriod>("months rounded the other way", value => value with { Rounding = value.Rounding == MonthRounding.Down ? MonthRounding.Up : MonthRounding.Down }),
        Value<IrAddPeriod>("months for days", value => value with { Months = value.Days, Days = value.Months }),
        Value<IrLinear>("a sum is one more", value => value with { Constant = value.Constant + value.Type.Denominator }),
        Value<IrLinear>("a term is taken off", value => value with { Terms = new([value.Terms.Items[0] with { Factor = -value.Terms.Items[0].Factor }, .. value.Terms.Items[1..]]) }),
        Value<IrLinear>("a term is lost", value => value with { Terms = new(value.Terms.Items[..^1]) }, value => value.Terms.Items.Length > 1),
        Value<IrMonthsBetween>("months the other way", value => value with { From = value.To, To = value.From }),
        Value<IrDaysBetween>("days the other way", value => value with { From = value.To, To = value.From }),
        Module("a dated value counts from the day after", module => module with { StepTables = Steps(module, entries => [.. entries.Select(entry => entry with { FromDay = entry.FromDay + 1 })]) }),
        Module("the newest dated value is lost", module => module with { StepTables = Steps(module, entries => entries.Length > 1 ? entries[..^1] : entries) }),

        Norm("exemptions are ignored", norm => norm with { Exempted = NodeOf(norm, norm.Exempted) }),
        Norm("force is ignored", norm => norm with { InForce = norm.Applies }),
        Norm("fulfilment is ignored", norm => norm with { Fulfilled = -1 }),
        Norm("the day from which it applies is forgotten", norm => norm with { IsJudgedByEvaluationDate = false }),

        Record("a fact for another", AnyFact(), "facts[0]"),
        Record("not is not written", Not(), "$1"),
        Record("an open guard as or of ands", Guarded(), "($1 & $2 | Kleene.Not($1) & $3)"),
        Record("an outcome may be none of them", Among(), "Kleene.Not(Kleene.Among($1))"),
        Record("a code with few digits is known", SelectHs(), "ValueOperations.Select("),
        Record("less for less or equal in wide numbers", WideLessOrEqual(), "WideLess("),
        Record("what may be done is breached", OptionOutcome(), "Kleene.Outcome("),
        Batch("the last step of a batch is lost", Steps(), "frame.Steps - 1"),
        Batch("the last row of a batch is lost", Rows(), "frame.Rows - 1"),
        Batch("the last of 64 rows is lost", Bits(), "bit < 63"),
        Batch("missing is no", Possible(), "= $1;"),
        Batch("certain where it is possible", Certain(), "Planes.Possible(truth"),
        Batch("not of the wrong plane", NotPossible(), "& ~c"),
        Batch("a carry is lost", Carry(), ""),
        Batch("a column is not loaded", Load(), ""),
        Batch("less or equal for less in a batch", BatchLess(), "Comparison.LessOrEqual,"),
    ];

    public override string ToString() => Name;

    private static PlantedFault Module(string name, Func<IrModule, IrModule> change) =>
        new(name, module => change(module) is var changed && IsSame(changed, module) ? null : CSharpEmitter.Emit(changed));

    private static bool IsSame(IrModule changed, IrModule module) =>
        changed.Values.SequenceEqual(module.Values) && changed.Atoms.SequenceEqual(module.Atoms) && changed.Logic.SequenceEqual(module.Logic)
        && changed.Norms.SequenceEqual(module.Norms)
        && changed.StepTables.SelectMany(table => table.Entries).SequenceEqual(module.StepTables.SelectMany(table => table.Entries));

    private static PlantedFault Atom<T>(string name, Func<T, IrAtom> change, Func<T, bool>? where = null)
        where T : IrAtom =>
        Module(name, module => module with { Atoms = [.. module.Atoms.Select(atom => atom is T one && (where is null || where(one)) ? change(one) : atom)] });

    private static PlantedFault Node<T>(string name, Func<T, IrLogic> change, Func<T, bool>? where = null)
        where T : IrLogic =>
        Module(name, module => module with { Logic = [.. module.Logic.Select(node => node is T one && (where is null || where(one)) ? change(one) : node)] });

    private static PlantedFault Value<T>(string name, Func<T, IrValue> change, Func<T, bool>? where = null)
        where T : IrValue =>
        Module(name, module => module with { Values = [.. module.Values.Select(value => value is T one && (where is null || where(one)) ? change(one) : value)] });

    private static PlantedFault Norm(string name, Func<NormSchema, NormSchema> change) =>
        Module(name, module => module with { Norms = [.. module.Norms.Select(change)] });

    /// <summary>An exemption's node that says the opposite of what it should: the obligation's own.</summary>
    private static int NodeOf(NormSchema norm, int exempted) => norm.Exemptions.IsEmpty ? exempted : norm.Applies;

    private static ImmutableArray<IrStepTable> Steps(IrModule module, Func<ImmutableArray<IrStepEntry>, ImmutableArray<IrStepEntry>> change) =>
        [.. module.StepTables.Select(table => new IrStepTable(change(table.Entries)))];

    /// <summary>In the form for single records only.</summary>
    private static PlantedFault Record(string name, Regex place, string fault) =>
        Source(name, source => place.Replace(source[..EndOfRecordForm(source)], fault) + source[EndOfRecordForm(source)..]);

    /// <summary>In the form for batches only.</summary>
    private static PlantedFault Batch(string name, Regex place, string fault) =>
        Source(name, source => source[..EndOfRecordForm(source)] + place.Replace(source[EndOfRecordForm(source)..], fault));

    private static PlantedFault Source(string name, Func<string, string> change) => new(name, module =>
    {
        var emitted = CSharpEmitter.Emit(module);
        var source = change(emitted.Source);
        return source == emitted.Source ? null : emitted with { Source = source };
    });

    private static int EndOfRecordForm(string source) => source.IndexOf("(BatchFrame frame)", StringComparison.Ordinal);

    [GeneratedRegex(@"facts\[\d+\]")]
    private static partial Regex AnyFact();

    [GeneratedRegex(@"Kleene\.Not\((n\[\d+\])\)")]
    private static partial Regex Not();

    [GeneratedRegex(@"Kleene\.IfThenElse\((n\[\d+\]), (n\[\d+\]), (n\[\d+\])\)")]
    private static partial Regex Guarded();

    [GeneratedRegex(@"Kleene\.Among\((o\[\d+\], \d+)\)")]
    private static partial Regex Among();

    [GeneratedRegex(@"ValueOperations\.SelectHs\(")]
    private static partial Regex SelectHs();

    [GeneratedRegex(@"WideLessOrEqual\(")]
    private static partial Regex WideLessOrEqual();

    [GeneratedRegex(@"Kleene\.OptionOutcome\(")]
    private static partial Regex OptionOutcome();

    [GeneratedRegex(@"frame\.Steps\b")]
    private static partial Regex Steps();

    [GeneratedRegex(@"frame\.Rows\b")]
    private static partial Regex Rows();

    [GeneratedRegex(@"bit < 64")]
    private static partial Regex Bits();

    [GeneratedRegex(@"= (c\d+) \| m\d+;")]
    private static partial Regex Possible();

    [GeneratedRegex(@"Planes\.Certain\(truth")]
    private static partial Regex Certain();

    [GeneratedRegex(@"& ~p")]
    private static partial Regex NotPossible();

    [GeneratedRegex(@"d1 \^= carry;")]
    private static partial Regex Carry();

    [GeneratedRegex(@"frame\.Load\(\d+, \d+\);")]
    private static partial Regex Load();

    [GeneratedRegex(@"Comparison\.Less,")]
    private static partial Regex BatchLess();
}
