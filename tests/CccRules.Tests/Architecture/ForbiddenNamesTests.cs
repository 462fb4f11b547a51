using System.Text.RegularExpressions;

namespace CccRules.Tests.Architecture;

/// <summary>Names that say nothing, work that is not done, and traces of one machine.</summary>
public sealed partial class ForbiddenNamesTests
{
    private const string ThisFile = "tests/CccRules.Tests/Architecture/ForbiddenNamesTests.cs";

    // Licences and cases of others stay as they came.
    private static readonly string[] TextOfOthers = ["tests/suites/", "src/CccRules.Compiler/Reference/Data/"];

    [Fact]
    public void No_file_and_no_folder_has_a_name_that_says_nothing()
    {
        var names = Repository.HandWrittenCSharp().SelectMany(file => file.Split('/')).Distinct();
        Findings.AssertNone(names.Where(name => EmptyWord().IsMatch(name)));
    }

    [Theory]
    [InlineData("StringUtils.cs", true)]
    [InlineData("Common", true)]
    [InlineData("RuleManager.cs", true)]
    [InlineData("HelperText.cs", true)]
    [InlineData("Commonwealth.cs", false)]
    [InlineData("Utilisation.cs", false)]
    public void A_name_that_says_nothing_is_known_by_its_words(string name, bool expected) =>
        Assert.Equal(expected, EmptyWord().IsMatch(name));

    [Fact]
    public void Nothing_is_left_to_be_done_later()
    {
        var files = TextFiles(".cs", ".ccc", ".g4", ".props", ".targets", ".csproj", ".sh", ".md");
        Findings.AssertNone(LinesWith(Unfinished(), files));
    }

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        Findings.AssertNone(LinesWith(MachinePath(), TextFiles()));

    [Theory]
    [InlineData("see /home/ann/rules.ccc", true)]
    [InlineData(@"C:\Users\ann\rules.ccc", true)]
    [InlineData("cn/home/appliances.ccc", false)]
    [InlineData("/usr/bin/env", false)]
    public void A_folder_of_one_machine_is_known_by_its_first_segment(string text, bool expected) =>
        Assert.Equal(expected, MachinePath().IsMatch(text));

    private static IEnumerable<string> TextFiles(params string[] extensions) =>
        Repository.Files.Where(file => file != ThisFile
            && !file.EndsWith(".lock.json", StringComparison.Ordinal)
            && !TextOfOthers.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))
            && (extensions.Length == 0 || extensions.Contains(Path.GetExtension(file))));

    private static IEnumerable<string> LinesWith(Regex pattern, IEnumerable<string> files) =>
        from file in files
        from line in File.ReadLines(Repository.FullPath(file)).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex("(Util|Utils|Helper|Helpers|Common|Manager|Managers|Misc)(?![a-z])")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![A-Za-z0-9_.}])/(work|root|tmp|home|Users|var/folders)/|[A-Za-z]:\\Users\\")]
    private static partial Regex MachinePath();
}
