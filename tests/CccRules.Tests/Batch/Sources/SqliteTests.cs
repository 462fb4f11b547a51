using CccRules.Batch;
using Microsoft.Data.Sqlite;

namespace CccRules.Tests.Batch.Sources;

public sealed class SqliteTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_reads_as_text_whatever_types_its_values_have()
    {
        Execute("CREATE TABLE lines (id INTEGER, hs_code TEXT, quantity NUMERIC, note); INSERT INTO lines VALUES (1, '8507.60', 12, 'x'), (2, '85', NULL, 20.5), (3, '85', 'many', '电'), (4, '85', 1, x'00FF'), (5, '85', 2, 'a' || char(0))");

        Assert.Equal(
            ["1: 1|8507.60|12|x", "2: 2|85||20.5", "3: CCC8020", "4: CCC8112", "5: CCC8107"],
            _folder.Read("sqlite:data.db?table=lines"));
    }

    [Fact]
    public void A_query_reads_what_it_gives()
    {
        Execute("CREATE TABLE lines (code TEXT, n INTEGER); INSERT INTO lines VALUES ('85', 1), ('86', 2)");

        Assert.Equal(["1: 86|2"], _folder.Read("sqlite:data.db?query=SELECT code AS hs_code, n AS quantity FROM lines WHERE n = 2"));
    }

    [Theory]
    [InlineData("sqlite:data.db?table=line", BatchProblemKind.NoSuchTable, "there are lines")]
    [InlineData("sqlite:data.db", BatchProblemKind.WrongAddress, "sqlite:FILE?table=NAME")]
    [InlineData("sqlite:data.db?tabel=x", BatchProblemKind.WrongAddress, "?query=SELECT")]
    [InlineData("sqlite:data.db?query=SELECT 1 AS a, 2 AS a", BatchProblemKind.DuplicateColumn, "two columns are called 'a'")]
    public void What_is_no_table_is_said_before_the_run(string address, BatchProblemKind kind, string message)
    {
        Execute("CREATE TABLE lines (hs_code TEXT)");

        var e = Assert.Throws<BatchSetupException>(() => _folder.Open(address));
        Assert.Equal(kind, e.Problems[0].Kind);
        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void Reading_does_not_change_the_database()
    {
        Execute("CREATE TABLE lines (hs_code TEXT)");
        Assert.Throws<SqliteException>(() => _folder.Read("sqlite:data.db?query=DELETE FROM lines RETURNING hs_code"));
    }

    [Fact]
    public void Answers_go_into_a_table_that_is_there_when_it_is_complete()
    {
        _folder.With("in.csv", "id,hs_code,quantity\n1,85,5\n2,x,5\n3,85,\n");
        var seen = new List<long>();
        _folder.Run("in.csv", "sqlite:out.db?table=answers", progress: _ => seen.Add(Count("out.db", "answers")));

        Assert.Equal([0L], seen);
        Assert.Equal(
            ["1|85|5|fulfilled|not_available or available|evaluation date", "3|85|<null>|fulfilled or breached|not_available or available|quantity;evaluation date"],
            Rows("out.db", "SELECT * FROM answers ORDER BY rowid"));
        Assert.Equal(["answers"], Rows("out.db", "SELECT name FROM sqlite_schema WHERE type = 'table'"));
    }

    [Fact]
    public void A_table_that_is_there_stays_and_so_do_its_neighbours()
    {
        _folder.With("in.csv", "id,hs_code\n1,85\n");
        Execute("CREATE TABLE answers (x); CREATE TABLE other (y); INSERT INTO answers VALUES (7)", "out.db");

        var e = Assert.Throws<BatchSetupException>(() => _folder.Run("in.csv", "sqlite:out.db?table=answers"));
        Assert.Equal(BatchProblemKind.OutputExists, e.Problems[0].Kind);
        Assert.Equal(["7"], Rows("out.db", "SELECT x FROM answers"));
        Assert.Equal(["answers", "other"], Rows("out.db", "SELECT name FROM sqlite_schema ORDER BY name"));
    }

    [Fact]
    public void A_run_that_fails_leaves_no_table()
    {
        _folder.With("in.csv", "id,hs_code\n" + string.Concat(Enumerable.Range(0, 500).Select(row => $"{row},{(row < 300 ? "85" : "x")}\n")));

        Assert.Throws<TooManyRejectsException>(() => _folder.Run("in.csv", "sqlite:out.db?table=answers", new BatchOptions { MostRejects = RejectLimit.Parse("100"), BatchRows = 64 }));
        Assert.Empty(Rows("out.db", "SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public void Rows_that_changed_are_noticed_when_a_run_goes_on()
    {
        Execute("CREATE TABLE lines (id INTEGER, hs_code TEXT)" + string.Concat(Enumerable.Range(0, 200).Select(row => $"; INSERT INTO lines VALUES ({row}, '85')")));
        var (all, places) = SourcePositionTests.ReadOneByOne(_folder.Open("sqlite:data.db?table=lines"));
        using (var source = _folder.Open("sqlite:data.db?table=lines"))
        {
            source.Resume(places[149]);
            Assert.Equal(all[150..], SourcePositionTests.ReadOneByOne(source).Rows);
        }

        Execute("UPDATE lines SET hs_code = '86' WHERE id = 77");
        using var changed = _folder.Open("sqlite:data.db?table=lines");
        Assert.Contains("has other rows than before", Assert.Throws<DataChangedException>(() => changed.Resume(places[149])).Message);
    }

    private void Execute(string sql, string file = "data.db")
    {
        using var connection = new SqliteConnection($"Data Source={_folder.At(file)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Count(string file, string table) => Rows(file, $"SELECT count(*) FROM sqlite_schema WHERE name = '{table}'") is ["1"] ? 1 : 0;

    private List<string> Rows(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.At(file)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "<null>" : reader.GetValue(at).ToString())));
        }

        return rows;
    }
}
