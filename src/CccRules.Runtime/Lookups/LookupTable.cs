using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Lookups;

/// <summary>
/// A decision table ready to be looked up. Known inputs lead through the graph to a row. Where an input is missing, or an HS code has
/// too few digits, the rows that are left are tried: the answer is known only where all that can hold, up to the first that must, give the same.
/// </summary>
internal sealed class LookupTable
{
    private readonly LookupSchema _schema;
    private readonly LookupTest[][] _tests;
    private readonly Lazy<LookupNode> _root;

    public LookupTable(LookupSchema schema)
    {
        _schema = schema;
        _tests = [.. schema.Inputs.Select(input => input.Cells.Select(cell => new LookupTest(input.Kind, cell)).ToArray())];
        _root = new Lazy<LookupNode>(() => LookupBuilder.Build(schema, _tests));
    }

    /// <summary>The output for some inputs; none where no row holds, missing where it is open.</summary>
    /// <param name="inputs">As <see cref="Fact"/> says.</param>
    /// <param name="texts">By input its text, where it is one.</param>
    public long Find(int output, ReadOnlySpan<long> inputs, ReadOnlySpan<string?> texts)
    {
        var node = _root.Value;
        while (true)
        {
            switch (node)
            {
                case LookupAnswer answer:
                    return Given(answer.Row, output);
                case LookupIntervals step:
                    var value = inputs[step.Input];
                    if (value == Fact.Missing)
                    {
                        return Try(step.Rows, output, inputs, texts);
                    }

                    if (value == Fact.None)
                    {
                        node = step.None;
                    }
                    else if (_schema.Inputs[step.Input].Kind != LookupKind.HsCode)
                    {
                        node = step.Children[step.PositionOf(value)];
                    }
                    else
                    {
                        var code = HsCode.FromEncoded(value);
                        var (first, last) = (step.PositionOf(code.Lower), step.PositionOf(code.Upper));
                        if (first != last)
                        {
                            return Try(RowsBetween(step, first, last), output, inputs, texts);
                        }

                        node = step.Children[first];
                    }

                    break;
                case LookupTexts step:
                    if (inputs[step.Input] == Fact.Missing)
                    {
                        return Try(step.Rows, output, inputs, texts);
                    }

                    node = inputs[step.Input] == Fact.None ? step.None : step.Children.GetValueOrDefault(texts[step.Input] ?? "", step.Other);
                    break;
                default:
                    return Try(node.Rows, output, inputs, texts);
            }
        }
    }

    /// <summary>The inputs that a missing output hangs on, a bit each.</summary>
    public int OpenInputs(int output, ReadOnlySpan<long> inputs, ReadOnlySpan<string?> texts)
    {
        var open = new List<(long Given, int Inputs)>();
        var rest = Fact.None;
        for (var row = 0; row < _schema.Cells.Length / _schema.Inputs.Length; row++)
        {
            var truth = TruthOf(row, inputs, texts, out var hangsOn);
            if (truth == Truth.True)
            {
                rest = Given(row, output);
                break;
            }

            if (truth == Truth.Open)
            {
                open.Add((Given(row, output), hangsOn));
            }
        }

        // From the last row up: a row that gives what comes after it anyway changes nothing.
        var needed = 0;
        for (var i = open.Count - 1; i >= 0; i--)
        {
            needed |= needed == 0 && open[i].Given == rest ? 0 : open[i].Inputs;
        }

        return needed;
    }

    /// <summary>The rows under some neighbouring children; a code of few digits meets few of them.</summary>
    private static int[] RowsBetween(LookupIntervals step, int first, int last)
    {
        if (last - first > 64)
        {
            return step.Rows;
        }

        var rows = new SortedSet<int>();
        for (var child = first; child <= last; child++)
        {
            rows.UnionWith(step.Children[child].Rows);
        }

        return [.. rows];
    }

    private long Try(int[] rows, int output, ReadOnlySpan<long> inputs, ReadOnlySpan<string?> texts)
    {
        var isFound = false;
        var found = Fact.None;
        foreach (var row in rows)
        {
            var truth = TruthOf(row, inputs, texts, out _);
            if (truth == Truth.False)
            {
                continue;
            }

            var given = Given(row, output);
            if (isFound && given != found)
            {
                return Fact.Missing;
            }

            if (truth == Truth.True)
            {
                return given;
            }

            isFound = true;
            found = given;
        }

        return isFound && found != Fact.None ? Fact.Missing : Fact.None;
    }

    private Truth TruthOf(int row, ReadOnlySpan<long> inputs, ReadOnlySpan<string?> texts, out int hangsOn)
    {
        hangsOn = 0;
        for (var input = 0; input < inputs.Length; input++)
        {
            var cell = _schema.Cells[(row * inputs.Length) + input];
            if (cell < 0)
            {
                continue;
            }

            var truth = _tests[input][cell].Of(inputs[input], texts[input]);
            if (truth == Truth.False)
            {
                return Truth.False;
            }

            hangsOn |= truth == Truth.Open ? 1 << input : 0;
        }

        return hangsOn == 0 ? Truth.True : Truth.Open;
    }

    private long Given(int row, int output) => row < 0 ? Fact.None : _schema.Given[(row * _schema.Outputs) + output];
}
