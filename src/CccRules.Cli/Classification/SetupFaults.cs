using CccRules.Batch;

namespace CccRules.Cli.Classification;

/// <summary>Says why a run could not begin.</summary>
internal static class SetupFaults
{
    /// <summary>Names every problem, and tells wrong commands from wrong data.</summary>
    public static ExitCode Report(BatchSetupException fault, CommandHost host)
    {
        foreach (var problem in fault.Problems)
        {
            host.Report(problem.Code, problem.Message, HelpFor(problem.Kind));
        }

        return fault.Problems.Any(problem => IsOfData(problem.Kind)) ? ExitCode.InputOutputFailed : ExitCode.Misused;
    }

    private static bool IsOfData(BatchProblemKind kind) => kind is
        BatchProblemKind.DuplicateColumn or
        BatchProblemKind.EmptyColumnName or
        BatchProblemKind.NoHeader or
        BatchProblemKind.NotUtf8File or
        BatchProblemKind.TooManyColumns or
        BatchProblemKind.BrokenHeader or
        BatchProblemKind.OutputExists or
        BatchProblemKind.NothingFits or
        BatchProblemKind.DifferentColumns or
        BatchProblemKind.NoSuchTable or
        BatchProblemKind.OtherRun or
        BatchProblemKind.DamagedCheckpoint or
        BatchProblemKind.InterruptedRun;

    private static string[] HelpFor(BatchProblemKind kind) => kind switch
    {
        BatchProblemKind.RequiredFieldUnmapped or BatchProblemKind.NothingMapped => ["`--map \"Column=field\"` says which column feeds a field"],
        BatchProblemKind.DuplicateOutputColumn => ["`--keep` names the columns that come back"],
        BatchProblemKind.FieldMappedTwice => ["leave one of them out"],
        BatchProblemKind.OutputExists => ["`--overwrite` replaces it when the run is complete"],
        BatchProblemKind.NotUtf8File => ["`--encoding utf-16` reads UTF-16"],
        _ => [],
    };
}
