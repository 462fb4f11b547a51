using CccRules.Cli;
using CccRules.Compiler;

namespace CccRules.Tests.Cli;

public sealed class RulesetCacheTests : IDisposable
{
    private const string Rules = """
        ruleset a.rules
        use a.facts
        obligation mark when quantity > LIMIT fulfilled when has_mark

        """;

    private const string Facts = """
        ruleset a.facts
        record product
          id : text key
          quantity : integer
          has_mark : yes/no

        """;

    private readonly CommandFolder _folder = new();
    private readonly string _cache;

    public RulesetCacheTests()
    {
        _cache = Path.Combine(_folder.Path, "cache");
        _folder.CacheFolder = _cache;
        _folder.With("a/rules.ccc", Rules.Replace("LIMIT", "10")).With("a/facts.ccc", Facts).With("in.csv", "id,quantity,has_mark\n1,11,no\n");
    }

    [Fact]
    public void Rules_are_compiled_once_and_answer_the_same_from_the_cache()
    {
        var first = Classify();
        var entry = Assert.Single(Directory.GetFiles(_cache));
        Mark(entry);
        var second = Classify();

        Assert.Contains("breached", first);
        Assert.Equal(first, second);
        Assert.True(IsMarked(entry));
    }

    [Theory]
    [InlineData("prove a/rules.ccc")]
    [InlineData("test a/rules.ccc")]
    public void A_command_that_reads_the_rules_anew_finds_what_their_code_compiled_to(string command)
    {
        _folder.With("a/rules.ccc", Rules.Replace("LIMIT", "10") + "scenario \"s\"\n  given quantity 11, has_mark no\n  expect mark breached\nclaim \"c\" when quantity > 10 that mark is breached\n");
        var first = _folder.Run(command);
        var entry = Assert.Single(Directory.GetFiles(_cache));
        Mark(entry);
        var second = _folder.Run(command);
        Assert.Equal(first, second);
        Assert.True(IsMarked(entry));

        // A file that is damaged is not run.
        File.WriteAllBytes(entry, [.. File.ReadAllBytes(entry).Select((bit, at) => at == 5_000 ? (byte)(bit ^ 1) : bit)]);
        Assert.Equal(first, _folder.Run(command));
        Assert.False(IsMarked(entry));
    }

    [Fact]
    public void A_change_in_a_given_file_or_in_one_that_it_uses_is_seen()
    {
        Assert.Contains("breached", Classify());
        _folder.With("a/rules.ccc", Rules.Replace("LIMIT", "20"));
        Assert.Contains("not_applicable", Classify());

        _folder.With("a/facts.ccc", Facts.Replace("quantity : integer", "quantity : integer required"));
        _folder.With("in.csv", "id,quantity,has_mark\n1,,no\n");
        Assert.Contains("1 rejected", Run().Output);
    }

    [Fact]
    public void Rules_in_which_nothing_is_wrong_are_checked_once()
    {
        var first = Check();
        var entry = Assert.Single(Directory.GetFiles(_cache));
        Mark(entry);

        Assert.Equal(ExitCode.Done, first.ExitCode);
        Assert.Equal(first, Check());
        Assert.Empty(_folder.Run("check a/rules.ccc --quiet").Output);
        Assert.True(IsMarked(entry));
    }

    [Fact]
    public void A_check_sees_a_change_in_a_given_file_and_in_one_that_it_uses()
    {
        Check();
        _folder.With("a/rules.ccc", Rules.Replace("LIMIT", "limit"));
        Assert.Equal(ExitCode.FoundErrors, Check().ExitCode);
        Assert.Equal(ExitCode.FoundErrors, Check().ExitCode);

        _folder.With("a/rules.ccc", Rules.Replace("LIMIT", "10"));
        Assert.Equal(ExitCode.Done, Check().ExitCode);
        _folder.With("a/facts.ccc", Facts.Replace("quantity", "amount"));
        Assert.Equal(ExitCode.FoundErrors, Check().ExitCode);
    }

    [Fact]
    public void A_module_that_appears_nearer_than_the_one_that_was_used_is_seen()
    {
        Classify();
        _folder.With("a/a/facts.ccc", Facts.Replace("quantity", "amount"));

        // Inside the given folder's own folder `a` lies a nearer `a/facts.ccc` now, without the field.
        Assert.Equal(ExitCode.FoundErrors, _folder.Run("classify a/rules.ccc --in in.csv --out out.csv --overwrite").ExitCode);
    }

    [Fact]
    public void Every_option_that_changes_the_rules_is_part_of_an_entrys_name()
    {
        string[] considered = ["Default", "Files", "KnownOn", "Limits"];

        // An option that changes what rules compile to must be part of the entry's name (see RulesetCache.PathOf), or of what it
        // says it came from, as the files are that rules name. Limits change nothing of what rules compile to, only whether they do.
        Assert.Equal(considered, typeof(CompilationOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_damaged_entry_is_made_anew(int at)
    {
        var first = Classify();
        var entry = Assert.Single(Directory.GetFiles(_cache));
        var bytes = File.ReadAllBytes(entry);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(entry, bytes);
        Assert.Equal(first, Classify());

        File.WriteAllBytes(entry, bytes[..(bytes.Length / 2)]);
        Assert.Equal(first, Classify());
        File.WriteAllBytes(entry, []);
        Assert.Equal(first, Classify());
    }

    [Fact]
    public void Nothing_is_kept_where_that_is_not_wanted_or_the_rules_have_errors()
    {
        Assert.Equal(ExitCode.Done, _folder.Run("classify a/rules.ccc --in in.csv --out out.csv --no-cache").ExitCode);
        Assert.False(Directory.Exists(_cache));

        _folder.With("a/rules.ccc", Rules);
        Assert.Equal(ExitCode.FoundErrors, Run().ExitCode);
        Assert.Empty(Directory.GetFiles(_cache));
    }

    [Fact]
    public void A_folder_that_others_may_enter_or_a_link_to_one_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_cache);
        File.SetUnixFileMode(_cache, (UnixFileMode)0b111_101_101);
        Classify();
        Assert.Empty(Directory.GetFiles(_cache));

        File.SetUnixFileMode(_cache, (UnixFileMode)0b111_000_000);
        var link = Path.Combine(_folder.Path, "link");
        Directory.CreateSymbolicLink(link, _cache);
        _folder.CacheFolder = link;
        Classify();
        Assert.Empty(Directory.GetFiles(_cache));

        _folder.CacheFolder = _cache;
        Classify();
        Assert.Single(Directory.GetFiles(_cache));
    }

    public void Dispose() => _folder.Dispose();

    private CommandRun Check() => _folder.Run("check a/rules.ccc");

    private CommandRun Run() => _folder.Run("classify a/rules.ccc --in in.csv --out out.csv --overwrite");

    private string Classify()
    {
        var run = Run();
        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        return _folder["out.csv"];
    }

    private static void Mark(string file) => File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private static bool IsMarked(string file) => File.GetLastWriteTimeUtc(file).Year == 2001;
}
