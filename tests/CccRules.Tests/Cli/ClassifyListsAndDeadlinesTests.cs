using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

/// <summary>What <c>ccc classify</c> reads of nested lists, and what it writes of deadlines; which norms and missing facts it tells of.</summary>
public sealed class ClassifyListsAndDeadlinesTests : IDisposable
{
    private const string Rules =
        """
        ruleset test.papers "Papers"

        source notice "Notice 3" issued 2025-01-01

        record certificate "A certificate"
          number     : text
          state      : one of (valid, suspended, revoked) required
          expires_on : date or none
          scopes     : set of (import, sale)

        record product "A product"
          id           : text key
          certificates : list of certificate
          made_on      : date
          filed_on     : date or none empty is none
          issued_on    : date
          expires_on   : date
          is_exported  : yes/no
          is_large     : yes/no

        obligation certified "Hold a valid certificate"
          when is_large
          fulfilled when any certificates where state is valid and expires_on >= made_on
          cites notice "1"

        obligation clean "Hold no revoked certificate"
          fulfilled when all certificates where state <> revoked
          cites notice "2"

        deadline renew "Apply for renewal"
          when is_exported
          due 90 days before expires_on
          met when filed_on <= due
          remind 30 days
          cites notice "3"

        """;

    private const string Lines =
        """
        {"id":"1","certificates":[{"state":"valid","expires_on":"2027-01-01","scopes":["import","sale"]},{"number":"x;\"y\"","state":"revoked","expires_on":null}],"made_on":"2026-05-01","filed_on":null,"expires_on":"2026-09-30","is_exported":true,"is_large":true}
        {"id":"2","certificates":[],"made_on":"2026-05-01","filed_on":null,"expires_on":"2026-09-30","is_exported":false,"is_large":true}
        {"id":"3","certificates":null,"made_on":"2026-05-01","filed_on":null,"is_large":true}
        {"id":"4","certificates":[{"state":"suspended"},{"state":"valid"}],"made_on":"2026-05-01","filed_on":null,"expires_on":"2026-09-30","is_large":true}

        """;

    private readonly CommandFolder _folder = new CommandFolder().With("test/papers.ccc", Rules).With("in.jsonl", Lines);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nested_lists_are_read_from_JSON_Lines()
    {
        var run = _folder.Run("classify test --in in.jsonl --out out.csv --as-of 2026-06-15 --keep id");
        Assert.Equal((ExitCode.Done, "no column feeds issued_on\n"), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            id,certified,clean,renew,renew_due,missing
            1,fulfilled,breached,soon,2026-07-02,
            2,breached,fulfilled,not_applicable,,
            3,fulfilled or breached,fulfilled or breached,not_applicable or met or overdue or upcoming or soon,,certificates;expires_on;is_exported
            4,fulfilled or breached,fulfilled,not_applicable or soon,2026-07-02,certificates;is_exported

            """,
            _folder["out.csv"]);
    }

    [Fact]
    public void The_same_lists_as_cells_of_CSV_and_of_a_database_give_the_same_answers()
    {
        const string keep = "--as-of 2026-06-15 --keep id --quiet";
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in in.jsonl --out again.csv --as-of 2026-06-15 --quiet").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in in.jsonl --out sqlite:again.db?table=again --as-of 2026-06-15 --quiet").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in in.jsonl --out again.jsonl --as-of 2026-06-15 --quiet").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run($"classify test --in in.jsonl --out 0.csv {keep}").ExitCode);
        foreach (var (again, at) in ((string[])["again.csv", "'sqlite:again.db?query=SELECT id, certificates, made_on, filed_on, expires_on, is_exported, is_large FROM again'", "again.jsonl"]).Select((again, at) => (again, at + 1)))
        {
            var run = _folder.Run($"classify test --in {again} --out {at}.csv {keep} --threads {at}");
            Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
            Assert.Equal(_folder["0.csv"], _folder[$"{at}.csv"]);
        }
    }

    [Theory]
    [InlineData("7", "certificates", "CCC8126")]
    [InlineData("\"valid\"", "certificates", "CCC8126")]
    [InlineData("[7]", "certificates", "CCC8126")]
    [InlineData("[{\"state\":\"valid\",\"colour\":1}]", "certificates[0]", "CCC8127")]
    [InlineData("[{\"state\":\"lost\"}]", "certificates[0].state", "CCC8040")]
    [InlineData("[{\"state\":\"valid\"},{}]", "certificates[1].state", "CCC8001")]
    [InlineData("[{\"state\":\"valid\",\"expires_on\":\"soon\"}]", "certificates[0].expires_on", "CCC8030")]
    [InlineData("[{\"state\":{\"is\":\"valid\"}}]", "certificates[0].state", "CCC8128")]
    [InlineData("[{\"state\":\"valid\",\"scopes\":[[\"sale\"]]}]", "certificates[0].scopes", "CCC8128")]
    public void A_list_that_cannot_be_read_rejects_its_row_and_names_the_entry(string list, string column, string code)
    {
        _folder.With("odd.jsonl", $"{{\"id\":\"1\",\"certificates\":{list}}}\n{{\"id\":\"2\",\"certificates\":[]}}\n");
        _folder.With("odd.csv", $"id,certificates\n1,\"{list.Replace("\"", "\"\"")}\"\n2,[]\n");
        foreach (var input in (string[])["odd.jsonl", "odd.csv"])
        {
            var run = _folder.Run($"classify test --in {input} --out out.csv --rejects rejects.csv --overwrite --keep id");
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.Contains("2 rows read: 1 classified, 1 rejected", run.Output);
            Assert.Contains($",{column},", _folder["rejects.csv"]);
            Assert.Contains($",{code},", _folder["rejects.csv"]);
        }
    }

    [Fact]
    public void A_cell_that_is_no_list_says_what_is_expected_also_where_it_is_explained()
    {
        _folder.With("in.csv", "id,certificates\n1,valid\n2,\"[{\"\"state\"\":\"\"valid\"\",\"\"expires_on\"\":\"\"2027-01-01\"\"}]\"\n");
        var run = _folder.Run("explain test --in in.csv --row 1");
        Assert.Equal(ExitCode.InputOutputFailed, run.ExitCode);
        Assert.Contains("certificates `valid`: not a list of nested records: JSON such as [{\"state\":\"valid\"}] is expected", run.Error);
        run = _folder.Run("explain test --in in.csv --row 2 --norm clean");
        Assert.Contains("clean: fulfilled", run.Output);
        run = _folder.Run("explain test --in in.jsonl --row 1 --norm clean");
        Assert.Contains("clean: breached", run.Output);
    }

    [Fact]
    public void A_mapping_is_drafted_for_lists_too()
    {
        _folder.With("odd.csv", "nr,Certificates\n1,valid\n2,revoked\n");
        Assert.Contains("\ncertificates = certificates\n", _folder.Run("profile in.jsonl --rules test").Output);
        var run = _folder.Run("profile odd.csv --rules test");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.DoesNotContain("\nCertificates = certificates\n", run.Output);
        _folder.With("lists.map", "certificates = certificates as date dd/MM/yyyy\n").With("constant.map", "certificates := []\n");
        Assert.Contains("the field 'certificates' cannot be written 'as date dd/MM/yyyy'", _folder.Run("classify test --in in.jsonl --out x.csv --map-file lists.map").Error);
        Assert.Contains("'certificates' is a list; a column has to give its entries", _folder.Run("classify test --in in.jsonl --out x.csv --map-file constant.map").Error);
    }

    [Fact]
    public void A_deadline_says_when_it_is_due_in_every_layout_and_nothing_where_it_does_not_apply()
    {
        _folder.Run("classify test --in in.jsonl --out long.csv --layout long --as-of 2026-06-15 --keep id --norms renew");
        Assert.Equal(
            """
            id,norm,outcome,due,missing
            1,renew,soon,2026-07-02,
            3,renew,not_applicable or met or overdue or upcoming or soon,,expires_on;is_exported
            4,renew,not_applicable or soon,2026-07-02,is_exported

            """,
            _folder["long.csv"]);
        _folder.Run("classify test --in in.jsonl --out reasons.jsonl --explain --as-of 2026-06-15 --keep id --norms renew");
        var lines = _folder["reasons.jsonl"].Split('\n')[..^1].Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("2026-07-02", lines[0].GetProperty("renew_due").GetString());
        Assert.Equal("2026-07-02", lines[0].GetProperty("reasons")[0].GetProperty("due").GetString());
        Assert.Equal("", lines[1].GetProperty("renew_due").GetString());
        Assert.Equal(0, lines[1].GetProperty("reasons").GetArrayLength());
        Assert.False(lines[2].GetProperty("reasons")[0].TryGetProperty("due", out _));
    }

    [Fact]
    public void A_date_that_is_open_is_an_interval()
    {
        var rules = Rules.Replace("\nsource notice", "\nmonths round down\n\nsource notice").Replace("due 90 days before expires_on", "due every 12 months after issued_on until expires_on\n  last done filed_on");
        _folder.With("test/papers.ccc", rules.Replace("met when filed_on <= due\n", "")).With("in.csv", "id,issued_on,expires_on,filed_on,is_exported\n1,2025-05-31,2030-01-01,2025-08-01,yes\n2,2025-05-31,,2025-08-01,yes\n3,,2026-09-01,2025-08-01,yes\n");
        var run = _folder.Run("classify test --in in.csv --out out.csv --as-of 2026-06-15 --keep id --norms renew --missing none");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var dues = _folder["out.csv"].Split('\n')[1..^1].Select(line => line.Split(',')[2]).ToList();
        Assert.Equal(3, dues.Count);
        Assert.Matches("^2026-0[0-9]-[0-9]{2}$", dues[0]);
        Assert.All(dues, due => Assert.Matches(@"^(|\d{4}-\d\d-\d\d|(\d{4}-\d\d-\d\d|\.\.)/(\d{4}-\d\d-\d\d|\.\.))$", due));
        Assert.Contains(dues, due => due.Contains('/'));
    }

    [Fact]
    public void A_run_that_is_resumed_remembers_deadlines_that_are_due_soon()
    {
        _folder.With("many.csv", "id,expires_on,is_exported,filed_on\n" + string.Concat(Enumerable.Range(0, 300_000).Select(row => $"{row},2026-09-30,yes,\n")));
        using var stop = new CancellationTokenSource();
        using (new Timer(_ => _folder.StopWhenThere("out.csv.checkpoint", stop), null, 1, 1))
        {
            Assert.Equal(ExitCode.Stopped, _folder.Run("classify test --in many.csv --out out.csv --as-of 2026-06-15 --checkpoint-every 0 --norms renew --missing none", cancellation: stop.Token).ExitCode);
        }

        var run = _folder.Run("classify test --in many.csv --out out.csv --as-of 2026-06-15 --norms renew --missing none --resume");
        Assert.Matches(@"renew\s+soon\s+300,000\s+100.0 %", run.Output);
    }

    [Fact]
    public void Norms_and_missing_facts_are_chosen()
    {
        _folder.Run("classify test --in in.jsonl --out all.csv --as-of 2026-06-15 --keep id --summary all.json");
        var run = _folder.Run("classify test --in in.jsonl --out some.csv --as-of 2026-06-15 --keep id --norms cl*,test.papers.certified --missing first --summary some.json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            """
            id,certified,clean,missing
            1,fulfilled,breached,
            2,breached,fulfilled,
            3,fulfilled or breached,fulfilled or breached,certificates
            4,fulfilled or breached,fulfilled,certificates

            """,
            _folder["some.csv"]);
        Assert.DoesNotContain("renew", run.Output);
        using var summary = JsonDocument.Parse(_folder["some.json"]);
        Assert.Equal(2, summary.RootElement.GetProperty("counts").GetProperty("norms").GetArrayLength());
        Assert.Equal("test.papers.certified,test.papers.clean", summary.RootElement.GetProperty("run").GetProperty("--norms").GetString());

        _folder.Run("classify test --in in.jsonl --out first.csv --as-of 2026-06-15 --keep id --missing first");
        Assert.Equal("certificates", _folder["first.csv"].Split('\n')[3].Split(',')[^1]);
        _folder.Run("classify test --in in.jsonl --out none.csv --as-of 2026-06-15 --keep id --missing none");
        Assert.StartsWith("id,certified,clean,renew,renew_due\n", _folder["none.csv"]);

        var wrong = _folder.Run("classify test --in in.jsonl --out x.csv --norms cleen");
        Assert.Equal(ExitCode.Misused, wrong.ExitCode);
        Assert.Contains("--norms: the rules have no norm `cleen`\n  = help: a similar norm exists: `clean`", wrong.Error);
        Assert.Contains("`--missing` takes `all` or `first` or `none`, not `some`", _folder.Run("classify test --in in.jsonl --out x.csv --missing some").Error);
    }

    [Fact]
    public void Norms_that_concern_no_row_are_told_of_in_one_line()
    {
        _folder.With("in.csv", "id,is_exported,is_large\n1,no,no\n2,no,no\n");
        var run = _folder.Run("classify test --in in.csv --out out.csv --summary out.json");
        Assert.DoesNotContain("renew", run.Output);
        Assert.Matches(@"clean\s+fulfilled or breached\s+2\s+100.0 %", run.Output);
        Assert.Contains("\n2 norms concern no row\n", run.Output);
        using var summary = JsonDocument.Parse(_folder["out.json"]);
        Assert.Equal(3, summary.RootElement.GetProperty("counts").GetProperty("norms").GetArrayLength());
    }

    [Fact]
    public void A_column_of_the_data_may_be_called_as_the_date_of_a_deadline()
    {
        _folder.With("in.csv", "id,renew_due\n1,x\n");
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in in.csv --out out.csv --missing none").ExitCode);
        Assert.StartsWith("id,renew_due,certified,clean,test.papers.renew,test.papers.renew_due\n", _folder["out.csv"]);
    }
}
