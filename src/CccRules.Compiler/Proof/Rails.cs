namespace CccRules.Compiler.Proof;

/// <summary>
/// A condition as two questions to a record: can it be true, and must it be. The same question where every fact is known.
/// </summary>
internal readonly record struct Rails(int Can, int Must)
{
    public static Rails True { get; } = new(Diagrams.True, Diagrams.True);

    public static Rails False { get; } = new(Diagrams.False, Diagrams.False);

    public static Rails Of(bool holds) => holds ? True : False;
}
