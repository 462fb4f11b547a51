using CccRules.Compiler;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Binding;

public sealed class UnknownNameTests
{
    private const string Base = """
        ruleset sample.base
        record item
          radio : yes/no
        category radios when radio
        category readios when not radio

        """;

    [Theory]
    [InlineData("category known when radios", "`radios` is declared in `sample.base`: add `use sample.base`")]
    [InlineData("category known when radio", "`radio` is declared in `sample.base`: add `use sample.base`")]
    [InlineData("use sample.base\ncategory known when radoi", "a name with a similar name exists: `radio`")]
    public void A_name_of_a_ruleset_that_is_not_used_is_told_with_the_line_that_is_missing(string text, string fix)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(Base, "base.ccc"), SyntaxTree.Parse($"ruleset sample.main\n{text}\n", "main.ccc"));
        var unknown = compilation.Diagnostics.Single(diagnostic => diagnostic.Id == "CCC2001");
        Assert.Contains(fix, unknown.Fixes.Select(way => way.Help));
    }
}
