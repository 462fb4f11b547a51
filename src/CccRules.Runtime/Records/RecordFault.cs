using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>
/// A value of a record that is no value of its fact. The fact counts as not known, so that answers which hang on it stay open.
/// </summary>
/// <param name="Name">The property, or the name that the record gave.</param>
/// <param name="Fact">The fact; null where no fact has the name, or the record as a whole is wrong.</param>
/// <param name="Code">The public number, such as <c>CCC8030</c>.</param>
/// <param name="Message">What is wrong and what is expected; lower case, no final stop.</param>
public sealed record RecordFault(string Name, FactSchema? Fact, string Code, string Message)
{
    /// <summary>One line: <c>CCC8030: made_on: message</c>.</summary>
    public override string ToString() => $"{Code}: {Name}: {Message}";
}
