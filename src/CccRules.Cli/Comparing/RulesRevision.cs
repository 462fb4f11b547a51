using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using CccRules.Compiler;

namespace CccRules.Cli.Comparing;

/// <summary>
/// Rules to compare: a file or folder, or what stood there in a git revision, written <c>REVISION:PATH</c> as git does, or the
/// revision alone where the other side gives the path.
/// </summary>
internal static class RulesRevision
{
    private const int MostMegabytes = 64;

    /// <summary>Rules, and the kinds of files that rules name: tables and calendars.</summary>
    private static readonly string[] Extensions = [".ccc", ".csv", ".tsv", ".tab", ".xlsx", ".xls", ".json"];

    /// <param name="text">What was given.</param>
    /// <param name="otherPath">The path of the other side, for a revision alone.</param>
    /// <exception cref="CommandException">There is no such path and no such revision.</exception>
    public static LoadedRules Load(string text, string otherPath, CommandHost host, CompilationOptions options, CancellationToken cancellation)
    {
        if (Path.Exists(host.FullPath(text)))
        {
            return RulesetFiles.Load([text], host, options, cancellation);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (revision, path) = colon > 0 ? (text[..colon], text[(colon + 1)..]) : (text, PathOf(otherPath));
        if (revision.StartsWith('-') || path.Length == 0)
        {
            throw CommandFaults.NotFound(text);
        }

        var folder = Directory.CreateTempSubdirectory("ccc-");
        try
        {
            Extract(text, revision, path, folder.FullName, host, cancellation);
            var within = host with { Folder = folder.FullName };
            return RulesetFiles.Load([path], within, options, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The path of a side: without its revision, where it has one.</summary>
    public static string PathOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !Path.Exists(text) ? text[(colon + 1)..] : text;
    }

    /// <summary>Everything of the revision: modules that the rules use may lie beside them.</summary>
    private static void Extract(string given, string revision, string path, string folder, CommandHost host, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = host.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["archive", "--format=tar", revision, "--", Top(path)])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var git = Process.Start(start) ?? throw CommandFaults.NotFound(given);
            var errors = new StringBuilder();
            git.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
            git.BeginErrorReadLine();
            try
            {
                Unpack(git.StandardOutput.BaseStream, folder, cancellation);
            }
            catch (EndOfStreamException)
            {
                // git wrote nothing: what it has to say comes below.
            }

            git.WaitForExit();
            if (git.ExitCode != 0)
            {
                throw CommandFaults.WrongValue(
                    $"`{given}` is neither a file or folder nor rules in a git revision",
                    $"git says: {errors.ToString().Trim()}",
                    "write a revision as v1:rulesets/cn");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw CommandFaults.WrongValue($"there is no file or folder `{given}`, and git was not found to look for a revision");
        }
    }

    private static string Top(string path) => path.Split('/', '\\')[0] is var top and not ("" or "..") ? top : ".";

    private static void Unpack(Stream tar, string folder, CancellationToken cancellation)
    {
        var room = MostMegabytes * 1024L * 1024;
        using var reader = new TarReader(tar);
        while (reader.GetNextEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !Extensions.Contains(Path.GetExtension(entry.Name), StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            var to = Path.GetFullPath(Path.Combine(folder, entry.Name));
            room -= entry.Length;
            if (room < 0)
            {
                throw CommandFaults.TooManyBytes(MostMegabytes);
            }

            if (to.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                entry.ExtractToFile(to, overwrite: true);
            }
        }
    }
}
