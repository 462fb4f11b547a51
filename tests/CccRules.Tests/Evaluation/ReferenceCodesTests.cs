using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;

namespace CccRules.Tests.Evaluation;

public sealed class ReferenceCodesTests
{
    [Theory]
    [InlineData("8507600090", "850760", "", "All")]
    [InlineData("850760", "850760", "", "All")]
    [InlineData("8507", "850760", "", "Some")]
    [InlineData("85", "850760", "", "Some")]
    [InlineData("8508", "850760", "", "None")]
    [InlineData("850750", "850760", "", "None")]
    [InlineData("850140", "850110-850164", "", "All")]
    [InlineData("8501", "850110-850164", "", "Some")]
    [InlineData("8501649999999", "850110-850164", "", "All")]
    [InlineData("8501650000000", "850110-850164", "", "None")]
    [InlineData("8501099999999", "850110-850164", "", "None")]
    [InlineData("850760", "8507", "850760", "None")]
    [InlineData("8507", "8507", "850760", "Some")]
    [InlineData("850710", "8507", "850760", "All")]
    [InlineData("8507", "8507", "85", "None")]
    [InlineData("8507", "850700-850749 850750-850799", "", "All")]
    [InlineData("8507", "850700-850748 850750-850799", "", "Some")]
    [InlineData("8507", "850700-850799", "", "All")]
    [InlineData("8507", "8506-8508", "850600-850699 8508", "All")]
    [InlineData("85", "8501-8599", "", "Some")]
    [InlineData("85", "8500-8599", "", "All")]
    [InlineData("8507", "01", "", "None")]
    public void A_code_has_all_some_or_none_of_its_completions_in_a_set(string digits, string included, string excluded, string expected) =>
        Assert.Equal(expected, ReferenceCodes.Under(digits, Ranges(included), Ranges(excluded)).ToString());

    [Fact]
    public void Random_codes_and_sets_agree_with_counting_thirteen_digit_codes()
    {
        var random = new Random(20_260_301);
        for (var i = 0; i < 4_000; i++)
        {
            var (included, excluded) = (RandomRanges(random, 3), RandomRanges(random, 2));
            var digits = RandomDigits(random);
            Assert.Equal(Count(digits, included, excluded), ReferenceCodes.Under(digits, included, excluded).ToString());
        }
    }

    private static ImmutableArray<HsRange> RandomRanges(Random random, int most) =>
    [
        .. Enumerable.Range(0, random.Next(most + 1))
            .Select(_ => new HsRange(RandomDigits(random), RandomDigits(random)))
            .Where(range => Bound(range.First, '0') <= Bound(range.Last, '9')),
    ];

    private static string RandomDigits(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => "0159"[random.Next(4)]));

    private static long Bound(string digits, char filler) => long.Parse(digits.PadRight(13, filler));

    /// <summary>Whether each stretch between two bounds is in, weighed by its length.</summary>
    private static string Count(string digits, ImmutableArray<HsRange> included, ImmutableArray<HsRange> excluded)
    {
        var (low, high) = (Bound(digits, '0'), Bound(digits, '9'));
        long[] starts = [.. included.Concat(excluded)
            .SelectMany(range => new[] { Bound(range.First, '0'), Bound(range.Last, '9') + 1 })
            .Append(low).Where(start => start >= low && start <= high).Distinct()];
        bool IsIn(long code, ImmutableArray<HsRange> ranges) =>
            ranges.Any(range => Bound(range.First, '0') <= code && code <= Bound(range.Last, '9'));
        var answers = starts.Select(start => IsIn(start, included) && !IsIn(start, excluded)).Distinct().ToArray();
        return answers is [var only] ? only ? "All" : "None" : "Some";
    }

    private static ImmutableArray<HsRange> Ranges(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(range => range.Split('-')).Select(ends => new HsRange(ends[0], ends[^1])),
    ];
}
