using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Ir;

/// <summary>
/// The invariants of a module, each a check with a name. A module that breaks one is the lowering's fault, whatever the
/// rules say; back ends rely on all of them and check none.
/// </summary>
internal sealed partial class IrVerifier
{
    private static readonly BigInteger LeastNarrow = long.MinValue + 2;
    private static readonly BigInteger LargestNarrow = long.MaxValue;
    private static readonly BigInteger LargestWide = BigInteger.One << 126;

    private readonly IrModule _module;
    private readonly List<string> _faults = [];

    private IrVerifier(IrModule module) => _module = module;

    /// <summary>What is wrong with the module, in order; empty for a good one.</summary>
    public static ImmutableArray<string> Verify(IrModule module)
    {
        var verifier = new IrVerifier(module);
        verifier.CheckFacts();
        verifier.CheckStepTables();
        verifier.CheckDuplicates();
        verifier._faults.AddRange(module.Lists.SelectMany(list => Verify(list.Module)));
        var isInRange = verifier.CheckValuePositions() & verifier.CheckAtomPositions() & verifier.CheckLogicPositions() & verifier.CheckNorms();
        // The remaining checks follow positions.
        if (isInRange)
        {
            verifier.CheckStatusOrder();
            verifier.CheckCycles();
            verifier.CheckValues();
            verifier.CheckAtoms();
            verifier.CheckMagnitudes();
        }

        return [.. verifier._faults];
    }

    private void CheckFacts()
    {
        for (var i = 0; i < _module.Facts.Length; i++)
        {
            var fact = _module.Facts[i];
            Check(fact.Index == i, "fact index", $"fact {i} says it is {fact.Index}");
            var isLast = i == _module.Facts.Length - 1;
            Check(fact.Role == FactRole.EvaluationDate == isLast, "evaluation date last", $"fact {i} is a {fact.Role}");
        }
    }

    private void CheckStepTables()
    {
        for (var i = 0; i < _module.StepTables.Length; i++)
        {
            var entries = _module.StepTables[i].Entries;
            for (var j = 1; j < entries.Length; j++)
            {
                Check(entries[j - 1].FromDay < entries[j].FromDay, "steps ascend", $"steps {i} at {j}");
            }
        }
    }

    private void CheckDuplicates()
    {
        Distinct('v', _module.Values);
        Distinct('a', _module.Atoms);
        Distinct('n', _module.Logic);

        void Distinct<T>(char prefix, ImmutableArray<T> entries)
            where T : notnull
        {
            var seen = new Dictionary<T, int>();
            for (var i = 0; i < entries.Length; i++)
            {
                Check(seen.TryAdd(entries[i], i), "no duplicates", $"{prefix}{i} is {prefix}{seen[entries[i]]}");
            }
        }
    }

    private bool CheckValuePositions()
    {
        var before = _faults.Count;
        for (var i = 0; i < _module.Values.Length; i++)
        {
            var value = _module.Values[i];
            foreach (var operand in IrOperands.Of(value))
            {
                Check(operand >= 0 && operand < i, "operands before users", $"v{i} uses v{operand}");
            }

            switch (value)
            {
                case IrFact fact:
                    InRange(fact.Fact, _module.Facts.Length, $"v{i} reads fact {fact.Fact}");
                    break;
                case IrHull hull:
                    InRange(hull.Guard, _module.Logic.Length, $"v{i} is guarded by n{hull.Guard}");
                    break;
                case IrAddWorkingDays add:
                    InRange(add.Calendar, _module.Calendars.Length, $"v{i} counts days of calendar {add.Calendar}");
                    break;
                case IrSelect select:
                    InRange(select.Guard, _module.Logic.Length, $"v{i} is guarded by n{select.Guard}");
                    break;
                case IrLookup lookup:
                    CheckLookupPositions(lookup, i);
                    break;
                case IrStep step:
                    InRange(step.Table, _module.StepTables.Length, $"v{i} reads steps {step.Table}");
                    break;
                case IrKnownExtreme extreme:
                    Check(!extreme.Operands.Items.IsEmpty, "enough operands", $"v{i} has none");
                    break;
                case IrExtreme extreme:
                    Check(!extreme.Operands.Items.IsEmpty, "enough operands", $"v{i} has none");
                    break;
            }
        }

        return _faults.Count == before;
    }

    private bool CheckAtomPositions()
    {
        var before = _faults.Count;
        for (var i = 0; i < _module.Atoms.Length; i++)
        {
            foreach (var operand in IrOperands.Of(_module.Atoms[i]))
            {
                InRange(operand, _module.Values.Length, $"a{i} tests v{operand}");
            }
        }

        return _faults.Count == before;
    }

    private bool CheckLogicPositions()
    {
        var before = _faults.Count;
        for (var i = 0; i < _module.Logic.Length; i++)
        {
            var node = _module.Logic[i];
            foreach (var operand in IrOperands.Of(node))
            {
                Check(operand >= 0 && operand < i, "operands before users", $"n{i} uses n{operand}");
            }

            switch (node)
            {
                case IrAtomNode atom:
                    InRange(atom.Atom, _module.Atoms.Length, $"n{i} is a{atom.Atom}");
                    break;
                case IrStatus status:
                    InRange(status.Norm, _module.Norms.Length, $"n{i} asks about norm {status.Norm}");
                    Check(status.Statuses != 0 && (int)status.Statuses < 128, "statuses", $"n{i} asks for {(int)status.Statuses}");
                    break;
                case IrAnd or IrOr:
                    Check(IrOperands.Of(node).Length >= 2, "enough operands", $"n{i} has {IrOperands.Of(node).Length}");
                    break;
                case IrAtLeast atLeast:
                    Check(!atLeast.Operands.Items.IsEmpty && atLeast.Count >= 0, "enough operands", $"n{i}");
                    break;
            }
        }

        return _faults.Count == before;
    }

    private bool CheckNorms()
    {
        var before = _faults.Count;
        for (var i = 0; i < _module.Norms.Length; i++)
        {
            CheckNorm(_module.Norms[i], i);
        }

        foreach (var category in _module.Categories)
        {
            Node(category.Node, $"category {category.Name}");
        }

        return _faults.Count == before;
    }

    private void CheckNorm(NormSchema norm, int position)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"norm {position}");
        Check(norm.Index == position, "norm index", $"{where} says it is {norm.Index}");
        Node(norm.Applies, where);
        Node(norm.Exempted, where);
        Node(norm.InForce, where);
        OptionalNode(norm.Fulfilled, where);
        DateValue(norm.Date, where);
        Check(norm.Kind == NormKind.Deadline == (norm.Deadline is not null), "deadlines have a date due", $"{where} is a {norm.Kind}");
        if (norm.Deadline is { } deadline)
        {
            Node(deadline.Overdue, where);
            Node(deadline.Soon, where);
            DateValue(deadline.Due, where);
            DateValue(deadline.Earliest, where);
            DateValue(deadline.Latest, where);
        }

        foreach (var window in norm.Windows)
        {
            OptionalNode(window.Where, where);
            if (window.From != -1)
            {
                DateValue(window.From, where);
            }

            if (window.Until != -1)
            {
                DateValue(window.Until, where);
            }
        }

        foreach (var exemption in norm.Exemptions)
        {
            Node(exemption.Node, where);
        }

        var reasons = new Stack<ReasonSchema>(norm.Reasons);
        while (reasons.TryPop(out var reason))
        {
            Node(reason.Node, where);
            foreach (var part in reason.Parts)
            {
                reasons.Push(part);
            }
        }
    }

    private void DateValue(int value, string where)
    {
        if (InRange(value, _module.Values.Length, $"{where} has v{value} for a date"))
        {
            var kind = _module.Values[value].Type.Kind;
            Check(kind == IrKind.Date, "kinds agree", $"{where} has v{value}, a {kind}, for a date");
        }
    }

    private void OptionalNode(int node, string where)
    {
        if (node != -1)
        {
            Node(node, where);
        }
    }

    private void Node(int node, string where) => InRange(node, _module.Logic.Length, $"{where} points to n{node}");

    private bool InRange(int position, int length, FormattableString what) =>
        Check(position >= 0 && position < length, "positions in range", what);

    private bool Check(bool isTrue, string name, FormattableString what)
    {
        if (!isTrue)
        {
            _faults.Add($"{name}: {what.ToString(CultureInfo.InvariantCulture)}");
        }

        return isTrue;
    }
}
