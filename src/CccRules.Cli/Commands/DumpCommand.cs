using System.CommandLine;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Syntax;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc dump</c>: what a stage of the compiler makes of rules.</summary>
internal static class DumpCommand
{
    public static Command Create(CommandHost host, CancellationToken cancellation)
    {
        var rules = RulesArgument.Create();
        var stage = RulesArgument.Choice("--stage", "The stage", "tokens", "tree", "bound", "ir", "plan", "csharp");
        stage.Required = true;
        var command = new TaughtCommand(
            "dump",
            "Prints what a stage of the compiler makes of rules, for those who work on the compiler or want to see what runs.",
            "ccc dump rulesets/cn --stage ir",
            "ccc dump rulesets/cn/product.ccc --stage tree")
        {
            rules, stage,
        };
        command.SetAction(parsed => (int)Run(
            RulesArgument.Load(parsed, rules, host, cancellation), parsed.GetRequiredValue(stage), host));
        return command;
    }

    /// <summary>Stages before the intermediate code work on rules with errors as well.</summary>
    private static ExitCode Run(LoadedRules rules, string stage, CommandHost host)
    {
        switch (stage)
        {
            case "tokens":
                PrintEach(rules, SyntaxPrinter.PrintTokens, host.Out);
                break;
            case "tree":
                PrintEach(rules, SyntaxPrinter.PrintTree, host.Out);
                break;
            case "bound":
                host.Out.Write(BoundPrinter.Print(rules.Compilation.Bound));
                break;
            case var _ when !DiagnosticReport.AllowsRunning(rules, host):
                return ExitCode.FoundErrors;
            case "ir":
                host.Out.Write(IrPrinter.Print(rules.Compilation.Ir));
                break;
            case "plan":
                host.Out.Write(PlanPrinter.Print(rules.Compilation.Ir, rules.Compilation.Emitted.Choice));
                break;
            default:
                host.Out.Write(rules.Compilation.Emitted.Source);
                break;
        }

        if (!rules.HasErrors)
        {
            return ExitCode.Done;
        }

        host.Error.WriteLine($"{DiagnosticRenderer.Summarize(rules.Diagnostics)}; `ccc check` shows them");
        return ExitCode.FoundErrors;
    }

    private static void PrintEach(LoadedRules rules, Func<SyntaxTree, string> print, Screen screen)
    {
        foreach (var tree in rules.Given)
        {
            if (rules.Given.Length > 1)
            {
                screen.WriteLine($"// {tree.Text.Path}");
            }

            screen.Write(print(tree));
        }
    }
}
