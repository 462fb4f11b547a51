namespace CccRules.Compiler.Emit;

/// <summary>
/// Cuts a long run of statements into methods of bounded size, because the just-in-time compiler gives up on optimising
/// huge ones and a method a rule costs more in calls than it saves.
/// </summary>
internal sealed class MethodSplitter(CSharpWriter writer, MethodForm form, IReadOnlyList<string> prologue)
{
    /// <summary>Statements of a method, and calls of a method that only calls.</summary>
    private const int MostStatements = 150;

    private int _methods;
    private int _statements;

    /// <summary>Room for one more statement, in a new method where the last is full.</summary>
    public CSharpWriter Statement()
    {
        if (_statements == MostStatements)
        {
            Close();
        }

        if (_statements++ == 0)
        {
            writer.Open($"private static void {form.Prefix}{_methods++}({form.Parameters})");
            foreach (var line in prologue)
            {
                writer.Line(line);
            }

            writer.Line();
        }

        return writer;
    }

    /// <summary>Writes the method that calls all others.</summary>
    public void EmitEntry(string signature)
    {
        Close();
        EmitEntry(writer, form, signature, [.. Enumerable.Range(0, _methods).Select(method => $"{form.Prefix}{method}({form.Arguments});")]);
    }

    /// <summary>Writes a method that makes calls, through methods of calls where there are many.</summary>
    public static void EmitEntry(CSharpWriter writer, MethodForm form, string signature, IReadOnlyList<string> calls)
    {
        for (var tier = 1; calls.Count > MostStatements; tier++)
        {
            var outer = new List<string>();
            foreach (var chunk in calls.Chunk(MostStatements))
            {
                var name = $"{form.Prefix}Tier{tier}Part{outer.Count}";
                Method(writer, $"private static void {name}({form.Parameters})", chunk);
                outer.Add($"{name}({form.Arguments});");
            }

            calls = outer;
        }

        Method(writer, signature, calls);
    }

    private void Close()
    {
        if (_statements != 0)
        {
            _statements = 0;
            writer.Close();
            writer.Line();
        }
    }

    private static void Method(CSharpWriter writer, string signature, IEnumerable<string> lines)
    {
        writer.Open(signature);
        foreach (var line in lines)
        {
            writer.Line(line);
        }

        writer.Close();
        writer.Line();
    }
}

/// <summary>How the methods of one form of a program are named and called.</summary>
internal sealed record MethodForm(string Prefix, string Parameters, string Arguments)
{
    public static MethodForm Record { get; } = new("Record", "in EvaluationFrame frame", "in frame");

    public static MethodForm Rest { get; } = new("Rest", "in EvaluationFrame frame", "in frame");

    public static MethodForm Batch { get; } = new("Batch", "BatchFrame frame", "frame");
}
