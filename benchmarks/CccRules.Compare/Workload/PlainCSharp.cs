using System.Globalization;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Compare.Workload;

/// <summary>
/// The rules as an application's own C#: a method a rule over a record object, clause by clause, called in a plain loop. Three-valued
/// logic is C#'s own <c>bool?</c>; a rule that does not apply returns before its exemption and window are looked at.
/// </summary>
internal static class PlainCSharp
{
    private const string Head = """
        using System;
        using CccRules.Compare.Workload;

        public static class Plain
        {
            private const byte NotApplicable = 1, Exempt = 2, NotInForce = 4, Fulfilled = 8, Breached = 16, Required = 32;

            // A code with fewer digits than the rule's may still turn out to lie under it.
            private static bool? IsUnder(string code, string prefix) =>
                code.StartsWith(prefix, StringComparison.Ordinal) ? true : prefix.StartsWith(code, StringComparison.Ordinal) ? null : false;

            private static bool? IsFrom(DateOnly? date, DateOnly day) => date is { } known ? known >= day : null;
            private static bool? IsBefore(DateOnly? date, DateOnly day) => date is { } known ? known < day : null;
            private static bool? IsAbove(decimal? number, decimal limit) => number is { } known ? known > limit : null;
            private static bool? IsAtMost(decimal? number, decimal limit) => number is { } known ? known <= limit : null;
            private static bool? IsAbove(long? number, long limit) => number is { } known ? known > limit : null;
            private static bool? IsAtMost(long? number, long limit) => number is { } known ? known <= limit : null;
            private static bool? IsLater(DateOnly? date, DateOnly? than) => date is { } a && than is { } b ? a > b : null;
            private static DateOnly? MarketDate(ProductRecord r) => r.IsNotImported ? r.ManufacturedOn
                : r.ManufacturedOn is { } made && r.ImportedOn is { } imported ? (made < imported ? made : imported) : null;

            private static byte Outcome(bool? applies, bool? exempted, bool? inForce, bool? fulfilled)
            {
                var outcome = applies != true ? NotApplicable : (byte)0;
                if (exempted != false) outcome |= Exempt;
                if (exempted != true && inForce != true) outcome |= NotInForce;
                if (exempted != true && inForce != false)
                {
                    if (fulfilled != false) outcome |= Fulfilled;
                    if (fulfilled != true) outcome |= Breached;
                }
                return outcome;
            }

            private static byte Outcome(bool? applies, bool? exempted, bool? inForce)
            {
                var outcome = Outcome(applies, exempted, inForce, null);
                return (outcome & Breached) == 0 ? outcome : (byte)(outcome & ~(Fulfilled | Breached) | Required);
            }

        """;

    /// <summary>Compiles the loop: records in, a byte a record and rule out.</summary>
    /// <param name="isCodeFirst">A rule whose code does not match returns at once: faster, and less like the rules as they are written.</param>
    public static Action<ProductRecord[], byte[]> Compile(IReadOnlyList<Rule> rules, bool isCodeFirst = false)
    {
        var text = new StringBuilder(Head);
        foreach (var rule in rules)
        {
            Append(text, rule, isCodeFirst);
        }

        text.Append("    public static void Classify(ProductRecord[] records, byte[] outcomes)\n    {\n        var at = 0;\n        foreach (var record in records)\n        {\n");
        foreach (var rule in rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"            outcomes[at++] = {rule.Name}(record);\n");
        }

        text.Append("        }\n    }\n}\n");
        return Load(text.ToString()).CreateDelegate<Action<ProductRecord[], byte[]>>();
    }

    private static System.Reflection.MethodInfo Load(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Append(typeof(PlainCSharp).Assembly.Location).Distinct();
        var compilation = CSharpCompilation.Create(
            "Plain",
            [CSharpSyntaxTree.ParseText(source)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
        }

        image.Position = 0;
        return new AssemblyLoadContext("Plain").LoadFromStream(image).GetType("Plain")!.GetMethod("Classify")!;
    }

    private static void Append(StringBuilder text, Rule rule, bool isCodeFirst)
    {
        text.Append(CultureInfo.InvariantCulture, $"    private static byte {rule.Name}(ProductRecord r)\n    {{\n");
        var code = $"({string.Join(" | ", rule.Prefixes.Select(prefix => $"IsUnder(r.HsCode, \"{prefix}\")"))})";
        if (isCodeFirst)
        {
            text.Append("        var code = ").Append(code).Append(";\n        if (code == false) return NotApplicable;\n");
            code = "code";
        }

        var applies = rule.When.Select(Write).Prepend(code).ToList();
        if (rule.Either.Count != 0)
        {
            applies.Add($"({string.Join(" | ", rule.Either.Select(Write))})");
        }

        text.Append("        bool? applies = ").AppendJoin(" & ", applies).Append(";\n        if (applies == false) return NotApplicable;\n");
        var exempted = rule.Exempt.Count == 0 ? "false" : string.Join(" & ", rule.Exempt.Select(Write));
        text.Append(CultureInfo.InvariantCulture, $"        return Outcome(applies, {exempted}, {InForce(rule)}{(rule.Fulfilled is { } fulfilled ? $", {Write(fulfilled)}" : "")});\n    }}\n\n");
    }

    private static string InForce(Rule rule)
    {
        if (rule.From is not { } from)
        {
            return "true";
        }

        var date = $"r.{rule.AsOf}";
        var isNone = rule.AsOf == Field.ImportedOn ? "r.IsNotImported ? false : " : "";
        date = rule.AsOf == Field.MarketDate ? "MarketDate(r)" : date;
        return rule.Until is { } until
            ? $"{isNone}IsFrom({date}, {Day(from)}) & IsBefore({date}, {Day(until.AddDays(1))})"
            : $"{isNone}IsFrom({date}, {Day(from)})";
    }

    private static string Write(Condition condition) => condition switch
    {
        DateCondition date => $"{(date.IsBefore ? "IsBefore" : "IsFrom")}(r.{date.Field}, {Day(date.Day)})",
        NumberCondition number => $"{(number.IsAtMost ? "IsAtMost" : "IsAbove")}(r.{number.Field}, {number.Limit.ToString(CultureInfo.InvariantCulture)}{(number.Field == Field.Quantity ? "" : "m")})",
        MemberCondition { Field: Field.Origin } country => $"(r.Origin is null ? null : {string.Join(" || ", country.Members.Select(code => $"r.Origin == \"{code}\""))})",
        MemberCondition member => $"(r.{member.Field} is null ? null : {string.Join(" || ", member.Members.Select(name => $"r.{member.Field} == {member.Field}.{Pascal(name)}"))})",
        FlagCondition flag => flag.IsNot ? $"!r.{flag.Field}" : $"r.{flag.Field}",
        LaterCondition later => $"IsLater(r.{later.Field}, r.{later.Than})",
        _ => $"IsAbove(r.{condition.Field}, {RuleSet.SmallPower}m)",
    };

    private static string Day(DateOnly day) => $"new DateOnly({day.Year}, {day.Month}, {day.Day})";

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
