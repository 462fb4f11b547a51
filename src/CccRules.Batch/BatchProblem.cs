using System.Collections.Immutable;
using System.Globalization;

namespace CccRules.Batch;

/// <summary>What keeps a run from starting. The number is the number of the public code, <c>CCC8201</c> and so on.</summary>
public enum BatchProblemKind : ushort
{
    MappingSyntax = 8201,
    UnknownColumn = 8202,
    UnknownField = 8203,
    FieldMappedTwice = 8204,
    RequiredFieldUnmapped = 8205,
    NothingMapped = 8206,
    DuplicateColumn = 8207,
    EmptyColumnName = 8208,
    NoHeader = 8209,
    NotUtf8File = 8210,
    WrongConstant = 8211,
    WrongEvaluationDate = 8212,
    TooManyColumns = 8213,
    DuplicateOutputColumn = 8214,
    OutputIsInput = 8215,
    BrokenHeader = 8216,
    OutputExists = 8217,
    NothingFits = 8218,
    DifferentColumns = 8219,
    UnknownEncoding = 8220,
    WrongAddress = 8221,
    NoSuchTable = 8222,
    SecretInAddress = 8223,
    NotResumable = 8224,
    OtherRun = 8225,
    DamagedCheckpoint = 8226,
    InterruptedRun = 8227,
    ProfileSyntax = 8228,
}

/// <summary>One reason why a run cannot start.</summary>
public sealed record BatchProblem(BatchProblemKind Kind, string Message)
{
    /// <summary>The code that is printed, such as <c>CCC8205</c>.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"CCC{(int)Kind}");

    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>A run cannot start: the data's header, the mapping, the options and the ruleset do not fit together.</summary>
public sealed class BatchSetupException : Exception
{
    public BatchSetupException(ImmutableArray<BatchProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    internal BatchSetupException(BatchProblemKind kind, string message)
        : this([new BatchProblem(kind, message)])
    {
    }

    /// <summary>Every reason that was found, in a fixed order; at least one.</summary>
    public ImmutableArray<BatchProblem> Problems { get; }
}
