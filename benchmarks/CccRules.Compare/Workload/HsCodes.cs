using CccRules.Compiler.Reference;

namespace CccRules.Compare.Workload;

/// <summary>Nine thousand ten-digit codes of the nomenclature by how often they are declared: the n-th is drawn n times as seldom as the first.</summary>
internal sealed class HsCodes
{
    private const int Count = 9000;

    private static readonly string[] Tails = ["0000", "0010", "0090", "1000", "9000"];

    private readonly Dictionary<double, double[]> _sums = [];
    private readonly Dictionary<string, double> _shares = new(StringComparer.Ordinal);

    public HsCodes()
    {
        var random = new Random(Count);
        var subheadings = HsNomenclature.Children("").SelectMany(Children).SelectMany(Children).ToArray();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        while (codes.Count < Count)
        {
            codes.Add(subheadings[random.Next(subheadings.Length)] + Tails[random.Next(Tails.Length)]);
        }

        // What is declared often comes in headings: batteries, telephones, toys.
        var headings = codes.Order(StringComparer.Ordinal).GroupBy(code => code[..4]).Select(group => group.ToArray()).ToArray();
        random.Shuffle(headings);
        foreach (var heading in headings)
        {
            random.Shuffle(heading);
        }

        ByRank = [.. headings.SelectMany(heading => heading)];
    }

    /// <summary>The codes, most frequent first.</summary>
    public IReadOnlyList<string> ByRank { get; }

    private static IEnumerable<string> Children(string digits) => HsNomenclature.Children(digits);

    /// <summary>The share of records whose code begins so.</summary>
    public double ShareOf(string prefix)
    {
        if (_shares.Count == 0)
        {
            var sum = Enumerable.Range(1, Count).Sum(rank => 1.0 / rank);
            for (var rank = 1; rank <= Count; rank++)
            {
                for (var digits = 4; digits <= 10; digits += 2)
                {
                    var start = ByRank[rank - 1][..digits];
                    _shares[start] = _shares.GetValueOrDefault(start) + (1 / (rank * sum));
                }
            }
        }

        return _shares.GetValueOrDefault(prefix);
    }

    /// <summary>A code, drawn with a probability of 1 / rank^exponent.</summary>
    public string Draw(Random random, double exponent = 1)
    {
        if (!_sums.TryGetValue(exponent, out var sums))
        {
            var sum = 0.0;
            sums = [.. Enumerable.Range(1, Count).Select(rank => sum += Math.Pow(rank, -exponent))];
            _sums.Add(exponent, sums);
        }

        var found = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return ByRank[found < 0 ? Math.Min(~found, Count - 1) : found];
    }
}
