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

    /// <summary>Terminals, pipes and the like may not be renamed over.</summary>
    public static bool IsDevice(string resolved) =>
        !OperatingSystem.IsWindows()
        && (resolved.StartsWith("/dev/", StringComparison.Ordinal) || resolved.StartsWith("/proc/", StringComparison.Ordinal));

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
