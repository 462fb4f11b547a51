using System.Globalization;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Files;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Proof;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Tests.Proof;

/// <summary>
/// Random rules over facts of which few values matter, so that every record that they tell apart can be listed: two numbers
/// (thresholds from 0 to 2, differences up to 2), two flags, a member, a day, an HS code.
/// </summary>
internal sealed class SmallDomain
{
    public static readonly long FirstDay = new DateOnly(2026, 1, 1).DayNumber;

    private readonly Random _random;
    private readonly List<string> _categories = [];
    private readonly List<string> _atoms = [];

    /// <summary>Marks a table that is not to become conditions.</summary>
    private const string LookedUp = "table looked_up";

    /// <summary>New Year's Day is off.</summary>
    private const string Calendar = """{ "year": 2026, "days": [{ "date": "2026-01-01", "isOffDay": true }] }""";

    private SmallDomain(int seed) => _random = new Random(seed);

    /// <summary>The text of a ruleset; the same seed gives the same.</summary>
    public static string Create(int seed) => new SmallDomain(seed).Write();

    /// <summary>Rules as proofs take them, without what analysis has against them.</summary>
    public static ProofRules Bind(string text)
    {
        var (rules, _) = Binder.Bind([SyntaxTree.Parse(SourceText.From("r.ccc", text))], new DataFiles([new DataFile("2026.json", System.Text.Encoding.UTF8.GetBytes(Calendar))]));
        Assert.False(rules.HasErrors, $"{string.Join('\n', rules.Diagnostics)}\n{text}");
        var lowered = Lowerer.LowerWith(rules, ProofRules.ConditionsOf(rules), text.Contains(LookedUp, StringComparison.Ordinal) ? 0 : TableLowerer.MostRowsAsConditions);
        return new ProofRules(rules, lowered.Module, lowered.Nodes, lowered.Windows);
    }

    /// <summary>Every record that the rules can tell apart.</summary>
    /// <param name="isPartial">Facts may be missing as well.</param>
    public static IEnumerable<Assignment> Records(IrModule module, IEnumerable<int> facts, bool isPartial)
    {
        IEnumerable<Assignment> records = [Assignment.Empty];
        foreach (var fact in facts)
        {
            var values = Values(module.Facts[fact], isPartial).ToList();
            records = records.SelectMany(record => values.Select(value => record.With(fact, value)));
        }

        return records;
    }

    /// <summary>Some of the records; the same every time.</summary>
    public static IEnumerable<Assignment> Sample(IrModule module, IEnumerable<int> facts, bool isPartial, int count)
    {
        var random = new Random(1);
        var values = facts.Select(fact => (Fact: fact, Values: Values(module.Facts[fact], isPartial).ToArray())).ToList();
        return Enumerable.Range(0, count).Select(_ => values.Aggregate(Assignment.Empty, (record, fact) => record.With(fact.Fact, fact.Values[random.Next(fact.Values.Length)])));
    }

    private static IEnumerable<long> Values(FactSchema fact, bool isPartial)
    {
        IEnumerable<long> values = fact.Kind switch
        {
            FactKind.YesNo => [0, 1],
            FactKind.Member => [0, 1, 2],
            FactKind.Members => [0, 1, 2, 3],
            FactKind.Date => [FirstDay - 1, FirstDay, FirstDay + 1, FirstDay + 2],
            FactKind.HsCode => isPartial ? [Hs("8507600000000"), Hs("8507800000000"), Hs("8504400000000"), Hs("8507"), Hs("85")] : [Hs("8507600000000"), Hs("8507800000000"), Hs("8504400000000")],
            _ => Enumerable.Range(-3, 9).Select(number => (long)number),
        };
        return values.Concat(fact.AllowsNone ? new[] { Fact.None } : []).Concat(isPartial ? new[] { Fact.Missing } : []);
    }

    private static long Hs(string digits) => (long.Parse(digits.PadRight(13, '0'), CultureInfo.InvariantCulture) * 16) + digits.Length;

    private string Write()
    {
        var fields = new List<string> { "  m : integer", "  n : integer or none", "  a, b : yes/no", "  k : one of (x, y, z)", "  d : date or none" };
        if (_random.Next(4) == 0)
        {
            fields.Add("  h : hs");
        }

        if (_random.Next(4) == 0)
        {
            fields.Add("  s : set of (p, q) or none");
        }

        var hasHs = fields.Exists(field => field.Contains(": hs", StringComparison.Ordinal));
        var hasSet = fields.Exists(field => field.Contains("set of", StringComparison.Ordinal));
        var text = new System.Text.StringBuilder("source notice issued 2025-01-01\nactor maker\nrecord item\n");
        text.AppendJoin('\n', fields).Append("\nquestion open \"Open?\" cites notice\n");
        if (_random.Next(3) == 0)
        {
            WriteTable(text, hasHs, hasSet);
        }

        for (var i = 0; i < 3; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"category c{i} when {Condition(3, hasHs, hasSet)} cites notice\n");
            _categories.Add($"c{i}");
        }

        text.Append(CultureInfo.InvariantCulture, $"define g as m when {Condition(1, hasHs, hasSet)} as {_random.Next(3)} when {Condition(1, hasHs, hasSet)} as n otherwise cites notice\n");
        text.Append(CultureInfo.InvariantCulture, $"category c3 when g >= {_random.Next(3)} cites notice\n");
        for (var i = 0; i < 2; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"obligation o{i} on maker when {Condition(2, hasHs, hasSet)} as of d from 2026-01-0{1 + _random.Next(2)} where {Condition(1, hasHs, hasSet)} until 2026-01-0{1 + _random.Next(2)} fulfilled when {Condition(2, hasHs, hasSet)} cites notice\n");
        }

        if (_random.Next(3) == 0)
        {
            WriteDeadline(text, hasHs, hasSet);
        }

        text.Append(CultureInfo.InvariantCulture, $"exemption e lifts o0 when {Condition(2, hasHs, hasSet)} cites notice\n");
        text.Append(CultureInfo.InvariantCulture, $"claim \"one\" when {Condition(2, hasHs, hasSet)} that {Condition(2, hasHs, hasSet)}\n");
        text.Append(CultureInfo.InvariantCulture, $"claim \"two\" when {Condition(2, hasHs, hasSet)} that not (o0 is breached)\n");
        return text.ToString();
    }

    private void WriteTable(System.Text.StringBuilder text, bool hasHs, bool hasSet)
    {
        var inputs = new List<string> { "m", "n", "k" };
        inputs.AddRange(hasHs ? ["h"] : []);
        inputs.AddRange(hasSet ? ["s"] : []);
        inputs = [.. inputs.OrderBy(_ => _random.Next()).Take(2)];
        text.Append(CultureInfo.InvariantCulture, $"{(_random.Next(2) == 0 ? LookedUp : "table rows")} first\n  match {string.Join(", ", inputs)}\n  gives v : integer, w : one of (u1, u2) or none\n");
        for (var row = 0; row < 3; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  | {string.Join(" | ", inputs.Select(Cell))} || {_random.Next(3)} | {(_random.Next(4) == 0 ? "none" : $"u{1 + _random.Next(2)}")}\n");
        }

        text.Append("  cites notice\n");
        _atoms.AddRange(["w is u1", "w is none", "v >= 1", "v = m", "v - m <= 1"]);
    }

    private string Cell(string input) => (_random.Next(4), input) switch
    {
        (0, _) => "-",
        (1, "n" or "s") => "none",
        (_, "m" or "n") => _random.Next(3) switch { 0 => $"<= {_random.Next(3)}", 1 => $"not({_random.Next(3)})", _ => $"{_random.Next(2)}..2" },
        (_, "k") => _random.Next(2) == 0 ? "x; y" : "not(z)",
        (_, "h") => _random.Next(2) == 0 ? "8507.60" : "8507",
        _ => _random.Next(2) == 0 ? "p" : "not(q)",
    };

    private void WriteDeadline(System.Text.StringBuilder text, bool hasHs, bool hasSet)
    {
        var isWorking = _random.Next(2) == 0;
        var due = isWorking ? $"{1 + _random.Next(2)} working days after d"
            : _random.Next(2) == 0 ? "1 days before d" : $"every {1 + _random.Next(2)} days after d";
        text.Append(isWorking ? "calendar office from \"2026.json\" cites notice\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"deadline due_then when {Condition(1, hasHs, hasSet)} due {due} met when {Condition(1, hasHs, hasSet)} remind {1 + _random.Next(2)} days cites notice\n");
        _atoms.AddRange(isWorking ? ["due_then is overdue", "d + 1 working days >= 2026-01-05"] : ["due_then is overdue", "due_then in (soon, upcoming)"]);
    }

    private string Condition(int depth, bool hasHs, bool hasSet)
    {
        if (depth == 0 || _random.Next(4) == 0)
        {
            return Atom(hasHs, hasSet);
        }

        var (left, right) = (Condition(depth - 1, hasHs, hasSet), Condition(depth - 1, hasHs, hasSet));
        return _random.Next(5) switch
        {
            0 => $"not ({left})",
            1 or 2 => $"(({left}) and ({right}))",
            3 => $"at least {1 + _random.Next(3)} of (({left}), ({right}), ({Atom(hasHs, hasSet)}))",
            _ => $"(({left}) or ({right}))",
        };
    }

    private string Atom(bool hasHs, bool hasSet)
    {
        string[] signs = ["<", "<=", ">", ">=", "=", "<>"];
        var sign = signs[_random.Next(signs.Length)];
        return _random.Next(_atoms.Count == 0 ? 14 : 18) switch
        {
            0 => "a",
            1 => "b",
            2 => $"k is {(char)('x' + _random.Next(3))}",
            3 => $"m {sign} {_random.Next(3)}",
            4 => $"n {sign} {_random.Next(3)}",
            5 => $"m {sign} n",
            6 => $"m - n {sign} {_random.Next(3)}",
            7 => $"max (m, n) {sign} {_random.Next(3)}",
            8 => _random.Next(2) == 0 ? "n is none" : "d is none",
            9 => $"d {sign} 2026-01-0{1 + _random.Next(2)}",
            10 => "open",
            11 when hasHs => _random.Next(2) == 0 ? "h under 8507" : "h under 8507.60",
            12 when hasSet => _random.Next(2) == 0 ? "s has p" : "s has any of (p, q)",
            >= 14 => _atoms[_random.Next(_atoms.Count)],
            13 when _categories.Count > 0 => _categories[_random.Next(_categories.Count)],
            _ => _random.Next(2) == 0 ? "a = b" : $"m {sign} n + {_random.Next(3)}",
        };
    }
}
