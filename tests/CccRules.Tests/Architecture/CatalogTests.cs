using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Tests.Architecture;

/// <summary>All diagnostics together: each number once, in the range of its class, with a page that explains it.</summary>
public sealed partial class CatalogTests
{
    // The thousands that a class may take. 0 is for faults of the program itself.
    private static readonly Dictionary<string, string> Ranges = new()
    {
        ["ToolchainDiagnostics"] = "0",
        ["SyntaxDiagnostics"] = "1",
        ["NameDiagnostics"] = "29",
        ["TypeDiagnostics"] = "3",
        ["NormDiagnostics"] = "4569",
        ["AnalysisDiagnostics"] = "459",
        ["EmitDiagnostics"] = "7",
    };

    // To be emptied: numbers whose page Diagnostics/Docs/CCC0000.md is still to be written.
    private static readonly string[] WithoutPage =
    [
        "CCC0020",
        "CCC1001", "CCC1002", "CCC1003", "CCC1004", "CCC1005", "CCC1006", "CCC1101", "CCC1102", "CCC1103", "CCC1104",
        "CCC1201", "CCC1202", "CCC1203",
        "CCC2002", "CCC2003", "CCC2004", "CCC2010", "CCC2011", "CCC2012", "CCC2013", "CCC2014", "CCC2015", "CCC2016",
        "CCC2020", "CCC2031", "CCC2040",
        "CCC3001", "CCC3002", "CCC3003", "CCC3004", "CCC3005", "CCC3006", "CCC3007", "CCC3008", "CCC3009", "CCC3011",
        "CCC3012", "CCC3013", "CCC3014", "CCC3015", "CCC3016", "CCC3019", "CCC3020", "CCC3021", "CCC3022", "CCC3024",
        "CCC3025", "CCC3026", "CCC3027", "CCC3028", "CCC3029", "CCC3030", "CCC3031", "CCC3032", "CCC3033", "CCC3034",
        "CCC3035",
        "CCC4001", "CCC4002", "CCC4003", "CCC4004", "CCC4005",
        "CCC5001", "CCC5011", "CCC5012", "CCC5020",
        "CCC6001", "CCC6003", "CCC6004", "CCC6005",
        "CCC9001", "CCC9002",
    ];

    private static readonly ImmutableArray<(string Owner, DiagnosticDescriptor Descriptor)> All =
    [
        .. from type in CatalogTypes()
           from descriptor in (ImmutableArray<DiagnosticDescriptor>)type.GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
           select (type.Name, descriptor),
    ];

    [Fact]
    public void Some_class_of_diagnostics_is_found() => Assert.Contains(All, entry => entry.Descriptor.Id == "CCC1001");

    [Fact]
    public void Every_number_and_every_name_is_given_once()
    {
        Findings.AssertNone(Repeated(All.Select(entry => entry.Descriptor.Id)));
        Findings.AssertNone(Repeated(All.Select(entry => entry.Descriptor.Name)));
    }

    [Fact]
    public void Every_number_lies_in_the_range_of_its_class() =>
        Findings.AssertNone(
            from entry in All
            where !Id().IsMatch(entry.Descriptor.Id)
                || !Ranges.GetValueOrDefault(entry.Owner, string.Empty).Contains(entry.Descriptor.Id["CCC".Length])
            select $"{entry.Owner}: {entry.Descriptor.Id}");

    [Fact]
    public void Every_name_and_title_has_its_form() =>
        Findings.AssertNone(
            from entry in All
            where !Name().IsMatch(entry.Descriptor.Name) || entry.Descriptor.Title.EndsWith('.') || entry.Descriptor.Title.Contains('\n')
            select $"{entry.Descriptor.Id} {entry.Descriptor.Name}: {entry.Descriptor.Title}");

    [Fact]
    public void Every_descriptor_of_a_class_is_in_its_list()
    {
        var listed = All.Select(entry => entry.Descriptor).ToHashSet(ReferenceEqualityComparer.Instance);
        var forgotten = from type in CatalogTypes()
                        from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                        where field.FieldType == typeof(DiagnosticDescriptor) && !listed.Contains(field.GetValue(null)!)
                        select $"{type.Name}.{field.Name}";
        Findings.AssertNone(forgotten);
    }

    [Fact]
    public void Every_number_has_a_page_except_those_listed_here()
    {
        var missing = All.Select(entry => entry.Descriptor)
            .Where(descriptor => !descriptor.Retired)
            .Select(descriptor => descriptor.Id)
            .Except(DiagnosticDocs.Ids)
            .ToList();
        Findings.AssertNone(
        [
            .. missing.Except(WithoutPage).Select(id => $"{id} has no page"),
            .. WithoutPage.Except(missing).Select(id => $"{id} is listed as without page, and has one or is gone"),
        ]);
    }

    [Fact]
    public void Every_page_explains_a_number_under_its_name() =>
        Assert.All(DiagnosticDocs.Ids, id =>
        {
            var doc = DiagnosticDocs.Find(id)!;
            Assert.Contains(All, entry => entry.Descriptor.Id == doc.Id && entry.Descriptor.Name == doc.Name);
            Assert.Equal(id, doc.Id);
        });

    private static IEnumerable<Type> CatalogTypes() =>
        typeof(Diagnostic).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Diagnostics", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true });

    private static IEnumerable<string> Repeated(IEnumerable<string> values) =>
        values.GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    [GeneratedRegex("^CCC[0-9]{4}$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();
}
