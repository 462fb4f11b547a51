using System.Collections.Immutable;
using System.Globalization;
using CccRules.Batch;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli;

/// <summary>What can be wrong with a command or its files: CCC00xx, one method a message.</summary>
internal static class CommandFaults
{
    public static readonly DiagnosticDescriptor InternalErrorRule =
        new("CCC0001", "internal-error", DiagnosticSeverity.Error, "The program has a fault: it is never the fault of rules or data");

    private static readonly DiagnosticDescriptor WrongCommandRule =
        new("CCC0002", "wrong-command", DiagnosticSeverity.Error, "A command is written wrongly");

    private static readonly DiagnosticDescriptor WrongValueRule =
        new("CCC0003", "wrong-value", DiagnosticSeverity.Error, "A value given on the command line does not fit");

    private static readonly DiagnosticDescriptor UnreadableRule =
        new("CCC0010", "unreadable-input", DiagnosticSeverity.Error, "A file or folder cannot be read");

    private static readonly DiagnosticDescriptor UnwritableRule =
        new("CCC0011", "unwritable-output", DiagnosticSeverity.Error, "Something cannot be written");

    private static readonly DiagnosticDescriptor TooMuchRule =
        new("CCC0012", "too-many-rules", DiagnosticSeverity.Error, "More rules files than are read at once");

    private static readonly DiagnosticDescriptor NoRulesRule =
        new("CCC0013", "no-rules", DiagnosticSeverity.Error, "A folder holds no rules");

    private static readonly DiagnosticDescriptor TooManyRejectsRule =
        new("CCC0014", "too-many-rejects", DiagnosticSeverity.Error, "More rows were rejected than `--max-rejects` allows; nothing was written but the rejects");

    private static readonly DiagnosticDescriptor NotMergeableRule =
        new("CCC0015", "not-mergeable", DiagnosticSeverity.Error, "Summaries do not belong together, or do not have every record once");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        InternalErrorRule, WrongCommandRule, WrongValueRule, UnreadableRule, UnwritableRule, TooMuchRule, NoRulesRule, TooManyRejectsRule, NotMergeableRule,
    ];

    public static CommandException WrongCommand(string message, params ImmutableArray<string> help) =>
        new(ExitCode.Misused, WrongCommandRule, message, help);

    public static CommandException WrongValue(string message, params ImmutableArray<string> help) =>
        new(ExitCode.Misused, WrongValueRule, message, help);

    public static CommandException NotFound(string path) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, $"there is no file or folder `{path}`", "check the spelling, and the folder that the command runs in");

    public static CommandException NotRegular(string path) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, $"`{path}` is not an ordinary file", "rules are read from files and folders only, not from pipes or devices");

    public static CommandException NotRules(string path) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, $"`{path}` is not a rules file", "files of rules end in `.ccc`");

    public static CommandException Unreadable(string path, Exception reason) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, $"cannot read `{path}`: {Reason(reason)}");

    public static CommandException NotUtf8(string path) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, $"`{path}` is not UTF-8 text", "save the file as UTF-8");

    public static CommandException UnreadableRow(long line, ImmutableArray<string> reasons) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, string.Create(CultureInfo.InvariantCulture, $"the row on line {line} cannot be read"), reasons);

    /// <summary>Something failed while data went through, and only the system knows what.</summary>
    public static CommandException Failed(Exception reason) =>
        new(ExitCode.InputOutputFailed, UnwritableRule, $"reading or writing failed: {Reason(reason)}");

    /// <summary>The data of a run are no longer those that it began with.</summary>
    public static CommandException DataChanged(Exception reason, params ImmutableArray<string> help) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, reason.Message, help);

    /// <summary>A run over records broke off.</summary>
    public static CommandException RunFailed(Exception reason, params ImmutableArray<string> help) =>
        new(ExitCode.InputOutputFailed, UnwritableRule, $"reading or writing failed: {Reason(reason)}", help);

    public static CommandException NotMergeable(string message) => new(ExitCode.InputOutputFailed, NotMergeableRule, message);

    public static CommandException TooManyRejects(Exception reason, params ImmutableArray<string> help) =>
        new(ExitCode.InputOutputFailed, TooManyRejectsRule, reason.Message, help);

    public static CommandException Unwritable(string path, Exception reason) =>
        new(ExitCode.InputOutputFailed, UnwritableRule, $"cannot write `{path}`: {Reason(reason)}");

    public static CommandException TooManyFiles(int limit) =>
        new(ExitCode.InputOutputFailed, TooMuchRule, string.Create(CultureInfo.InvariantCulture, $"more than {limit:N0} files of rules"), "name fewer files or folders");

    public static CommandException TooManyBytes(int megabytes) =>
        new(ExitCode.InputOutputFailed, TooMuchRule, string.Create(CultureInfo.InvariantCulture, $"the files of rules are larger than {megabytes} MiB together"), "name fewer files or folders");

    public static CommandException NoRules(string path) =>
        new(ExitCode.InputOutputFailed, NoRulesRule, $"the folder `{path}` holds no rules", "files of rules end in `.ccc`");

    /// <summary>A library of this program is not there; <paramref name="name"/> is its name.</summary>
    public static CommandException MissingLibrary(string name) =>
        new(ExitCode.InputOutputFailed, UnreadableRule, $"a part of this program cannot be loaded: {name}", "install ccc again, as a whole");

    private static string Reason(Exception reason) => FailureReason.Of(reason);
}
