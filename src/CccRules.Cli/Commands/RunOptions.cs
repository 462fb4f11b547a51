using System.CommandLine;
using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Compiler;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Commands;

/// <summary>The options of commands that run rules over records.</summary>
internal sealed class RunOptions
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Option<string> AsOf { get; } = new("--as-of")
    {
        HelpName = "DATE|FIELD",
        Description = "The date by which records are judged: a day such as 2026-03-01, or a date field of the record; left out, what depends on it stays open",
    };

    public Option<string[]> Map { get; } = new("--map")
    {
        HelpName = "COLUMN=FIELD",
        Description = "A column that feeds a field, such as --map \"HS Code=hs_code\", or a constant for all records, such as --map \"purpose:=sale\"; columns named like a field need none",
    };

    public Option<string> MapFile { get; } = new("--map-file")
    {
        HelpName = "FILE",
        Description = "The same from a file, one entry a line",
    };

    public Option<string[]> Assume { get; } = new("--assume")
    {
        HelpName = "QUESTION=yes|no",
        Description = "Settles a question that the sources leave open, such as --assume old_stock=yes",
    };

    public Option<string> Known { get; } = new("--known")
    {
        HelpName = "DATE",
        Description = "Leaves out rules whose sources were all issued after this day, to see a past decision by the rules of its own day",
    };

    public Option<string> Language { get; } = new("--lang")
    {
        HelpName = "LANGUAGE",
        Description = "Tells titles in another language where the rules have them, such as zh",
    };

    public void AddTo(Command command)
    {
        command.Add(AsOf);
        command.Add(Map);
        command.Add(MapFile);
        command.Add(Assume);
        command.Add(Known);
        command.Add(Language);
    }

    /// <summary>The ruleset with its titles in the language that was asked for.</summary>
    /// <exception cref="CommandException">No title has a translation into that language.</exception>
    public Ruleset InLanguage(ParseResult parsed, Ruleset ruleset)
    {
        if (parsed.GetValue(Language) is not { } language)
        {
            return ruleset;
        }

        var known = ruleset.Manifest.Translations.Select(translation => translation.Language).ToList();
        return known.Contains(language)
            ? ruleset.In(language)
            : throw CommandFaults.WrongValue(
                $"no title of the rules has a translation into `{language}`",
                known.Count == 0 ? "a title is translated in the rules: `\"Power banks\" zh \"移动电源\"`" : $"the rules have {string.Join(", ", known.Select(name => $"`{name}`"))}");
    }

    /// <exception cref="CommandException"><c>--known</c> is no date.</exception>
    public CompilationOptions CompilationOptions(ParseResult parsed) => new()
    {
        KnownOn = parsed.GetValue(Known) is not { } text ? null
            : CivilDate.TryParse(text, out var day) ? day
            : throw CommandFaults.WrongValue($"`--known {text}` is not a date", "write a date as 2026-03-01"),
    };

    public EvaluationDate? EvaluationDate(ParseResult parsed) =>
        parsed.GetValue(AsOf) is { } text ? Batch.EvaluationDate.Parse(text) : null;

    /// <summary>Everything that <c>--map</c>, <c>--map-file</c> and <c>--assume</c> say.</summary>
    /// <exception cref="CommandException">The file cannot be read, or there is no such question.</exception>
    /// <exception cref="BatchSetupException">An entry is none.</exception>
    public ColumnMapping Mapping(ParseResult parsed, RulesetManifest manifest, CommandHost host)
    {
        var mapping = ColumnMapping.Empty;
        if (parsed.GetValue(MapFile) is { } file)
        {
            mapping = mapping.WithFile(ReadText(file, host), file);
        }

        foreach (var entry in parsed.GetValue(Map) ?? [])
        {
            mapping = mapping.With(entry);
        }

        foreach (var (question, answer) in Assumptions(parsed, manifest))
        {
            mapping = mapping.WithConstant(question.Name, answer ? "yes" : "no", "--assume");
        }

        return mapping;
    }

    /// <summary>The questions that are settled, each with its answer.</summary>
    /// <exception cref="CommandException">There is no such question, or the answer is neither yes nor no.</exception>
    public IEnumerable<(FactSchema Question, bool Answer)> Assumptions(ParseResult parsed, RulesetManifest manifest)
    {
        foreach (var text in parsed.GetValue(Assume) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var answer = equals < 0 ? "" : text[(equals + 1)..].Trim();
            if (answer is not ("yes" or "no"))
            {
                throw CommandFaults.WrongValue($"`--assume {text}` says neither yes nor no", "write it as --assume some_question=yes");
            }

            var questions = manifest.Facts.Where(fact => fact.Role == FactRole.Question);
            yield return (FactNames.Find(text[..equals].Trim(), questions, "question"), answer == "yes");
        }
    }

    /// <exception cref="CommandException">The file cannot be read, or is not UTF-8.</exception>
    public static string ReadText(string path, CommandHost host)
    {
        try
        {
            return StrictUtf8.GetString(File.ReadAllBytes(host.FullPath(path)));
        }
        catch (DecoderFallbackException)
        {
            throw CommandFaults.NotUtf8(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFaults.Unreadable(path, fault);
        }
    }
}
