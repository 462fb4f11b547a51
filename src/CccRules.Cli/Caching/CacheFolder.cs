using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CccRules.Cli.Caching;

/// <summary>
/// The folder that compiled rulesets are kept in. What lies there is run as code, so it is used only where it belongs to the user
/// who runs the command and nobody else may enter it.
/// </summary>
internal static partial class CacheFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int TypeMask = 0xF000;
    private const int Folder = 0x4000;

    /// <summary>Where the folder is unless <c>CCC_CACHE</c> says otherwise; null where the user has no place for such things.</summary>
    public static string? Default()
    {
        if (Environment.GetEnvironmentVariable("CCC_CACHE") is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        if (!OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches && Path.IsPathRooted(caches))
        {
            return Path.Combine(caches, "ccc-rulesets");
        }

        var home = Environment.GetFolderPath(OperatingSystem.IsWindows() ? Environment.SpecialFolder.LocalApplicationData : Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null : OperatingSystem.IsWindows() ? Path.Combine(home, "ccc-rulesets") : Path.Combine(home, ".cache", "ccc-rulesets");
    }

    /// <summary>Makes the folder where it is not there, and looks whose it is.</summary>
    /// <returns>False where it cannot be made or cannot be trusted.</returns>
    public static bool TryOpen(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Folders below the user's own profile are the user's own.
                Directory.CreateDirectory(path);
                return true;
            }

            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            return IsOwn(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A folder, no link to one, of the user, that only the user may enter.</summary>
    private static bool IsOwn(string path)
    {
        // The runtime's own view of a file: flags, mode, owner, group and more.
        Span<byte> status = stackalloc byte[512];
        if (LinkStatus(Encoding.UTF8.GetBytes(path + '\0'), status) != 0)
        {
            return false;
        }

        var mode = BinaryPrimitives.ReadInt32LittleEndian(status[4..]);
        var owner = BinaryPrimitives.ReadUInt32LittleEndian(status[8..]);
        return (mode & TypeMask) == Folder && (mode & 0b111_111_111) == (int)OwnerOnly && owner == EffectiveUser();
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat")]
    private static partial int LinkStatus(ReadOnlySpan<byte> path, Span<byte> status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    private static partial uint EffectiveUser();
}
