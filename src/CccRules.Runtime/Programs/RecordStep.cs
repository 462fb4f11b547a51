namespace CccRules.Runtime.Programs;

/// <summary>
/// What a step of <see cref="Schema.ProgramTables.RecordSteps"/> does. A step is its kind, the node or norm that it gives a value to, and what
/// follows here, a number each; nodes and values are named by position.
/// </summary>
internal enum RecordStep
{
    /// <summary>Nothing follows: the node is false.</summary>
    False,

    /// <summary>Nothing follows: the node is true.</summary>
    True,

    /// <summary>Value, set of <see cref="Schema.ProgramTables.Sets"/>, and 1 where none is among it.</summary>
    InSet,

    /// <summary>Value, set, and 1 where none is among it.</summary>
    HsInSet,

    /// <summary>Value, the mask's upper and lower half, and 1 for the answer to none.</summary>
    HasAny,

    /// <summary>Value, set of <see cref="Schema.ProgramTables.TextSets"/>, and 1 where none is among it.</summary>
    TextInSet,

    /// <summary>Value, and pattern of <see cref="Schema.ProgramTables.Patterns"/>.</summary>
    Matches,

    /// <summary>Two values.</summary>
    Equal,

    /// <summary>Two values.</summary>
    NotEqual,

    /// <summary>Two values.</summary>
    Less,

    /// <summary>Two values.</summary>
    LessOrEqual,

    /// <summary>Number of operands, and the operands.</summary>
    And,

    /// <summary>Number of operands, and the operands.</summary>
    Or,

    /// <summary>The operand.</summary>
    Not,

    /// <summary>Guard, then, else.</summary>
    IfThenElse,

    /// <summary>How many at least, number of operands, and the operands.</summary>
    AtLeast,

    /// <summary>Norm, and statuses.</summary>
    Among,

    /// <summary>Applies, exempted, in force.</summary>
    Outcome,

    /// <summary>Applies, exempted, in force, fulfilled.</summary>
    OutcomeFulfilled,

    /// <summary>Applies, exempted, in force, taken.</summary>
    OptionOutcome,

    /// <summary>Applies, overdue, soon.</summary>
    DeadlineOutcome,

    /// <summary>Applies, met, overdue, soon.</summary>
    DeadlineOutcomeMet,
}
