using System.Reflection;
using System.Xml.Linq;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Architecture;

/// <summary>Which project may use which: one direction, and the runtime of compiled rules stands alone.</summary>
public sealed class ProjectReferenceTests
{
    private const string Ban = "Microsoft.CodeAnalysis.BannedApiAnalyzers";

    public static TheoryData<string, string[], string[]> Allowed => new()
    {
        { "Runtime", [], [Ban] },
        { "Compiler", ["Runtime"], ["Antlr4.Runtime.Standard", "ExcelDataReader", "Microsoft.CodeAnalysis.CSharp", "Sprache", Ban] },
        { "Batch", ["Runtime"], ["Microsoft.Data.Sqlite", "Npgsql"] },
        {
            "Hosting",
            ["Runtime", "Compiler"],
            [
                "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions",
                "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            ]
        },
        { "Build", ["Runtime", "Cli"], [] },
        { "Cli", ["Runtime", "Compiler", "Batch"], ["Spectre.Console", "System.CommandLine"] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void A_project_uses_only_what_its_row_allows(string project, string[] projects, string[] packages)
    {
        var document = XDocument.Parse(Repository.Read($"src/CccRules.{project}/CccRules.{project}.csproj"));
        Findings.AssertNone(Includes(document, "ProjectReference").Select(ProjectName).Except(projects));
        Findings.AssertNone(Includes(document, "PackageReference").Except(packages));
    }

    [Fact]
    public void Every_project_has_a_row()
    {
        var projects = Repository.Files
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(ProjectName);
        Findings.AssertNone(projects.Except(Allowed.Select(row => (string)row[0])));
    }

    [Fact]
    public void The_runtime_of_compiled_rules_needs_nothing_but_the_platform() =>
        Assert.DoesNotContain(typeof(CivilDate).Assembly.GetReferencedAssemblies(), name => !IsPlatform(name));

    [Fact]
    public void The_compiler_reads_no_record_files() =>
        Assert.DoesNotContain(typeof(SyntaxTree).Assembly.GetReferencedAssemblies(), name => name.Name is "CccRules.Batch" or "CsvHelper");

    private static bool IsPlatform(AssemblyName name) => name.Name!.StartsWith("System.", StringComparison.Ordinal);

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(item => (string)item.Attribute("Include")!);

    private static string ProjectName(string path) =>
        Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["CccRules.".Length..];
}
