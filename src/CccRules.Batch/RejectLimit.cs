using System.Globalization;

namespace CccRules.Batch;

/// <summary>How many rows may be refused: a number, or a share of the rows read.</summary>
/// <param name="Limit">The number, or the percentage.</param>
/// <param name="IsPercentage">It is a percentage.</param>
public sealed record RejectLimit(decimal Limit, bool IsPercentage)
{
    /// <summary>Rows before which a share says nothing: a bad row at the beginning is no bad file.</summary>
    private const long FewestForAShare = 10_000;

    /// <summary>Reads <c>100</c> or <c>0.5%</c>; null for anything else.</summary>
    public static RejectLimit? Parse(string text)
    {
        var isPercentage = text.EndsWith('%');
        var number = isPercentage ? text[..^1] : text;
        return decimal.TryParse(number, isPercentage ? NumberStyles.AllowDecimalPoint : NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && (!isPercentage || limit <= 100)
            ? new RejectLimit(limit, isPercentage)
            : null;
    }

    /// <summary>The run must stop.</summary>
    /// <param name="isAtEnd">Nothing is left to read, so that shares are final.</param>
    public bool IsExceeded(long rejected, long rows, bool isAtEnd) =>
        IsPercentage ? (isAtEnd || rows >= FewestForAShare) && rejected * 100m > Limit * rows : rejected > Limit;

    public override string ToString() => Limit.ToString(CultureInfo.InvariantCulture) + (IsPercentage ? "%" : "");
}

/// <summary>More rows were refused than the run was told to bear.</summary>
public sealed class TooManyRejectsException(RejectLimit limit, long rejected, long rows) : Exception(string.Create(
    CultureInfo.InvariantCulture, $"{rejected:N0} of {rows:N0} rows were rejected, more than the {limit} that are allowed"));
