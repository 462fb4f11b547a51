using Microsoft.Win32.SafeHandles;

namespace CccRules.Batch.Sinks;

/// <summary>
/// A file that is there as a whole or not at all: it is written beside its place under the name <c>….partial</c>, flushed to the disk
/// and renamed. Standard output and devices are written as they are.
/// </summary>
public sealed class OutputFile : IDisposable
{
    private readonly string? _partial;
    private readonly string? _target;
    private bool _isCommitted;

    private OutputFile(Stream stream, string? partial, string? target)
    {
        Stream = stream;
        _partial = partial;
        _target = target;
    }

    /// <summary>Where to write; unbuffered.</summary>
    public Stream Stream { get; }

    /// <summary>Opens the partial file beside a path.</summary>
    /// <param name="path">Where the file shall be; an older file there stays until <see cref="Commit"/>.</param>
    /// <param name="inputs">Files that are read by the same run; symbolic links to them and other spellings are seen through.</param>
    /// <exception cref="BatchSetupException">The path is one of the inputs.</exception>
    /// <exception cref="IOException">The file cannot be written, or another run writes it.</exception>
    public static OutputFile Create(string path, params IEnumerable<string> inputs)
    {
        RefuseInputs(path, inputs);
        var target = FilePath.Resolve(path);
        if (FilePath.IsDevice(target))
        {
            return new OutputFile(new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), null, null);
        }

        var partial = target + ".partial";
        return new OutputFile(new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0), partial, target);
    }

    /// <exception cref="BatchSetupException">The path is one of the others.</exception>
    internal static void RefuseInputs(string path, IEnumerable<string> others)
    {
        var target = FilePath.Resolve(path);
        if (others.Any(other => string.Equals(FilePath.Resolve(other), target, StringComparison.Ordinal)))
        {
            throw new BatchSetupException(
                BatchProblemKind.OutputIsInput, $"'{path}' is already a file of this run; choose another name for the output");
        }
    }

    /// <summary>
    /// Standard output as a file of its own: unlike the console's stream it reports a reader that has gone (<c>| head</c>) and a full device.
    /// </summary>
    public static OutputFile StandardOutput() =>
        Shared(new SafeFileHandle(1, ownsHandle: false));

    /// <summary>A file that others write as well, from where it stands.</summary>
    internal static OutputFile Shared(SafeFileHandle handle) => new(SharedStream.Open(handle), null, null);

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">It cannot be flushed or renamed; the older file is still there.</exception>
    public void Commit()
    {
        if (_partial is null || _target is null)
        {
            Stream.Dispose();
            _isCommitted = true;
            return;
        }

        ((FileStream)Stream).Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_partial, _target, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Closes the file, and removes it where it was not committed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted && _partial is not null)
        {
            File.Delete(_partial);
        }
    }
}
