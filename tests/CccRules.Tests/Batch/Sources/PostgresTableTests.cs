using CccRules.Batch;
using CccRules.Batch.Sources.Tables;

namespace CccRules.Tests.Batch.Sources;

[Collection(nameof(PostgresTests))]
public sealed class PostgresTableTests : IDisposable
{
    private readonly BatchFolder _folder = new();
    private readonly PostgresServer _server;

    public PostgresTableTests(PostgresServer server)
    {
        _server = server;
        Environment.SetEnvironmentVariable("PGPASSWORD", PostgresServer.Password);
    }

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public void A_table_reads_as_text_whatever_types_its_columns_have()
    {
        _server.Query(
            """
            CREATE SCHEMA "odd schema";
            CREATE TABLE "odd schema"."lines" (id bigint PRIMARY KEY, hs_code varchar(13), quantity numeric, imported_on date, note text, parts text[], ok boolean, at timestamptz, raw bytea, js jsonb, f double precision);
            INSERT INTO "odd schema"."lines" VALUES
              (2, '8507.60', 12, '2026-03-01', 'x,"y"', '{a,b}', true, '2026-03-01 10:00+02', '\x00ff', '{"a": 1}', 0.1),
              (1, '85', NULL, NULL, '电', NULL, NULL, NULL, NULL, NULL, NULL),
              (3, '85', 'NaN', '2026-01-01', '', '{}', false, 'infinity', '', 'null', 'infinity'),
              (4, '85', 1, 'infinity', '', '{}', false, now(), '', 'null', 1e300);
            """);

        Assert.Equal(
            [
                "1: 1|85|||电||||||",
                "2: 2|8507.60|12|2026-03-01|x,\"y\"|a;b|true|2026-03-01 08:00:00+00|\\x00ff|{\"a\": 1}|0.1",
                "3: CCC8020",
                "4: CCC8030",
            ],
            _folder.Read(_server.Address("table=\"odd schema\".lines")));
        Assert.Equal(["1: 8507.60"], _folder.Read(_server.Address("query=SELECT%20hs_code%20FROM%20%22odd%20schema%22.lines%20WHERE%20id%20%3D%202")));
    }

    [PostgresFact]
    public void Answers_go_into_a_table_that_is_there_when_it_is_complete()
    {
        _folder.With("in.csv", "id,hs_code,quantity\n1,85,5\n2,x,5\n3,85,\n");
        _folder.Run("in.csv", _server.Address("table=answers"), progress: _ => Assert.Equal(["False"], _server.Query("SELECT to_regclass('answers') IS NOT NULL")));

        Assert.Equal(
            ["1|85|5|fulfilled|not_available or available|evaluation date", "3|85|<null>|fulfilled or breached|not_available or available|quantity;evaluation date"],
            _server.Query("SELECT * FROM answers ORDER BY id"));
        Assert.Equal(["False"], _server.Query("SELECT to_regclass('answers_partial') IS NOT NULL"));
        var e = Assert.Throws<BatchSetupException>(() => _folder.Run("in.csv", _server.Address("table=answers")));
        Assert.Equal(BatchProblemKind.OutputExists, e.Problems[0].Kind);
        Assert.DoesNotContain("ccc@", e.Message);
    }

    [PostgresFact]
    public void What_is_no_table_is_said_before_the_run()
    {
        var e = Assert.Throws<BatchSetupException>(() => _folder.Open(_server.Address("table=nowhere")));
        Assert.Equal(BatchProblemKind.NoSuchTable, e.Problems[0].Kind);
        Assert.Throws<Npgsql.PostgresException>(() => _folder.Open(_server.Address("query=SELEC")));
    }

    [PostgresFact]
    public void Rows_that_changed_are_noticed_when_a_run_goes_on()
    {
        _server.Query("CREATE TABLE changing AS SELECT n AS id, '85' AS hs_code FROM generate_series(1, 200) AS n; ALTER TABLE changing ADD PRIMARY KEY (id)");
        var (all, places) = SourcePositionTests.ReadOneByOne(_folder.Open(_server.Address("table=changing")));
        using (var source = _folder.Open(_server.Address("table=changing")))
        {
            source.Resume(places[149]);
            Assert.Equal(all[150..], SourcePositionTests.ReadOneByOne(source).Rows);
        }

        _server.Query("UPDATE changing SET hs_code = '86' WHERE id = 77");
        using var changed = _folder.Open(_server.Address("table=changing"));
        Assert.Throws<DataChangedException>(() => changed.Resume(places[149]));
    }

    [Theory]
    [InlineData("postgres://me:secret@host/db?table=t", BatchProblemKind.SecretInAddress)]
    [InlineData("postgres://host/db", BatchProblemKind.WrongAddress)]
    [InlineData("postgres:///db?table=t", BatchProblemKind.WrongAddress)]
    [InlineData("postgres://host/db?tables=t", BatchProblemKind.WrongAddress)]
    public void An_address_that_is_wrong_is_refused_and_no_secret_is_repeated(string address, BatchProblemKind kind)
    {
        var e = Assert.Throws<BatchSetupException>(() => TableAddress.Parse(address));
        Assert.Equal(kind, e.Problems[0].Kind);
        Assert.DoesNotContain("secret", e.Message);
    }

    [Theory]
    [InlineData("t", "\"t\"")]
    [InlineData("s.t", "\"s\".\"t\"")]
    [InlineData("\"a.b\".t", "\"a.b\".\"t\"")]
    [InlineData("x\"; DROP TABLE y; --", "\"x\"\"; DROP TABLE y; --\"")]
    public void Names_of_tables_are_quoted(string text, string quoted) => Assert.Equal(quoted, PostgresName.Parse(text).Quoted);
}
