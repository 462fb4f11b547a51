using CccRules.Compiler.Binding;

namespace CccRules.Tests.Binding;

public sealed class PatternSizeTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("ab{3}", 4)]
    [InlineData("(ab{3}){2}", 8)]
    [InlineData("[a-z]{10}", 10)]
    [InlineData("[]{5}]{10,20}", 20)]
    [InlineData("\\d{8}|x", 10)]
    [InlineData("a{,x}", 5)]
    [InlineData("((a{1000}){1000}){1000}", 1_000_000_000)]
    [InlineData("a{99999999999}", int.MaxValue)]
    [InlineData(")))(((", 0)]
    [InlineData("\\", 1)]
    public void Repeat_counts_are_written_out(string pattern, long size) => Assert.Equal(size, PatternSize.Of(pattern));
}
