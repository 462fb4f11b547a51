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
    private Stream? _stream;
    private bool _isCommitted;
    private bool _isKept;

    private OutputFile(Stream? stream, string? partial, string? target)
    {
        _stream = stream;
        _partial = partial;
        _target = target;
    }

    /// <summary>Where to write; unbuffered.</summary>
    /// <exception cref="ObjectDisposedException">The file is in its place already.</exception>
    public Stream Stream => _stream ?? throw new ObjectDisposedException(nameof(OutputFile));

    /// <summary>A later run can go on with it; standard output and devices cannot be gone on with.</summary>
    public bool CanResume => _partial is not null;

    /// <summary>The file that is written until a path's own is complete.</summary>
    public static string PartialOf(string path) => FilePath.Resolve(path) + ".partial";

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
        return new OutputFile(new GrowingFile(partial, FileMode.Create), partial, target);
    }

    /// <summary>Opens the partial file of a run that was stopped, and drops what was written after its last checkpoint.</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="length">Bytes that the checkpoint counts on.</param>
    /// <param name="isComplete">The run was stopped while it put its files in their places, so this one may be there already.</param>
    /// <param name="inputs">Files that are read by the same run.</param>
    /// <exception cref="IOException">The partial file is not there or too short, or another run writes it.</exception>
    public static OutputFile Reopen(string path, long length, bool isComplete, params IEnumerable<string> inputs)
    {
        RefuseInputs(path, inputs);
        var target = FilePath.Resolve(path);
        var partial = target + ".partial";
        if (isComplete && !File.Exists(partial) && new FileInfo(target) is { Exists: true } file && file.Length == length)
        {
            return new OutputFile(null, null, null) { _isCommitted = true };
        }

        var stream = new GrowingFile(partial, FileMode.Open);
        if (stream.Length < length)
        {
            stream.Dispose();
            throw new IOException($"'{partial}' is shorter than its checkpoint says; begin the run again");
        }

        stream.SetLength(length);
        stream.Position = length;
        return new OutputFile(stream, partial, target) { _isKept = true };
    }

    /// <exception cref="BatchSetupException">The path is one of the others.</exception>
    internal static void RefuseInputs(string path, IEnumerable<string> others)
    {
        var target = FilePath.Resolve(path);
        if (others.Any(other => string.Equals(FilePath.Resolve(other), target, StringComparison.Ordinal) || FilePath.IsSame(other, target)))
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

    /// <summary>Makes durable what was written.</summary>
    /// <returns>The file's length.</returns>
    public long Flush()
    {
        if (_stream is not { } stream)
        {
            return 0;
        }

        FlushToDisk();
        return _partial is null ? 0 : stream.Position;
    }

    private void FlushToDisk()
    {
        if (_partial is not null)
        {
            _stream?.Flush();
        }
    }

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">It cannot be flushed or renamed; the older file is still there.</exception>
    public void Commit()
    {
        if (_isCommitted)
        {
            return;
        }

        FlushToDisk();
        Stream.Dispose();
        if (_partial is not null && _target is not null)
        {
            File.Move(_partial, _target, overwrite: true);
            Durability.FlushFolderOf(_target);
        }

        _stream = null;
        _isCommitted = true;
    }

    /// <summary>Leaves the partial file for a later run.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Closes the file, and removes it where it was neither committed nor kept.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        if (!_isCommitted && !_isKept && _partial is not null)
        {
            File.Delete(_partial);
        }
    }
}
