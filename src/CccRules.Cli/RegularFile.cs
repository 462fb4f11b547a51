using System.Runtime.InteropServices;

namespace CccRules.Cli;

/// <summary>
/// Tells ordinary files from pipes and devices before they are opened: opening a pipe that nobody writes to never ends.
/// </summary>
internal static class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 0x3;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>True for an ordinary file and where the system does not say; links are followed.</summary>
    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var status = new byte[256];
        return statx(CurrentFolder, path, 0, TypeAndMode, status) != 0
            || (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) == Regular;
    }

    [DllImport("libc", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, [Out] byte[] status);
}
