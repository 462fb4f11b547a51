using System.Runtime.InteropServices;

namespace CccRules.Batch.Sinks;

/// <summary>What a path really names.</summary>
internal static class FilePath
{
    private const int MostLinks = 40;

    /// <summary>The absolute path with every symbolic link on the way followed; what does not exist stays as written.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            if (FollowFirstLink(full) is not { } followed)
            {
                return full;
            }

            full = followed;
        }

        throw new IOException($"Too many symbolic links in '{path}'.");
    }

    /// <summary>Two names of one file, hard links among them; false where the system does not say.</summary>
    public static bool IsSame(string one, string other) =>
        OperatingSystem.IsLinux() && Identity(one) is { } first && Identity(other) is { } second && first == second;

    /// <summary>An ordinary file; true as well where nothing is there or the system does not say.</summary>
    public static bool IsRegular(string path)
    {
        const int currentFolder = -100;
        const uint typeAndMode = 0x3;
        var status = new byte[256];
        return !OperatingSystem.IsLinux()
            || statx(currentFolder, path, 0, typeAndMode, status) != 0
            || (BitConverter.ToUInt16(status, 28) & 0xF000) == 0x8000;
    }

    /// <summary>Terminals, pipes and the like may not be renamed over.</summary>
    public static bool IsDevice(string resolved) =>
        !OperatingSystem.IsWindows()
        && (resolved.StartsWith("/dev/", StringComparison.Ordinal) || resolved.StartsWith("/proc/", StringComparison.Ordinal));

    private static (ulong Device, ulong Node)? Identity(string path)
    {
        const int currentFolder = -100;
        const uint node = 0x100;
        var status = new byte[256];
        return statx(currentFolder, path, 0, node, status) == 0
            ? (BitConverter.ToUInt64(status, 136), BitConverter.ToUInt64(status, 32))
            : null;
    }

    [DllImport("libc", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, [Out] byte[] status);

    private static string? FollowFirstLink(string full)
    {
        var root = Path.GetPathRoot(full) ?? "";
        var walked = root;
        var parts = full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            walked = Path.Combine(walked, parts[i]);
            if (new FileInfo(walked).LinkTarget is { } link)
            {
                var parent = Path.GetDirectoryName(walked) ?? root;
                return Path.GetFullPath(Path.Combine([parent, link, .. parts[(i + 1)..]]));
            }
        }

        return null;
    }
}
