using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace CccRules.Compiler.Reference;

/// <summary>Reads the files of <c>Reference/Data</c> from the assembly. A file that is absent or malformed is a fault of the build.</summary>
internal static class ReferenceFile
{
    /// <summary>The rows of a file below its header, each with <paramref name="columns"/> fields.</summary>
    public static IEnumerable<ImmutableArray<string>> ReadRows(string name, int columns)
    {
        using StreamReader reader = new(Open(name), Encoding.UTF8);
        reader.ReadLine();
        while (reader.ReadLine() is string line)
        {
            ImmutableArray<string> fields = SplitLine(line);
            yield return fields.Length == columns
                ? fields
                : throw new InvalidDataException($"{name}: {fields.Length} fields instead of {columns} in '{line}'");
        }
    }

    /// <summary>The numbers of a file that has one column of digits, below its header. No text is made on the way.</summary>
    public static int[] ReadNumbers(string name)
    {
        using Stream stream = Open(name);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        ReadOnlySpan<byte> lines = bytes.AsSpan(bytes.AsSpan().IndexOf((byte)'\n') + 1);
        List<int> numbers = new(lines.Length / 7);
        foreach (Range line in lines.Split((byte)'\n'))
        {
            if (Utf8Parser.TryParse(lines[line], out int number, out _))
            {
                numbers.Add(number);
            }
        }

        return [.. numbers];
    }

    private static Stream Open(string name) =>
        typeof(ReferenceFile).Assembly.GetManifestResourceStream($"CccRules.Compiler.Reference.Data.{name}")
        ?? throw new InvalidDataException($"{name} is not embedded in the assembly");

    /// <summary>The fields of one line of RFC 4180; no field of our files holds a line break.</summary>
    private static ImmutableArray<string> SplitLine(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return [.. line.Split(',')];
        }

        ImmutableArray<string>.Builder fields = ImmutableArray.CreateBuilder<string>();
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                bool doubled = quoted && i + 1 < line.Length && line[i + 1] == '"';
                quoted = doubled || !quoted;
                if (!doubled)
                {
                    continue;
                }

                i++;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
                continue;
            }

            field.Append(line[i]);
        }

        fields.Add(field.ToString());
        return fields.ToImmutable();
    }
}
