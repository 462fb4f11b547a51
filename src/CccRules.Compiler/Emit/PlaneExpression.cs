namespace CccRules.Compiler.Emit;

/// <summary>
/// C# expressions over bit planes, with the two constant planes folded away: a bit of a bit plane is two-valued, so these
/// rewritings are exact whatever the conditions are.
/// </summary>
internal static class PlaneExpression
{
    public const string Zero = "Vector<ulong>.Zero";
    public const string Ones = "Vector<ulong>.AllBitsSet";

    public static string Of(bool isTrue) => isTrue ? Ones : Zero;

    public static bool IsConstant(string plane) => plane is Zero or Ones;

    public static string Not(string plane) => plane switch
    {
        Zero => Ones,
        Ones => Zero,
        _ when plane.Contains(' ', StringComparison.Ordinal) => $"~({plane})",
        _ when plane[0] == '~' => plane[1..],
        _ => $"~{plane}",
    };

    public static string And(params ReadOnlySpan<string> planes) => Join(planes, Zero, Ones, " & ");

    public static string Or(params ReadOnlySpan<string> planes) => Join(planes, Ones, Zero, " | ");

    private static string Join(ReadOnlySpan<string> planes, string absorbing, string neutral, string separator)
    {
        var kept = new List<string>();
        foreach (var plane in planes)
        {
            if (plane == absorbing)
            {
                return absorbing;
            }

            if (plane != neutral)
            {
                kept.Add(plane.Contains(' ', StringComparison.Ordinal) ? $"({plane})" : plane);
            }
        }

        return kept.Count == 0 ? neutral : kept.Count == 1 ? Unwrapped(kept[0]) : string.Join(separator, kept);
    }

    private static string Unwrapped(string plane) => plane[0] == '(' ? plane[1..^1] : plane;
}
