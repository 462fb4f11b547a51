namespace CccRules.Batch;

/// <summary>How far a run has come.</summary>
/// <param name="Rows">Records read so far, those of earlier runs that this one goes on from among them.</param>
/// <param name="Rejected">Those of them that were refused.</param>
/// <param name="Fraction">How much of the data was read, from 0 to 1; null where nobody knows how much there is.</param>
public readonly record struct RunProgress(long Rows, long Rejected, double? Fraction);
