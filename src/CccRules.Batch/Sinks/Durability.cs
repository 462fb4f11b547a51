using System.Runtime.InteropServices;

namespace CccRules.Batch.Sinks;

/// <summary>What .NET's files leave out: a rename that outlasts a power failure.</summary>
internal static class Durability
{
    private const int ReadOnly = 0;

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

    [DllImport("libc", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
}
