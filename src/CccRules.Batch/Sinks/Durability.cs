using System.Runtime.InteropServices;

namespace CccRules.Batch.Sinks;

/// <summary>What .NET's files leave out: a rename that outlasts a power failure, and a shared handle that others go on writing to.</summary>
internal static class Durability
{
    private const int ReadOnly = 0;
    private const int FromStart = 0;

    /// <summary>Flushes the folder in which a file was renamed; where a system has no such thing, it does nothing.</summary>
    public static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsWindows() || Path.GetDirectoryName(path) is not { } folder)
        {
            return;
        }

        var handle = open(folder, ReadOnly);
        if (handle >= 0)
        {
            _ = fsync(handle);
            _ = close(handle);
        }
    }

    /// <summary>
    /// Moves a file's handle to where the stream has got to. A stream writes at offsets of its own, so that without this the next
    /// program of <c>(a; b) > file</c> would write over what the first one wrote.
    /// </summary>
    public static void MoveHandleTo(FileStream stream)
    {
        if (!OperatingSystem.IsWindows() && stream.CanSeek)
        {
            _ = lseek((int)stream.SafeFileHandle.DangerousGetHandle(), stream.Position, FromStart);
        }
    }

    [DllImport("libc", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long lseek(int handle, long offset, int origin);
}
