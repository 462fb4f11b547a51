using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CccRules.Batch;

/// <summary>Why reading or writing failed, in words for whoever started the run: what the system, SQLite, and PostgreSQL say is for programmers.</summary>
public static class FailureReason
{
    // The system's numbers, the same on Linux and macOS but where two are named.
    private const int Interrupted = 4;
    private const int DeviceFailed = 5;
    private const int TryAgain = 11;
    private const int TryAgainOnMac = 35;
    private const int TooManyOpenFiles = 24;
    private const int FileTooLarge = 27;
    private const int DiskFull = 28;
    private const int IllegalSeek = 29;
    private const int ReadOnlyDisk = 30;
    private const int BrokenPipe = 32;
    private const int NameTooLong = 36;
    private const int OtherDevice = 18;
    private const int QuotaUsedUp = 122;
    private const int QuotaUsedUpOnMac = 69;

    /// <summary>The reason as a part of a sentence, without a full stop.</summary>
    public static string Of(Exception failure) => failure switch
    {
        _ when MissingLibrary(failure) is { } library => $"a part of this program cannot be loaded: {library}",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file or folder",
        UnauthorizedAccessException => "no permission, or a folder stands there",
        PathTooLongException => "the path is too long",
        JsonException json => OfJson(json),
        PostgresException server => OfServer(server),
        NpgsqlException connection => OfConnection(connection),
        SqliteException database => OfDatabase(database),
        SocketException => "no server answers there",
        EndOfStreamException => "it ends too early",
        IOException file => OfSystem(file.HResult) ?? OneLine(file.Message),
        _ => OneLine(failure.Message),
    };

    /// <summary>The name of a library without which this program cannot go on; null where something else is wrong.</summary>
    public static string? MissingLibrary(Exception failure) => failure switch
    {
        TypeInitializationException { InnerException: { } inner } => MissingLibrary(inner),
        TargetInvocationException { InnerException: { } inner } => MissingLibrary(inner),
        FileNotFoundException { FileName: { } name } when name.Contains(", Version=", StringComparison.Ordinal) => name[..name.IndexOf(',', StringComparison.Ordinal)],
        FileLoadException { FileName: { } name } => name.Split(',')[0],
        BadImageFormatException { FileName: { } name } => Path.GetFileName(name),
        DllNotFoundException => NameIn(failure.Message),
        _ => null,
    };

    private static string OfJson(JsonException fault) =>
        fault.LineNumber is { } line && fault.BytePositionInLine is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"what stands on line {line + 1} at byte {place + 1} does not fit")
            : "a key stands twice in an object";

    private static string OfServer(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => "the database server was shut down",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "the database server takes neither this user nor this password; PGPASSWORD or a password file gives one",
        PostgresErrorCodes.InvalidCatalogName => "there is no such database",
        PostgresErrorCodes.InsufficientPrivilege => $"the database allows it not: {OneLine(fault.MessageText)}",
        PostgresErrorCodes.DiskFull => "the disk of the database server is full",
        PostgresErrorCodes.TooManyConnections => "the database server has no connection left",
        PostgresErrorCodes.QueryCanceled => "the database server stopped the query",
        _ => $"the database says: {OneLine(fault.MessageText)} ({fault.SqlState})",
    };

    private static string OfConnection(NpgsqlException fault) => fault.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "there is no such host",
        SocketException when fault.Message.StartsWith("Failed to connect", StringComparison.Ordinal) => "no database server answers there",
        TimeoutException => "the database server does not answer in time",
        IOException or SocketException or EndOfStreamException => "the connection to the database was lost",
        _ => $"the database says: {OneLine(fault.Message)}",
    };

    private static string OfDatabase(SqliteException fault) => fault.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => "another program has locked the database",
        SQLitePCL.raw.SQLITE_FULL => "the disk is full",
        SQLitePCL.raw.SQLITE_READONLY => "the database may only be read",
        SQLitePCL.raw.SQLITE_CANTOPEN => "there is no such database, or no permission",
        SQLitePCL.raw.SQLITE_CORRUPT => "the database is damaged",
        SQLitePCL.raw.SQLITE_NOTADB => "it is no SQLite database",
        SQLitePCL.raw.SQLITE_IOERR => "the disk failed",
        _ => $"the database says: {OneLine(fault.Message)}",
    };

    private static string? OfSystem(int error) => error switch
    {
        DiskFull => "the disk is full",
        QuotaUsedUp or QuotaUsedUpOnMac => "the share of the disk is used up",
        FileTooLarge => "the file would become larger than is allowed",
        BrokenPipe => "whoever read it has gone",
        DeviceFailed => "the disk or the device failed",
        ReadOnlyDisk => "the disk may only be read",
        TryAgain or TryAgainOnMac => "another run or program is using it",
        TooManyOpenFiles => "too many files are open",
        IllegalSeek => "it can only be read from its beginning",
        NameTooLong => "the path is too long",
        OtherDevice => "it would have to move from one disk to another",
        Interrupted => "it was interrupted",
        _ => null,
    };

    private static string NameIn(string message)
    {
        var parts = message.Split('\'');
        return parts.Length > 1 ? parts[1] : "a library";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
