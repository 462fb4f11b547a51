using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Compare.Tool;

/// <summary>The least that a cold .NET process can do: hello.dll, as <c>dotnet new console</c> makes it.</summary>
internal static class HelloProgram
{
    private const string Settings = """
        { "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }
        """;

    /// <returns>Path of the dll.</returns>
    public static string Make(string folder)
    {
        var assemblies = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "hello",
            [CSharpSyntaxTree.ParseText("System.Console.WriteLine(\"Hello, World!\");")],
            assemblies.Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release));
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "hello.dll");
        var result = compilation.Emit(path);
        File.WriteAllText(Path.Combine(folder, "hello.runtimeconfig.json"), Settings);
        return result.Success ? path : throw new InvalidOperationException(result.Diagnostics[0].ToString());
    }
}
