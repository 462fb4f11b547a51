using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime;

namespace CccRules.Hosting;

/// <summary>Rules as they were read: texts or an assembly, or the reason why they could not be.</summary>
internal sealed class RulesetSource
{
    private const string Extension = ".ccc";

    private readonly ImmutableArray<SourceText> _texts;
    private readonly ImmutableArray<DataFile> _data;
    private readonly ReadOnlyMemory<byte> _image;

    private RulesetSource(ImmutableArray<SourceText> texts, ImmutableArray<DataFile> data, ReadOnlyMemory<byte> image, ImmutableArray<Diagnostic> diagnostics)
    {
        _texts = texts;
        _data = data;
        _image = image;
        Diagnostics = diagnostics;
        Fingerprint = Hash(texts, data, image);
    }

    /// <summary>Why the rules could not be read.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The same for the same rules.</summary>
    public string Fingerprint { get; }

    public static RulesetSource OfTexts(ImmutableArray<SourceText> texts) => new(texts, [], default, []);

    public static RulesetSource OfImage(ReadOnlyMemory<byte> image) => new([], [], image, []);

    public static RulesetSource OfAssembly(string path)
    {
        try
        {
            return OfImage(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new RulesetSource([], [], default, [HostDiagnostics.Unreadable(path, fault.Message)]);
        }
    }

    /// <summary>Reads the files of a folder, in the order of their paths, the data that they name, and what the application carries itself.</summary>
    public static RulesetSource Read(RulesetHostOptions options, CancellationToken cancellation)
    {
        var texts = ImmutableArray.CreateBuilder<SourceText>();
        texts.AddRange(options.Texts);
        if (options.Folder is not { } folder)
        {
            return OfTexts(texts.ToImmutable());
        }

        var limits = options.Compilation.Limits;
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        try
        {
            var room = limits.Characters;
            foreach (var path in FilesOf(folder).Take(limits.Files + 1))
            {
                // A byte is at most one character: what is too large is not even read.
                var length = new FileInfo(path).Length;
                if (length > 4L * room)
                {
                    diagnostics.Add(HostDiagnostics.TooLarge(path, limits.Characters));
                    break;
                }

                var text = SourceText.FromUtf8(Path.GetRelativePath(folder, path), File.ReadAllBytes(path), out var badByte);
                if (badByte is { } offset)
                {
                    diagnostics.Add(HostDiagnostics.NotUtf8(text, offset));
                }

                texts.Add(text);
                room = Math.Max(0, room - text.Length);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(HostDiagnostics.Unreadable(folder, fault.Message));
        }

        if (texts.Count == 0 && diagnostics.Count == 0)
        {
            diagnostics.Add(HostDiagnostics.NoRules(folder));
        }

        var read = texts.ToImmutable();
        var data = new DataFolder(folder, limits.DataBytes);
        if (diagnostics.Count == 0 && ReadData(read[options.Texts.Length..], data, options, cancellation) is { } found)
        {
            diagnostics.Add(found);
        }

        return new RulesetSource(read, [.. data.Files], default, diagnostics.ToImmutable());
    }

    private static Diagnostic? ReadData(ImmutableArray<SourceText> texts, DataFolder data, RulesetHostOptions options, CancellationToken cancellation)
    {
        using var limited = Limited(options, cancellation);
        try
        {
            foreach (var text in texts)
            {
                if (data.Add(SyntaxTree.Parse(text, cancellation: limited.Token)) is { } tooLarge)
                {
                    return HostDiagnostics.TooMuchData(tooLarge, options.Compilation.Limits.DataBytes);
                }
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return HostDiagnostics.TookTooLong(texts, options.CompileTime);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return HostDiagnostics.Unreadable(options.Folder ?? "", fault.Message);
        }
    }

    private static CancellationTokenSource Limited(RulesetHostOptions options, CancellationToken cancellation)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(options.CompileTime);
        return limited;
    }

    /// <summary>Compiles and loads; null, with the reasons, where that fails.</summary>
    public Ruleset? Load(RulesetHostOptions options, CancellationToken cancellation, out ImmutableArray<Diagnostic> diagnostics)
    {
        diagnostics = Diagnostics;
        if (!diagnostics.IsEmpty)
        {
            return null;
        }

        if (!_image.IsEmpty)
        {
            return LoadImage(options, out diagnostics);
        }

        using var limited = Limited(options, cancellation);
        try
        {
            var compiled = _data.IsEmpty ? options.Compilation : options.Compilation with { Files = [.. options.Compilation.Files, .. _data] };
            var compilation = Compilation.Create(_texts.Select(text => SyntaxTree.Parse(text, cancellation: limited.Token)), compiled, limited.Token);
            diagnostics = compilation.Diagnostics;
            return compilation.HasErrors ? null : compilation.Load(options.Unload);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            diagnostics = [HostDiagnostics.TookTooLong(_texts, options.CompileTime)];
            return null;
        }
    }

    private Ruleset? LoadImage(RulesetHostOptions options, out ImmutableArray<Diagnostic> diagnostics)
    {
        try
        {
            diagnostics = [];
            return Ruleset.Load(_image, options.Unload);
        }
        catch (BadImageFormatException fault)
        {
            diagnostics = [HostDiagnostics.Unreadable(options.Assembly ?? "", fault.Message)];
            return null;
        }
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension, new EnumerationOptions
        {
            RecurseSubdirectories = true,
            // Links could lead round in a circle.
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        }).Order(StringComparer.Ordinal);

    private static string Hash(ImmutableArray<SourceText> texts, ImmutableArray<DataFile> data, ReadOnlyMemory<byte> image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(image.Span);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Path.Length}:{text.Path}{text.Length}:")));
            hash.AppendData(Encoding.Unicode.GetBytes(text.Content));
        }

        foreach (var file in data)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Path.Length}:{file.Path}{file.Bytes.Length}:")));
            hash.AppendData(file.Bytes.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
