using System.CommandLine;
using System.CommandLine.Parsing;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Text;

namespace CccRules.Cli.Classification;

/// <summary>The options that say where records come from and how they are written.</summary>
internal sealed class SourceArguments
{
    private readonly Option<string[]> _input = new("--in")
    {
        Required = true,
        HelpName = "FILE",
        Description = "The records: CSV with a header, or .tsv, .jsonl, each also .gz; a pattern such as 'data/*.csv'; `-` for standard input; sqlite:FILE?table=NAME, postgres://HOST/DATABASE?table=NAME, or ?query=SELECT …; may be given more than once",
    };

    private readonly Option<TextFormat?> _format = ClassifyOptions.Choice<TextFormat>(
        "--in-format", "csv|jsonl", "How records are written, where the name of the input does not say it", ("csv", TextFormat.Csv), ("jsonl", TextFormat.JsonLines));

    private readonly Option<char?> _delimiter = new("--delimiter")
    {
        HelpName = "CHARACTER",
        Description = "What divides the fields of CSV, such as `;`, or the word tab",
        CustomParser = result => ReadDelimiter(result),
    };

    private readonly Option<string> _encoding = new("--encoding")
    {
        HelpName = "NAME",
        Description = $"How text is written: {string.Join(", ", TextEncoding.Names)}; UTF-8 unless told otherwise",
        DefaultValueFactory = _ => "utf-8",
    };

    private readonly Option<string[]> _columns = new("--columns")
    {
        HelpName = "KEY,…",
        Description = "All keys that JSON records may have; unless told otherwise those of the first 1,000",
    };

    public void AddInput(Command command) => command.Add(_input);

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_delimiter);
        command.Add(_encoding);
        command.Add(_columns);
    }

    public string[] Inputs(ParseResult parsed) => parsed.GetRequiredValue(_input);

    public SourceOptions Options(ParseResult parsed, CommandHost host) => new()
    {
        Format = parsed.GetValue(_format),
        Separator = parsed.GetValue(_delimiter),
        Encoding = parsed.GetValue(_encoding) ?? "utf-8",
        Columns = [.. (parsed.GetValue(_columns) ?? []).SelectMany(names => names.Split(',')).Select(name => name.Trim()).Where(name => name.Length > 0)],
        Folder = host.Folder,
        OpenStandardInput = host.OpenInput,
    };

    private static char? ReadDelimiter(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        if (word is "tab" or "\\t")
        {
            return '\t';
        }

        if (word.Length == 1 && char.IsAscii(word[0]) && !char.IsLetterOrDigit(word[0]) && word[0] is not ('"' or '\r' or '\n' or '\0' or ' '))
        {
            return word[0];
        }

        result.AddError($"`--delimiter` takes one character such as `;`, or the word tab, not `{word}`");
        return null;
    }
}
