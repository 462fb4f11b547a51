using System.Diagnostics;
using System.Text;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Packages;

/// <summary>
/// The packages, packed from the binaries of this build, and folders outside the repository that use them: nothing but the packages
/// and the machine's package folder is at hand, no network.
/// </summary>
public sealed class PackedPackages : IDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ccc-packages");

    public PackedPackages()
    {
        if (IsWanted)
        {
            var pack = Run(Repository.Root, "pack", "CccRules.sln", "-c", Configuration, "--no-build", "--output", Folder);
            Assert.True(pack.ExitCode == 0, pack.Output);
        }
    }

    /// <summary>Packing takes a while: it is done where CCC_PACKAGES is 1, as it is for every commit.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("CCC_PACKAGES") == "1";

    /// <summary>Where the packages lie.</summary>
    public string Folder => Path.Combine(_root.FullName, "packages");

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>An empty folder for an application.</summary>
    /// <param name="packages">The packages that it asks for.</param>
    public string NewApplication(string name, params string[] packages)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;
        Write(folder, "nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Folder}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{MachineFolder()}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_root.FullName, "restored")}" /></config>
            </configuration>
            """);
        Write(folder, $"{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"*\" />"))}
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    public static void Write(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    public static (int ExitCode, string Output) Run(string folder, params string[] arguments) => Start("dotnet", folder, arguments);

    public static (int ExitCode, string Output) Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What the test's own host was told is not meant for others.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("CI");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }
    }

    private static string MachineFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}

/// <summary>A test that packs; see <see cref="PackedPackages.IsWanted"/>.</summary>
public sealed class PackagesFactAttribute : FactAttribute
{
    public PackagesFactAttribute() => Skip = PackedPackages.IsWanted ? null : "packs and builds: set CCC_PACKAGES=1";
}
