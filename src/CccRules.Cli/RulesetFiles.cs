using System.Collections.Immutable;
using System.Security.Cryptography;
using CccRules.Cli.Caching;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Cli;

/// <summary>
/// Finds and reads the files of rules: those named, those in folders named, and the modules that these use, which lie at
/// <c>a/b/c.ccc</c> below some folder above the file that says <c>use a.b.c</c>. Each file is read once.
/// </summary>
internal sealed class RulesetFiles
{
    private const string Extension = ".ccc";
    private const int MostFiles = 1_000;
    private const int MostMegabytes = 64;

    private readonly CommandHost _host;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<(Lazy<SyntaxTree> Tree, string Path, bool IsRooted)> _files = [];
    private readonly List<SourceFile> _read = [];
    private readonly List<string> _absent = [];
    private readonly List<Diagnostic> _unreadable = [];
    private long _roomLeft = MostMegabytes * 1024L * 1024;

    private RulesetFiles(CommandHost host, CancellationToken cancellation)
    {
        _host = host;
        _cancellation = cancellation;
    }

    /// <summary>Reads and compiles.</summary>
    /// <param name="paths">Files and folders as given; at least one.</param>
    /// <exception cref="CommandException">A path does not lead to rules, or too much is there.</exception>
    public static LoadedRules Load(IEnumerable<string> paths, CommandHost host, CompilationOptions options, CancellationToken cancellation)
    {
        var files = ReadGiven(paths, host, cancellation);
        return files.Compile(options with { Assemblies = RulesetCache.Open(host.CacheFolder) });
    }

    /// <summary>Compiles rules and has them judged, unless they were judged before and nothing was wrong.</summary>
    /// <param name="cache">Where verdicts are kept; null for nowhere.</param>
    /// <param name="judge">Says what is wrong; its result is null where something is.</param>
    /// <returns>The verdict of an earlier time, where it still holds; nothing is compiled then.</returns>
    /// <exception cref="CommandException">A path does not lead to rules, or too much is there.</exception>
    public static CleanVerdict? Judge(
        IEnumerable<string> paths, CommandHost host, RulesetCache? cache, Func<LoadedRules, CleanVerdict?> judge, CancellationToken cancellation)
    {
        var files = ReadGiven(paths, host, cancellation);
        ImmutableArray<SourceFile> given = [.. files._read];
        if (files._unreadable.Count == 0 && cache?.FindVerdict(given) is { } known)
        {
            return known;
        }

        if (judge(files.Compile(CompilationOptions.Default with { Assemblies = RulesetCache.Open(host.CacheFolder) })) is { } verdict)
        {
            cache?.Store(new SourceFiles(given, [.. files._read.Skip(given.Length)], [.. files._absent]), verdict);
        }

        return null;
    }

    /// <summary>Reads rules that are to be run: compiles them, or takes them from the cache where they were compiled before.</summary>
    /// <param name="cache">Where compiled rules are kept; null for nowhere.</param>
    /// <returns>Null where the rules have errors, which are reported.</returns>
    /// <exception cref="CommandException">A path does not lead to rules, or too much is there.</exception>
    public static RunnableRules? LoadRunnable(
        IEnumerable<string> paths, CommandHost host, CompilationOptions options, RulesetCache? cache, CancellationToken cancellation)
    {
        var files = ReadGiven(paths, host, cancellation);
        ImmutableArray<SourceFile> given = [.. files._read];
        if (files._unreadable.Count == 0 && cache?.Find(given, options, out var others) is { } known)
        {
            return new RunnableRules(known, [.. given.Concat(others).Select(file => file.Shown)]);
        }

        var loaded = files.Compile(options);
        if (!DiagnosticReport.AllowsRunning(loaded, host))
        {
            return null;
        }

        var assembly = loaded.Compilation.Emit();
        cache?.Store(new SourceFiles(given, [.. files._read.Skip(given.Length)], [.. files._absent]), options, assembly);
        return new RunnableRules(RulesetLoader.Load(assembly), [.. files._read.Select(file => file.Shown)]);
    }

    private static RulesetFiles ReadGiven(IEnumerable<string> paths, CommandHost host, CancellationToken cancellation)
    {
        var files = new RulesetFiles(host, cancellation);
        foreach (var path in paths)
        {
            files.AddGiven(path);
        }

        return files;
    }

    private LoadedRules Compile(CompilationOptions options)
    {
        var given = _files.Count;
        AddUsed();
        ImmutableArray<SyntaxTree> trees = [.. _files.Select(file => file.Tree.Value)];
        var data = new DataFileLoader(Read);
        foreach (var (tree, full, _) in _files)
        {
            data.Add(tree.Value, full);
        }

        return new LoadedRules(trees, trees[..given], [.. _unreadable], [.. _read.Select(file => file.Path)], Compilation.Create(trees, options with { Files = [.. data.Files] }, _cancellation));
    }

    private void AddGiven(string path)
    {
        var full = _host.FullPath(path);
        var isRooted = Path.IsPathRooted(path);
        if (Directory.Exists(full))
        {
            if (!AddFolder(full, isRooted))
            {
                throw CommandFaults.NoRules(path);
            }
        }
        else if (!File.Exists(full))
        {
            throw CommandFaults.NotFound(path);
        }
        else if (!full.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw RegularFile.Is(full) ? CommandFaults.NotRules(path) : CommandFaults.NotRegular(path);
        }
        else
        {
            AddFile(full, isRooted);
        }
    }

    /// <summary>Linked folders are passed over: they could lead round in a circle.</summary>
    /// <returns>Whether the folder holds rules, read before or not.</returns>
    private bool AddFolder(string folder, bool isRooted)
    {
        _cancellation.ThrowIfCancellationRequested();
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFaults.Unreadable(_host.ShownPath(folder, isRooted), fault);
        }

        var holdsRules = false;
        foreach (var entry in entries.Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                holdsRules |= AddFolder(entry.FullName, isRooted);
            }
            else if (entry is FileInfo && entry.Name.EndsWith(Extension, StringComparison.Ordinal))
            {
                AddFile(entry.FullName, isRooted);
                holdsRules = true;
            }
        }

        return holdsRules;
    }

    private void AddFile(string full, bool isRooted)
    {
        _cancellation.ThrowIfCancellationRequested();
        var shown = _host.ShownPath(full, isRooted);
        if (!_known.Add(Canonical(full, shown)))
        {
            return;
        }

        if (_known.Count > MostFiles)
        {
            throw CommandFaults.TooManyFiles(MostFiles);
        }

        var bytes = Read(full, shown);
        var text = SourceText.FromUtf8(shown, bytes, out var badByte);
        if (badByte is { } offset)
        {
            var place = text.Content.IndexOf('\uFFFD', StringComparison.Ordinal);
            _unreadable.Add(SyntaxDiagnostics.NotUtf8(text.GetLocation(new TextSpan(Math.Max(place, 0), place < 0 ? 0 : 1)), offset));
            return;
        }

        _files.Add((new(() => SyntaxTree.Parse(text)), full, isRooted));
    }

    private byte[] Read(string full, string shown)
    {
        if (!RegularFile.Is(full))
        {
            throw CommandFaults.NotRegular(shown);
        }

        try
        {
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length > _roomLeft)
            {
                throw CommandFaults.TooManyBytes(MostMegabytes);
            }

            var bytes = new byte[stream.Length];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _roomLeft -= length;
            _read.Add(new SourceFile(full, shown, [.. SHA256.HashData(bytes.AsSpan(0, length))]));
            return bytes[..length];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFaults.Unreadable(shown, fault);
        }
    }

    /// <summary>Adds what is used and not there yet, and what that uses in turn.</summary>
    private void AddUsed()
    {
        for (var i = 0; i < _files.Count; i++)
        {
            var (tree, path, isRooted) = _files[i];
            foreach (var module in tree.Value.Root.Nodes<UseDeclarationSyntax>().Select(use => use.ModuleName).OfType<QualifiedNameSyntax>())
            {
                if (!_files.Exists(file => file.Tree.Value.Root.Ruleset?.ModuleName?.Text == module.Text) && FindModule(module, path) is { } found)
                {
                    AddFile(found, isRooted);
                }
            }
        }
    }

    /// <summary>The file of a module below the nearest folder above another file; null where there is none.</summary>
    private string? FindModule(QualifiedNameSyntax module, string from)
    {
        string[] parts = [.. module.Parts.Select(part => part.Text)];
        if (parts.Length == 0 || !parts.All(IsFileName))
        {
            return null;
        }

        var relative = Path.Combine(parts) + Extension;
        for (var folder = Path.GetDirectoryName(from); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, relative);
            if (File.Exists(path))
            {
                return path;
            }

            _absent.Add(path);
        }

        return null;
    }

    /// <summary>A name in backticks can hold anything; it must not lead elsewhere.</summary>
    private static bool IsFileName(string name) =>
        name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', ':', '\0']) < 0;

    /// <summary>What a path really names, every link on the way followed.</summary>
    private static string Canonical(string full, string shown)
    {
        try
        {
            return Follow(full);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFaults.Unreadable(shown, fault);
        }
    }

    private static string Follow(string full)
    {
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        var path = Path.Combine(Follow(parent), Path.GetFileName(full));
        return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Follow(target.FullName) : path;
    }
}
