using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Emit;
using CccRules.Runtime;

namespace CccRules.Cli.Caching;

/// <summary>
/// Compiled rulesets on disk, so that rules are compiled once and not by every run. An entry is found by the given files' paths and
/// texts, the options, and the versions of compiler and runtime; it counts only while the other files that it came from are the same.
/// So is what a check said of rules in which nothing is wrong.
/// Commands that need more than the compiled rules read the rules anew and find what their C# compiled to.
/// </summary>
/// <remarks>
/// Entries are written aside and renamed, so that a file is whole or not there; a hash tells a damaged one. Nothing that goes
/// wrong here stops a command: it compiles as if there were no cache.
/// </remarks>
internal sealed class RulesetCache : IAssemblyStore
{
    private const string RulesetExtension = ".ruleset";
    private const string VerdictExtension = ".verdict";

    /// <summary>Entries beyond this number are deleted, the oldest first.</summary>
    private const int MostEntries = 64;

    private readonly string _folder;

    private RulesetCache(string folder) => _folder = folder;

    /// <summary>Opens the cache; null where there is no folder that can be trusted.</summary>
    public static RulesetCache? Open(string? folder) => folder is not null && CacheFolder.TryOpen(folder) ? new RulesetCache(folder) : null;

    /// <summary>The ruleset that was compiled from the same files, if it is there and they are still the same.</summary>
    /// <param name="others">The files besides the given ones that it came from.</param>
    public Ruleset? Find(ImmutableArray<SourceFile> given, CompilationOptions options, out ImmutableArray<SourceFile> others)
    {
        others = [];
        try
        {
            var path = PathOf(given, options, RulesetExtension);
            if (!File.Exists(path) || CacheEntry.Read(File.ReadAllBytes(path)) is not { } entry || !IsValid(entry))
            {
                return null;
            }

            others = entry.Others;
            return RulesetLoader.Load(entry.Content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or BadImageFormatException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What a check of the same files said, if nothing was wrong and they are still the same.</summary>
    public CleanVerdict? FindVerdict(ImmutableArray<SourceFile> given)
    {
        try
        {
            var path = PathOf(given, CompilationOptions.Default, VerdictExtension);
            return File.Exists(path) && CacheEntry.Read(File.ReadAllBytes(path)) is { } entry && IsValid(entry) ? CleanVerdict.Read(entry.Content.Span) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps a verdict.</summary>
    public void Store(SourceFiles files, CleanVerdict verdict) =>
        Write(PathOf(files.Given, CompilationOptions.Default, VerdictExtension), new CacheEntry(files.Others, files.Absent, verdict.Write()));

    /// <summary>Keeps a compiled ruleset.</summary>
    public void Store(SourceFiles files, CompilationOptions options, ReadOnlyMemory<byte> assembly) =>
        Write(PathOf(files.Given, options, RulesetExtension), new CacheEntry(files.Others, files.Absent, assembly));

    public byte[]? Find(string key)
    {
        try
        {
            var path = PathOf(key);
            return File.Exists(path) ? CacheEntry.Read(File.ReadAllBytes(path))?.Content.ToArray() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Keep(string key, byte[] assembly) => Write(PathOf(key), new CacheEntry([], [], assembly));

    private void Write(string path, CacheEntry entry)
    {
        var aside = $"{path}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(aside, entry.Write());
            File.Move(aside, path, overwrite: true);
            DeleteOldest();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            TryDelete(aside);
        }
    }

    /// <summary>Whether the files that an entry came from besides the given ones are still the same.</summary>
    private static bool IsValid(CacheEntry entry) => entry.Others.All(IsSame) && !entry.Absent.Any(File.Exists);

    private static bool IsSame(SourceFile file) =>
        File.Exists(file.Path) && SHA256.HashData(File.ReadAllBytes(file.Path)).AsSpan().SequenceEqual(file.Hash.AsSpan());

    /// <summary>Everything that the assembly depends on and that is known before it is made goes into the name.</summary>
    private string PathOf(ImmutableArray<SourceFile> given, CompilationOptions options, string extension)
    {
        using var hash = HashOfVersions();
        Add(hash, options.KnownOn?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var file in given)
        {
            Add(hash, file.Path);
            Add(hash, file.Shown);
            hash.AppendData(file.Hash.AsSpan());
        }

        return PathOf(hash, extension);
    }

    private string PathOf(string key)
    {
        using var hash = HashOfVersions();
        Add(hash, "C#");
        Add(hash, key);
        return PathOf(hash, RulesetExtension);
    }

    private string PathOf(IncrementalHash hash, string extension) => Path.Combine(_folder, Convert.ToHexStringLower(hash.GetCurrentHash()) + extension);

    private static IncrementalHash HashOfVersions()
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, typeof(Compilation).Module.ModuleVersionId.ToString());
        Add(hash, typeof(Ruleset).Module.ModuleVersionId.ToString());
        Add(hash, Environment.Version.ToString());
        return hash;
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }

    private void DeleteOldest()
    {
        var files = new DirectoryInfo(_folder).GetFiles();
        foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostEntries))
        {
            TryDelete(file.FullName);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is deleted another time.
        }
    }
}
