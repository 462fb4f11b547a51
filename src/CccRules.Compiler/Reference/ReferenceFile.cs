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

    /// <summary>The numbers of a file that has one column of six digits, below its header.</summary>
    public static int[] ReadSixDigitNumbers(string name)
    {
        const int lineLength = 7;
        using Stream stream = Open(name);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        int start = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        int[] numbers = new int[(bytes.Length - start) / lineLength];
        for (int i = 0; i < numbers.Length; i++)
        {
            foreach (byte digit in bytes.AsSpan(start + (i * lineLength), lineLength - 1))
            {
                numbers[i] = (numbers[i] * 10) + digit - '0';
            }
        }

        return numbers;
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
