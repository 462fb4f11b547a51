namespace CccRules.Batch;

/// <summary>The data of a run are no longer those that it began with: what was read before and after does not belong together.</summary>
public sealed class DataChangedException : IOException
{
    internal DataChangedException(string name, string what)
        : base($"'{name}' {what}")
    {
    }
}
