using System.CommandLine;
using CccRules.Cli.Caching;
using CccRules.Compiler;

namespace CccRules.Cli.Commands;

/// <summary>What every command that works on rules takes.</summary>
internal static class RulesArgument
{
    public static Argument<string[]> Create(string name = "PATH…") => new(name)
    {
        HelpName = name,
        Description = "Files of rules (`*.ccc`) and folders that hold them, with all folders below; modules that they use are found beside them",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>An option that takes one of some words.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}: {string.Join(", ", words[..^1])} or {words[^1]}",
            HelpName = string.Join('|', words),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"`{name}` takes {string.Join(", ", words[..^1])} or {words[^1]}, not `{token.Value}`");
            }
        });
        return option;
    }

    /// <exception cref="CommandException">A path is an option that the command does not have, or does not lead to rules.</exception>
    public static LoadedRules Load(ParseResult parsed, Argument<string[]> rules, CommandHost host, CancellationToken cancellation, CompilationOptions? options = null) =>
        Load(parsed.GetRequiredValue(rules), parsed, host, cancellation, options);

    /// <inheritdoc cref="Load(ParseResult, Argument{string[]}, CommandHost, CancellationToken, CompilationOptions?)"/>
    public static LoadedRules Load(string[] paths, ParseResult parsed, CommandHost host, CancellationToken cancellation, CompilationOptions? options = null) =>
        RulesetFiles.Load(Checked(paths, parsed), host, options ?? CompilationOptions.Default, cancellation);

    /// <summary>Loads rules to run them; null where they have errors, which are reported.</summary>
    /// <param name="useCache">Rules that were compiled before need not be compiled again.</param>
    /// <exception cref="CommandException">A path is an option that the command does not have, or does not lead to rules.</exception>
    public static RunnableRules? LoadRunnable(
        ParseResult parsed, Argument<string[]> rules, CommandHost host, CompilationOptions options, bool useCache, CancellationToken cancellation) =>
        RulesetFiles.LoadRunnable(Checked(parsed.GetRequiredValue(rules), parsed), host, options, useCache ? RulesetCache.Open(host.CacheFolder) : null, cancellation);

    /// <summary>Judges rules, as <see cref="RulesetFiles.Judge"/> says.</summary>
    /// <param name="useCache">Rules in which nothing was wrong before need not be judged again.</param>
    /// <exception cref="CommandException">A path is an option that the command does not have, or does not lead to rules.</exception>
    public static CleanVerdict? Judge(
        ParseResult parsed, Argument<string[]> rules, CommandHost host, bool useCache, Func<LoadedRules, CleanVerdict?> judge, CancellationToken cancellation) =>
        RulesetFiles.Judge(Checked(parsed.GetRequiredValue(rules), parsed), host, useCache ? RulesetCache.Open(host.CacheFolder) : null, judge, cancellation);

    private static string[] Checked(string[] paths, ParseResult parsed) =>
        paths.FirstOrDefault(path => path.StartsWith('-')) is { } option
            ? throw UnknownWord.Option(option, parsed.CommandResult.Command)
            : paths;
}
