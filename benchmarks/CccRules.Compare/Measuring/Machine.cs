using System.Globalization;
using System.Runtime.InteropServices;

namespace CccRules.Compare.Measuring;

/// <summary>The machine and the versions that a table belongs to.</summary>
internal sealed record Machine(string Processor, int Cores, string Vectors, string Runtime, string System, string Day)
{
    public static Machine Describe() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        CccRules.Runtime.Kernels.KernelCatalog.Best.Name,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The processor's name as the name of a folder.</summary>
    public string FolderName => string.Join('-', Processor.ToLowerInvariant().Split([' ', '(', ')', '@', '/', '.'], StringSplitOptions.RemoveEmptyEntries));

    public override string ToString() => $"{Processor}, {Cores} cores, {Vectors} kernels; {Runtime}; {System}; {Day}";

    private static string ProcessorName()
    {
        const string List = "/proc/cpuinfo";
        var lines = File.Exists(List) ? File.ReadAllLines(List) : [];
        string? Value(string key) => lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[^1].Trim();
        var name = Value("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        // Virtual machines hide the name; family and model still tell.
        return name.Any(char.IsAsciiDigit) || Value("model\t") is not { } model ? name : $"{name} family {Value("cpu family")} model {model}";
    }
}
