using CccRules.Runtime.Candidates;
using CccRules.Runtime.Programs;

namespace CccRules.Tests.Engine;

/// <summary>Sparse outcomes as columns: what they do not name is not applicable.</summary>
internal static class SparseRows
{
    public static byte[][] ToColumns(SparseOutcomes outcomes, int norms)
    {
        var columns = Enumerable.Range(0, norms).Select(_ => new byte[outcomes.Rows]).ToArray();
        foreach (var column in columns)
        {
            Array.Fill(column, (byte)Outcome.NotApplicable);
        }

        for (var row = 0; row < outcomes.Rows; row++)
        {
            var named = outcomes.NormsOf(row);
            for (var i = 0; i < named.Length; i++)
            {
                Assert.True(columns[named[i]][row] == (byte)Outcome.NotApplicable, $"Row {row} names norm {named[i]} twice");
                columns[named[i]][row] = outcomes.OutcomesOf(row)[i];
                Assert.NotEqual((byte)Outcome.NotApplicable, columns[named[i]][row]);
            }
        }

        return columns;
    }
}
