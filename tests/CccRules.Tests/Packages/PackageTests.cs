using System.IO.Compression;
using System.Xml.Linq;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Packages;

/// <summary>What a user does with the packages in an empty folder.</summary>
public sealed class PackageTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private static readonly string Readme = Repository.Read("README.md");

    private static string ReadmeRules => Markdown.Fences(Readme, "ccc").First().Text;

    [PackagesFact]
    public void The_embedding_example_of_the_README_runs()
    {
        var folder = packages.NewApplication("embedding", "CccRules.Compiler");
        PackedPackages.Write(folder, "Program.cs", Markdown.Fences(Readme, "csharp").Single(fence => fence.Info == "csharp").Text);
        PackedPackages.Write(folder, "qr_mark.ccc", ReadmeRules);

        var run = PackedPackages.Run(folder, "run");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("qr_mark: not_applicable or breached; missing: portable", run.Output.Trim());
    }

    [PackagesFact]
    public void Rules_that_the_tool_builds_run_with_the_runtime_alone()
    {
        var folder = packages.NewApplication("runtime", "CccRules.Runtime");
        PackedPackages.Write(folder, "qr_mark.ccc", ReadmeRules);
        PackedPackages.Write(folder, "Program.cs", """
            using CccRules.Runtime;
            using System.Text.Json;

            var rules = Ruleset.LoadFrom("Rules.dll");
            using var record = JsonDocument.Parse("{\"hs_code\": \"8507.60\", \"portable\": true, \"manufactured_on\": \"2027-03-01\", \"has_qr_mark\": true}");
            Console.WriteLine(rules.Bind().Evaluate(record.RootElement, null).Of("qr_mark").ToString());
            """);

        var tool = PackedPackages.Run(folder, "tool", "install", "CccRules.Cli", "--tool-path", "tool", "--configfile", "nuget.config");
        Assert.True(tool.ExitCode == 0, tool.Output);
        var build = PackedPackages.Start(Path.Combine(folder, "tool", "ccc"), folder, "build", "qr_mark.ccc", "-o", "Rules.dll");
        Assert.True(build.ExitCode == 0, build.Output);
        var run = PackedPackages.Run(folder, "run");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("qr_mark: fulfilled", run.Output.Trim());
        Assert.Equal(["CccRules.Runtime.dll", "runtime.dll"], Directory.GetFiles(Path.Combine(folder, "bin", "Debug", "net10.0"), "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [PackagesFact]
    public void Rules_of_a_project_are_compiled_into_it_and_their_errors_are_the_builds()
    {
        var folder = packages.NewApplication("ahead", "CccRules.Build");
        PackedPackages.Write(folder, "qr_mark.ccc", ReadmeRules);
        PackedPackages.Write(folder, "Program.cs", """
            using ahead;

            var product = new Product("8507.60", true, new DateOnly(2027, 3, 1), false);
            Console.WriteLine(Rules.Ruleset.Bind<Product>().Evaluate(in product, null).Of("qr_mark").ToString());

            record Product(string HsCode, bool? Portable, DateOnly? ManufacturedOn, bool HasQrMark);
            """);

        var run = PackedPackages.Run(folder, "run");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("qr_mark: breached", run.Output.Trim());
        Assert.Equal(["CccRules.Runtime.dll", "ahead.dll"], Directory.GetFiles(Path.Combine(folder, "bin", "Debug", "net10.0"), "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

        PackedPackages.Write(folder, "qr_mark.ccc", ReadmeRules.Replace("when power_bank\n", "when power_bunk\n", StringComparison.Ordinal));
        var broken = PackedPackages.Run(folder, "build", "--no-restore");
        Assert.NotEqual(0, broken.ExitCode);
        var line = ReadmeRules[..ReadmeRules.IndexOf("when power_bank\n", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
        Assert.Contains($"qr_mark.ccc({line},8,{line},18): error CCC2001: ", broken.Output, StringComparison.Ordinal);
    }

    [PackagesFact]
    public void Every_package_has_what_a_user_looks_for()
    {
        var files = Directory.GetFiles(packages.Folder, "*.nupkg");
        Assert.Equal(
            ["CccRules.Batch", "CccRules.Build", "CccRules.Cli", "CccRules.Compiler", "CccRules.Hosting", "CccRules.Runtime"],
            files.Select(file => Path.GetFileName(file).Split(".0.")[0]).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            using var package = ZipFile.OpenRead(file);
            var entries = package.Entries.Select(entry => entry.FullName).ToList();
            Assert.Contains("README.md", entries);
            var nuspec = XDocument.Load(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
            var metadata = nuspec.Root!.Elements().Single();
            string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
            Assert.Equal(("MIT", "README.md"), (Value("license"), Value("readme")));
            Assert.NotEqual("Package Description", Value("description"));
            if (!file.Contains("CccRules.Build", StringComparison.Ordinal) && !file.Contains("CccRules.Cli", StringComparison.Ordinal))
            {
                Assert.Contains(entries, entry => entry.StartsWith("lib/net10.0/", StringComparison.Ordinal) && entry.EndsWith(".xml", StringComparison.Ordinal));
                Assert.True(File.Exists(Path.ChangeExtension(file, ".snupkg")), file);
            }
        }
    }
}
