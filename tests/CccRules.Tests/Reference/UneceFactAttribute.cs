namespace CccRules.Tests.Reference;

/// <summary>A test that needs the data set of Recommendation 20, which is not part of the repository; skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UneceFactAttribute : FactAttribute
{
    public const string FileName = "shared/data/unece-units/units-of-measure.csv";

    public UneceFactAttribute()
    {
        if (FindFile() is null)
        {
            Skip = $"{FileName} does not lie beside the repository";
        }
    }

    /// <summary>Looks for the file beside the test assembly and beside each folder above it.</summary>
    public static string? FindFile()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, FileName);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
