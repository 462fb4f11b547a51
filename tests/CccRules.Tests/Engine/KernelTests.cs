using System.Collections.Immutable;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Tests.Engine;

/// <summary>Every form of the kernels against the plain one, on columns made to break them.</summary>
public sealed class KernelTests
{
    private const int Rows = 9 * 512;

    private static readonly PlainKernels Plain = new();

    public static TheoryData<string> Forms => [.. KernelCatalog.Supported.Select(kernels => kernels.Name)];

    [Fact]
    public void The_plain_form_is_always_there_and_last()
    {
        Assert.Equal("plain", KernelCatalog.Supported[^1].Name);
        Assert.Equal(KernelCatalog.Supported.Length, KernelCatalog.Supported.Select(kernels => kernels.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Byte_columns(string form)
    {
        foreach (var members in new[] { 2, 3, 62, 63, 127, 200, 253 })
        {
            for (var tests = 1; tests <= 17; tests += 4)
            {
                var random = new Random(members + tests);
                var sets = Sets(random, tests, 3, () => random.Next(members));
                var column = Column(Rows, i => (byte)(i < members + 2 ? i : random.Next(members + 2)));
                AssertAgree(form, InSets(sets), ColumnWidth.Byte, members + 2, sets, () => new ColumnView { Bytes = column });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Int_columns_with_few_and_many_intervals(string form)
    {
        // Few cuts are compared, many are searched, many in a short range are looked up, and very many need more than a byte.
        foreach (var (tests, intervals, range) in new[] { (1, 1, 50), (3, 2, 50), (9, 3, 300), (5, 8, 60_000), (70, 2, 2_000_000), (20, 30, 3000), (130, 4, 5000) })
        {
            var random = new Random(tests);
            int Value() => random.Next(8) == 0 ? random.Next(int.MinValue + 2, int.MaxValue) : random.Next(-range, range);
            var sets = Sets(random, tests, intervals, () => Value());
            sets[0] = [int.MinValue + 2L, int.MaxValue];
            sets[^1] = [long.MinValue + 2, -range, range, long.MaxValue];
            var edges = sets.SelectMany(set => set).Where(bound => bound > int.MinValue + 2L && bound < int.MaxValue - 1).ToList();
            var column = Column(Rows, i => i switch
            {
                < 4 => new[] { int.MinValue, int.MinValue + 1, int.MinValue + 2, int.MaxValue }[i],
                _ when i % 3 == 0 && edges.Count != 0 => (int)edges[random.Next(edges.Count)] + random.Next(-1, 2),
                _ when i % 31 == 0 => int.MinValue + random.Next(2),
                _ => Value(),
            });
            AssertAgree(form, InSets(sets), ColumnWidth.Int, 0, sets, () => new ColumnView { Ints = column });
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Long_columns_with_few_and_many_intervals(string form)
    {
        foreach (var (tests, intervals) in new[] { (1, 1), (4, 2), (9, 3), (40, 4), (129, 5) })
        {
            var random = new Random(tests);
            long Value() => random.Next(8) == 0 ? random.NextInt64(long.MinValue + 2, long.MaxValue) : random.Next(-1000, 1000) * 1_000_000L;
            var sets = Sets(random, tests, intervals, Value);
            sets[0] = [long.MinValue + 2, long.MaxValue];
            sets[^1] = [];
            var edges = sets.SelectMany(set => set).Where(bound => bound > long.MinValue + 2 && bound < long.MaxValue).ToList();
            var column = Column(Rows, i => i switch
            {
                < 4 => new[] { long.MinValue, long.MinValue + 1, long.MinValue + 2, long.MaxValue }[i],
                _ when i % 3 == 0 && edges.Count != 0 => edges[random.Next(edges.Count)] + random.Next(-1, 2),
                _ when i % 31 == 0 => long.MinValue + random.Next(2),
                _ => Value(),
            });
            AssertAgree(form, InSets(sets), ColumnWidth.Long, 0, sets, () => new ColumnView { Longs = column });
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Hs_codes_of_all_lengths(string form)
    {
        foreach (var (tests, intervals) in new[] { (1, 1), (7, 3), (60, 10), (300, 8) })
        {
            var random = new Random(tests);
            var sets = Sets(random, tests, intervals, () => random.NextInt64(100) * 100_000_000_000 + random.NextInt64(5) * 1000);
            var column = Column(Rows, i => i % 50 == 0 ? Fact.Missing : i % 51 == 0 ? Fact.None : HsCode(random));
            ImmutableArray<ColumnTest> all = [.. sets.Select((_, i) => new ColumnTest(ColumnTestKind.HsInSet, 2 * i, true, i, 0, i % 2 == 0))];
            AssertAgree(form, all, ColumnWidth.Long, 0, sets, () => new ColumnView { Longs = column });
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Hs_codes_that_are_more_than_are_remembered(string form)
    {
        var random = new Random(1);
        var sets = Sets(random, 20, 5, () => random.NextInt64(10_000_000_000_000));
        ImmutableArray<ColumnTest> all = [.. sets.Select((_, i) => new ColumnTest(ColumnTestKind.HsInSet, 2 * i, true, i, 0, false))];
        var tables = new RuleTables(new ProgramTables { Sets = [.. sets.Select(set => set.ToImmutableArray())] });
        var tester = Form(form).CreateTester(Group(all), ColumnWidth.Long, 0, tables);
        var plain = Plain.CreateTester(Group(all), ColumnWidth.Long, 0, tables);
        for (var batch = 0; batch < 40; batch++)
        {
            var column = Column(Rows, _ => HsCode(random));
            if (batch % 13 == 0)
            {
                AssertAgree(tester, plain, all.Length, () => new ColumnView { Longs = column }, new TextDictionary());
            }
            else
            {
                tester.Run(new ColumnView { Longs = column }, new TextDictionary(), Rows / 64, Room(all.Length, out _));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Sets_of_members(string form)
    {
        var random = new Random(5);
        var column = Column(Rows, i => i % 7 == 0 ? Fact.Missing : i % 5 == 0 ? Fact.None : random.NextInt64(1L << 62) & random.NextInt64(1L << 62) & random.NextInt64(1L << 62));
        ImmutableArray<ColumnTest> tests =
        [
            new ColumnTest(ColumnTestKind.HasAny, 0, true, -1, 1, false),
            new ColumnTest(ColumnTestKind.HasAny, 2, true, -1, 1L << 61, true),
            new ColumnTest(ColumnTestKind.HasAny, 4, true, -1, (1L << 62) - 1, false),
        ];
        AssertAgree(form, tests, ColumnWidth.Long, 0, [], () => new ColumnView { Longs = column });
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Texts_while_the_dictionary_grows_is_cleared_and_is_replaced(string form)
    {
        var random = new Random(6);
        string[] words = ["", "a", "B", "ab", "x1", "\u2028"];
        var tables = new RuleTables(new ProgramTables { TextSets = [["a", "x1"], [], ["\u2028"]], Patterns = ["^a", "[0-9]"] });
        ImmutableArray<ColumnTest> tests =
        [
            new ColumnTest(ColumnTestKind.TextInSet, 0, true, 0, 0, false),
            new ColumnTest(ColumnTestKind.TextInSet, 2, true, 1, 0, true),
            new ColumnTest(ColumnTestKind.TextInSet, 4, true, 2, 0, false),
            new ColumnTest(ColumnTestKind.Matches, 6, true, 0, 0, false),
            new ColumnTest(ColumnTestKind.Matches, 8, true, 1, 0, false),
        ];
        var tester = Form(form).CreateTester(Group(tests), ColumnWidth.Int, 0, tables);
        var plain = Plain.CreateTester(Group(tests), ColumnWidth.Int, 0, tables);
        var texts = new TextDictionary();
        for (var round = 0; round < 12; round++)
        {
            if (round % 4 == 2)
            {
                texts.Clear();
            }
            else if (round % 4 == 3)
            {
                texts = new TextDictionary();
            }

            var column = Column(Rows, i => i % 9 == 0 ? int.MinValue + random.Next(2) : texts.Intern(words[random.Next(words.Length)] + (random.Next(3) == 0 ? random.Next(100) : "")));
            // Codes of forgotten texts beyond the rows in use.
            column.AsSpan(Rows - 60).Fill(100_000);
            AssertAgree(tester, plain, tests.Length, () => new ColumnView { Ints = column }, texts, ignoredRows: 64);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Comparisons_of_two_columns(string form)
    {
        var random = new Random(7);
        long[] special = [long.MinValue, long.MinValue + 1, long.MinValue + 2, -1, 0, 1, long.MaxValue];
        var left = Column(Rows, i => i % 2 == 0 ? special[random.Next(special.Length)] : random.Next(5));
        var right = Column(Rows, i => i % 2 == 0 ? special[random.Next(special.Length)] : random.Next(5));
        foreach (var comparison in Enum.GetValues<Comparison>())
        {
            var (expected, actual) = (new ulong[Rows / 32], new ulong[Rows / 32]);
            Plain.Compare(comparison, left, right, 0, new PlaneRoom(expected, 16));
            Form(form).Compare(comparison, left, right, 0, new PlaneRoom(actual, 16));
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Widening_keeps_the_sentinels(string form)
    {
        var random = new Random(8);
        var ints = Column(Rows, i => i < 4 ? new[] { int.MinValue, int.MinValue + 1, int.MinValue + 2, int.MaxValue }[i] : random.Next(int.MinValue, int.MaxValue));
        var bytes = Column(Rows, i => (byte)i);
        var widened = new long[Rows];

        Form(form).Widen(new ColumnView { Ints = ints }, widened);
        Assert.Equal(ints.AsEnumerable().Select(cell => ColumnCells.Fact(cell)), widened);

        Form(form).Widen(new ColumnView { Bytes = bytes }, widened);
        Assert.Equal(bytes.AsEnumerable().Select(cell => ColumnCells.Fact(cell)), widened);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Spreading_any_set_of_statuses(string form)
    {
        var random = new Random(9);
        var planes = new ulong[6 * Rows / 64];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(planes.AsSpan()));
        var (expected, actual) = (new byte[Rows], new byte[Rows]);
        for (var statuses = 0; statuses < 64; statuses++)
        {
            Plain.Spread(planes, 6 * 8, (byte)statuses, expected);
            Form(form).Spread(planes, 6 * 8, (byte)statuses, actual);
            Assert.Equal(expected, actual);
            Assert.Equal(statuses == 0, expected.All(outcome => outcome == 0));
        }
    }

    private delegate ColumnView ColumnSource();

    private static void AssertAgree(string form, ImmutableArray<ColumnTest> tests, ColumnWidth width, int cells, List<long[]> sets, ColumnSource column)
    {
        var tables = new RuleTables(new ProgramTables { Sets = [.. sets.Select(set => set.ToImmutableArray())] });
        AssertAgree(
            Form(form).CreateTester(Group(tests), width, cells, tables), Plain.CreateTester(Group(tests), width, cells, tables), tests.Length, column, new TextDictionary());
    }

    private static void AssertAgree(ColumnTester tester, ColumnTester plain, int tests, ColumnSource column, TextDictionary texts, int ignoredRows = 0)
    {
        // Twice, because a tester remembers; and for a number of words that is not a whole number of blocks.
        foreach (var words in new[] { Rows / 64, 13, 1 })
        {
            var plainRoom = Room(tests, out var expected);
            var room = Room(tests, out var actual);
            var compared = words == Rows / 64 ? words - (ignoredRows / 64) : words;
            plain.Run(column(), texts, compared, plainRoom);
            tester.Run(column(), texts, words, room);
            for (var word = 0; word < compared; word++)
            {
                for (var plane = 0; plane <= 2 * tests; plane++)
                {
                    if (plainRoom.Word(plane, word) != room.Word(plane, word))
                    {
                        Assert.Fail($"Test {plane / 2} {(plane % 2 == 0 ? "certain" : "possible")}, word {word} of {words}: {room.Word(plane, word):x16} and should be {plainRoom.Word(plane, word):x16}");
                    }
                }
            }

            Assert.Contains(expected, word => word != 0);
            Assert.Contains(actual, word => word != 0);
        }
    }

    /// <summary>Two planes a test, and one for the rows where the column is missing.</summary>
    private static PlaneRoom Room(int tests, out ulong[] planes)
    {
        var stride = ((2 * tests) + 1) * 8;
        planes = new ulong[stride * Rows / 512];
        return new PlaneRoom(planes, stride);
    }

    private static ColumnTests Group(ImmutableArray<ColumnTest> tests) => new(0, -1, 2 * tests.Length, tests);

    private static KernelSet Form(string name) => KernelCatalog.Supported.Single(kernels => kernels.Name == name);

    private static ImmutableArray<ColumnTest> InSets(List<long[]> sets) =>
        [.. sets.Select((_, i) => new ColumnTest(ColumnTestKind.InSet, 2 * i, i % 3 != 0, i, 0, i % 2 == 0))];

    private static T[] Column<T>(int rows, Func<int, T> cell) => [.. Enumerable.Range(0, rows).Select(cell)];

    private static long HsCode(Random random)
    {
        var digits = new[] { 2, 4, 6, 8, 10, 13 }[random.Next(6)];
        var size = (long)Math.Pow(10, 13 - digits);
        return ((random.NextInt64(100) * 100_000_000_000) + random.NextInt64(10_000)) / size * size * 16 + digits;
    }

    /// <summary>Sets of disjoint intervals that are not adjacent.</summary>
    private static List<long[]> Sets(Random random, int sets, int intervals, Func<long> value)
    {
        var result = new List<long[]>();
        for (var i = 0; i < sets; i++)
        {
            var points = Enumerable.Range(0, 2 * intervals).Select(_ => value()).Distinct().Order().ToList();
            var set = new List<long>();
            for (var j = 0; j + 1 < points.Count; j += 2)
            {
                if (set.Count == 0 || points[j] > set[^1] + 1)
                {
                    set.AddRange([points[j], random.Next(3) == 0 ? points[j] : points[j + 1]]);
                }
            }

            result.Add([.. set]);
        }

        return result;
    }
}
