using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

public sealed class DiagnosticTests
{
    private static Diagnostic Full(string note = "a note", string newText = "hs_code")
    {
        var text = Sample.Text("when hs_cod under 8507");
        var at = Sample.At(text, "hs_cod");
        return Sample.Error(at, "no such field") with
        {
            Labels = [new DiagnosticLabel(Sample.At(text, "8507"), "a code")],
            Notes = [note],
            Fixes = [new Fix("write it so", [new TextEdit(at, newText)])],
        };
    }

    [Fact]
    public void Two_diagnostics_with_the_same_parts_are_equal()
    {
        Assert.Equal(Full(), Full());
        Assert.Equal(Full().GetHashCode(), Full().GetHashCode());
    }

    [Fact]
    public void Each_part_counts_for_equality()
    {
        Diagnostic[] others =
        [
            Full(note: "another note"),
            Full(newText: "hs_codes"),
            Full() with { Labels = [] },
            Full() with { Label = null },
            Full() with { Message = "other" },
            Full() with { Citation = "art. 2" },
            Full() with { Descriptor = Sample.MissingCitation },
            Full() with { Location = Full().Labels[0].Location },
        ];

        Assert.All(others, other => Assert.NotEqual(Full(), other));
    }

    [Fact]
    public void An_array_that_was_never_set_is_empty()
    {
        var diagnostic = Full() with { Labels = default, Notes = default, Fixes = default };

        Assert.Empty(diagnostic.Labels);
        Assert.Empty(diagnostic.Notes);
        Assert.Empty(diagnostic.Fixes);
        Assert.Empty(new Fix("only advice", default).Edits);
        Assert.Empty(new Fix("only advice").Edits);
        Assert.Equal(new Fix("only advice"), new Fix("only advice", default(ImmutableArray<TextEdit>)));
    }

    [Fact]
    public void A_bag_sorts_by_path_start_length_and_number_and_drops_repeats()
    {
        var first = SourceText.From("a.ccc", "one two three");
        var second = SourceText.From("b.ccc", "one two three");
        Diagnostic[] sorted =
        [
            new(Sample.UnknownField, first.GetLocation(new TextSpan(0, 3)), "m"),
            new(Sample.UnknownField, first.GetLocation(new TextSpan(4, 2)), "m"),
            new(Sample.UnknownField, first.GetLocation(new TextSpan(4, 3)), "m"),
            new(Sample.NeverHolds, first.GetLocation(new TextSpan(4, 3)), "m"),
            new(Sample.NeverHolds, first.GetLocation(new TextSpan(4, 3)), "n"),
            new(Sample.UnknownField, second.GetLocation(new TextSpan(0, 1)), "m"),
        ];
        var bag = new DiagnosticBag();
        bag.AddRange(sorted.Reverse());
        bag.Add(sorted[2] with { });

        Assert.Equal(sorted, bag.ToImmutable());
        Assert.Equal(sorted.Length + 1, bag.Count);
    }

    [Fact]
    public void Only_an_error_makes_a_bag_have_errors()
    {
        var at = Sample.Text("abc").GetLocation(new TextSpan(0, 1));
        var bag = new DiagnosticBag();
        bag.Add(new Diagnostic(Sample.MissingCitation, at, "m"));
        bag.Add(new Diagnostic(Sample.NeverHolds, at, "m"));
        Assert.False(bag.HasErrors);

        bag.Add(new Diagnostic(Sample.UnknownField, at, "m"));
        Assert.True(bag.HasErrors);
    }

    [Fact]
    public void A_diagnostic_prints_as_one_line_that_stands_alone() =>
        Assert.Equal("a.ccc:1:6: error[CCC2001]: unknown field `hs_cod` on `product`", Full().ToString());
}
