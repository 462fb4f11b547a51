using CccRules.Compare;
using CccRules.Compare.Measuring;

var only = args.SkipWhile(argument => argument != "--only").Skip(1).Take(1).SelectMany(list => list.Split(',')).ToHashSet(StringComparer.Ordinal);
var options = new CompareOptions(args.Contains("--quick"), only, Console.Error);
var rows = new List<ResultRow>();
foreach (var comparison in Comparisons.All.Where(comparison => only.Count == 0 || comparison.Numbers.Any(only.Contains)))
{
    rows.AddRange(comparison.Run(options));
}

var table = new ResultTable(rows, Machine.Describe());
Console.Write(table.ToText());
if (!options.IsQuick && only.Count == 0)
{
    Console.Write($"Written to {table.Write(RepositoryFolder.Find())}\n");
}

return rows.Exists(row => row.Verdict == "NOT REACHED") ? 1 : 0;
