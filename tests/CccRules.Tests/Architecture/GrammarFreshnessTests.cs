using System.Security.Cryptography;

namespace CccRules.Tests.Architecture;

/// <summary>The committed parser belongs to the committed grammar, and nobody edited it by hand.</summary>
public sealed class GrammarFreshnessTests
{
    private const string Generated = "src/CccRules.Compiler/Syntax/Parsing/Generated";
    private const string HashFile = $"{Generated}/grammar.sha256";

    [Fact]
    public void The_generated_parser_belongs_to_the_grammar()
    {
        var stale = ReadHashes().Where(entry => HashOf(entry.File) != entry.Hash).Select(entry => entry.File).ToList();
        Assert.True(
            stale.Count == 0,
            $"{string.Join(", ", stale)} changed since the parser was generated. Run grammar/regenerate.sh, or with a jar of ANTLR 4.13 at hand:\n"
            + "dotnet build src/CccRules.Compiler -p:RegenerateParser=true -p:AntlrToolPath=<jar>");
    }

    [Fact]
    public void Every_grammar_and_every_generated_file_has_a_hash()
    {
        var files = Repository.Files.Where(file =>
            (file.StartsWith("grammar/", StringComparison.Ordinal) && file.EndsWith(".g4", StringComparison.Ordinal))
            || (file.StartsWith(Generated, StringComparison.Ordinal) && file != HashFile));
        Assert.Equal(files.Order(StringComparer.Ordinal), ReadHashes().Select(entry => entry.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_generated_files_name_no_folder_of_a_machine()
    {
        foreach (var grammar in new[] { "CccLexer", "CccParser" })
        {
            Assert.Contains($"// Generated from {grammar}.g4 by ANTLR", Repository.Read($"{Generated}/{grammar}.cs"));
        }
    }

    private static IEnumerable<(string Hash, string File)> ReadHashes() =>
        from line in File.ReadLines(Repository.FullPath(HashFile))
        let parts = line.Split("  ")
        select (parts[0], parts[1]);

    private static string HashOf(string file) =>
        File.Exists(Repository.FullPath(file)) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.FullPath(file)))) : "no file";
}
