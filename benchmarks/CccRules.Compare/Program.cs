using CccRules.Compare;
using CccRules.Compare.Files;
using CccRules.Compare.Measuring;
using CccRules.Compare.Tool;

switch (args)
{
    case [MemoryProbe.Argument, var path, var times]:
        MemoryProbe.Run(path, times);
        return;
    case [ReadyProbe.Argument, var rules, var assembly]:
        ReadyProbe.Run(rules, assembly);
        return;
}

var only = args.SkipWhile(argument => argument != "--only").Skip(1).Take(1).SelectMany(list => list.Split(',')).ToHashSet(StringComparer.Ordinal);
var options = new CompareOptions(args.Contains("--quick"), only, Console.Error);
var rows = new List<ResultRow>();
foreach (var comparison in Comparisons.All.Where(comparison => only.Count == 0 || comparison.Numbers.Any(only.Contains)))
{
    options.Log.WriteLine($"line {string.Join(", ", comparison.Numbers)}");
    try
    {
        rows.AddRange(comparison.Run(options));
    }
    catch (Exception fault) when (fault is InvalidOperationException or IOException)
    {
        // Answers that differ, or a contestant that does not run, must not hide the other lines.
        Console.Error.WriteLine($"line {string.Join(", ", comparison.Numbers)} failed: {fault.Message}");
        Environment.ExitCode = 1;
    }
}

var table = new ResultTable(rows, Machine.Describe());
Console.Write(table.ToText());
if (!options.IsQuick && only.Count == 0 && Environment.ExitCode == 0)
{
    Console.Write($"Written to {table.Write(RepositoryFolder.Find())}\n");
}

