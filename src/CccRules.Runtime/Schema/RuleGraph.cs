using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>What a logic node does with its inputs.</summary>
public enum LogicKind : byte
{
    /// <summary>A constant truth.</summary>
    Constant,

    /// <summary>A test of values.</summary>
    Atom,

    And,
    Or,
    Not,

    /// <summary>Inputs: condition, then, else.</summary>
    IfThenElse,

    /// <summary>At least a number of its inputs.</summary>
    AtLeast,

    /// <summary>A norm's outcome is among some statuses. No inputs; the norm says which nodes matter.</summary>
    Status,
}

/// <summary>A logic node: its kind, the nodes it combines, the values it tests, the norm it asks about (-1: none).</summary>
public sealed record LogicNode(LogicKind Kind, ImmutableArray<int> Nodes, ImmutableArray<int> Values, int Norm = -1);

/// <summary>
/// A value node: the fact it reads (-1: none), the values it is computed from, and for a guarded value
/// the logic node of its guard (-1: none); a guarded value has two inputs, then and else.
/// </summary>
public sealed record ValueNode(int Fact, ImmutableArray<int> Values, int Guard, bool IsWide)
{
    /// <summary>The decision table that gives it, whose inputs are the values it is computed from; -1: none.</summary>
    public int Lookup { get; init; } = -1;

    /// <summary>The last of its values matters only where the others are known: what a calendar does not know.</summary>
    public bool IsLastResort { get; init; }

    /// <summary>Which of the table's outputs.</summary>
    public int Output { get; init; }
}

/// <summary>
/// The rules' conditions as data, in an order in which each node stands after all that it uses. Emitted code
/// computes the nodes; this graph says afterwards which facts an open node still hangs on.
/// </summary>
public sealed record RuleGraph(ImmutableArray<LogicNode> Logic, ImmutableArray<ValueNode> Values)
{
    public static RuleGraph Empty { get; } = new([], []);
}
