using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;

namespace CccRules.Tests.Batch;

public sealed class ColumnMappingTests
{
    [Theory]
    [InlineData("HS6 Code=hs_code", "HS6 Code", "hs_code", null)]
    [InlineData("  Total = net = hs_code ", "Total = net", "hs_code", null)]
    [InlineData("\"a:=b\" = note", "a:=b", "note", null)]
    [InlineData("\"say \"\"so\"\"\"=note", "say \"so\"", "note", null)]
    [InlineData("purpose := sale", null, "purpose", "sale")]
    [InlineData("note := a = b", null, "note", "a = b")]
    [InlineData("note :=", null, "note", "")]
    public void An_entry_names_a_column_or_a_constant_and_a_field(string entry, string? column, string field, string? constant)
    {
        var parsed = Assert.Single(ColumnMapping.Empty.With(entry).Entries);

        Assert.Equal((column, field, constant), (parsed.Column, parsed.Field, parsed.Constant));
    }

    [Theory]
    [InlineData("hs_code")]
    [InlineData("=hs_code")]
    [InlineData("HS6 =")]
    [InlineData(":= sale")]
    [InlineData("\"HS6 = hs_code")]
    [InlineData("\"HS6\" hs_code")]
    public void What_is_no_entry_is_refused(string entry) =>
        AssertProblems(() => ColumnMapping.Empty.With(entry), (BatchProblemKind.MappingSyntax, "--map: expected"));

    [Fact]
    public void A_mapping_file_has_an_entry_a_line_and_comments()
    {
        var mapping = ColumnMapping.Empty.WithFile("\uFEFF# customs\r\n\r\nHS6 Code = hs_code\r\n  # more\npurpose := sale\n", "customs.map");

        Assert.Equal(["HS6 Code", null], mapping.Entries.Select(entry => entry.Column));
        Assert.Equal(["customs.map:3", "customs.map:5"], mapping.Entries.Select(entry => entry.Origin));
        AssertProblems(
            () => ColumnMapping.Empty.WithFile("good = note\nbad\nworse\n", "m"),
            (BatchProblemKind.MappingSyntax, "m:2:"),
            (BatchProblemKind.MappingSyntax, "m:3:"));
    }

    [Fact]
    public void Columns_feed_the_fields_of_their_own_name_and_the_rest_is_listed()
    {
        var layout = Layout("id,hs_code,quantity,Extra,stock_after_cutoff", new BatchOptions());

        Assert.Equal(["Extra", "stock_after_cutoff"], layout.IgnoredColumns.ToArray());
        Assert.Equal(["purpose", "imported_on", "note"], layout.UnfilledFields.ToArray());
        Assert.Equal([0, 1, 2, 3, 4], layout.Kept.ToArray());
    }

    [Fact]
    public void An_entry_goes_before_the_identical_name()
    {
        var mapping = ColumnMapping.Empty.With("HS6 Code=hs_code").With("note=purpose").With("settled=stock_after_cutoff");
        var layout = Layout("HS6 Code,hs_code,note,settled", new BatchOptions { Mapping = mapping });

        Assert.Equal(["hs_code"], layout.IgnoredColumns.ToArray());
        Assert.Equal(["id", "quantity", "imported_on", "note"], layout.UnfilledFields.ToArray());
    }

    [Fact]
    public void Everything_that_does_not_fit_is_found_before_the_run()
    {
        var mapping = ColumnMapping.Empty
            .With("Nothing=hs_code")
            .With("id=hs_cod")
            .With("id=note")
            .With("quantity=note")
            .With("purpose := theft")
            .With("id=evaluation date");

        AssertProblems(
            () => Layout("id,quantity", new BatchOptions
            {
                Mapping = mapping,
                AsOf = EvaluationDate.Of("quantity"),
                Keep = KeptColumns.Named("id", "nowhere"),
            }),
            (BatchProblemKind.UnknownColumn, "no column 'Nothing'"),
            (BatchProblemKind.UnknownField, "no field 'hs_cod'"),
            (BatchProblemKind.FieldMappedTwice, "'note' is already mapped"),
            (BatchProblemKind.WrongConstant, "'theft' is no value of 'purpose': not one of the field's values: expected sale, research (CCC8040)"),
            (BatchProblemKind.UnknownField, "no field 'evaluation date'"),
            (BatchProblemKind.RequiredFieldUnmapped, "required field hs_code"),
            (BatchProblemKind.WrongEvaluationDate, "'quantity'"),
            (BatchProblemKind.UnknownColumn, "no column 'nowhere' to keep"));
    }

    [Theory]
    [InlineData("hs_code;quantity\n1;2\n", "semicolon-separated")]
    [InlineData("hs_code\tquantity\n1\t2\n", "tab-separated")]
    [InlineData("sep=;\nhs_code;quantity\n", "'sep=' line")]
    public void A_header_in_another_form_is_named_and_not_guessed(string text, string hint) =>
        AssertProblems(() => LayoutOf(text, new BatchOptions()), (BatchProblemKind.RequiredFieldUnmapped, hint));

    [Fact]
    public void A_date_field_of_the_evaluation_must_be_fed() => AssertProblems(
        () => Layout("hs_code", new BatchOptions { AsOf = EvaluationDate.Parse("imported_on") }),
        (BatchProblemKind.WrongEvaluationDate, "no column feeds"));

    [Fact]
    public void An_evaluation_date_is_a_day_or_else_a_field()
    {
        Assert.Equal(new DateOnly(2026, 3, 1), EvaluationDate.Parse("2026-03-01").Day);
        Assert.Equal("2026-02-30", EvaluationDate.Parse("2026-02-30").FieldName);
        Assert.Equal("imported_on", EvaluationDate.Parse("imported_on").FieldName);
    }

    [Theory]
    [InlineData("id,hs_code,id\n", BatchProblemKind.DuplicateColumn, "'id'")]
    [InlineData("id, id\n", BatchProblemKind.DuplicateColumn, "'id'")]
    [InlineData("id,\n", BatchProblemKind.EmptyColumnName, "column 2")]
    [InlineData("\nid\n", BatchProblemKind.EmptyColumnName, "column 1")]
    [InlineData("", BatchProblemKind.NoHeader, "empty")]
    [InlineData("\"id,hs_code\n1,2\n", BatchProblemKind.BrokenHeader, "CCC8103")]
    public void A_header_that_does_not_name_its_columns_is_refused(string text, BatchProblemKind kind, string message) =>
        AssertProblems(() => Source(text), (kind, message));

    [Fact]
    public void A_header_wider_than_the_limit_is_refused()
    {
        var header = string.Join(',', Enumerable.Range(0, 4097));

        AssertProblems(() => Source(header), (BatchProblemKind.TooManyColumns, "4097 columns"));
        Assert.Equal(4096, Source(header[..header.LastIndexOf(',')]).Columns.Length);
    }

    [Fact]
    public void Columns_that_differ_in_case_or_form_are_different_and_outer_spaces_do_not_count() =>
        Assert.Equal(["id", "HS", "hs", "\u00e9", "e\u0301"], Source("id ,HS,hs,\u00e9,e\u0301\n").Columns.ToArray());

    private static RecordLayout Layout(string header, BatchOptions options) => LayoutOf(header + "\n", options);

    private static RecordLayout LayoutOf(string text, BatchOptions options)
    {
        using var source = Source(text);
        return RecordLayout.Create(source, FakeEvaluator.Ruleset, options);
    }

    private static CsvSource Source(string text) => CsvSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static void AssertProblems(Func<object> act, params (BatchProblemKind Kind, string Message)[] expected)
    {
        var problems = Assert.Throws<BatchSetupException>(act).Problems;

        Assert.Equal(expected.Select(p => p.Kind), problems.Select(p => p.Kind));
        foreach (var (problem, (_, message)) in problems.Zip(expected))
        {
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        }
    }
}
