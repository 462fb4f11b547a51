using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using CccRules.Compiler;
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
        ["TableDiagnostics"] = "123",
        ["ListDiagnostics"] = "3",
        ["DeadlineDiagnostics"] = "5",
        ["ProcessDiagnostics"] = "5",
        ["AnalysisDiagnostics"] = "459",
        ["EmitDiagnostics"] = "7",
        ["ProofDiagnostics"] = "7",
    };

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
    public void Every_number_in_use_has_a_page() =>
        Findings.AssertNone(All.Where(entry => !entry.Descriptor.Retired).Select(entry => entry.Descriptor.Id).Except(DiagnosticDocs.Ids));

    // A page without examples, of what no text alone can bring about, has a heading all the same.
    [Fact]
    public void Every_page_explains_a_number_under_its_name() =>
        Findings.AssertNone(
            DiagnosticDocs.Ids
                .Select(id => DiagnosticDocs.FindText(id)!.Split('\n')[0].TrimEnd())
                .Except(All.Select(entry => $"# {entry.Descriptor.Id} {entry.Descriptor.Name}")));

    [Fact]
    public void The_catalogue_of_the_compiler_has_every_descriptor() =>
        Assert.Equal(
            All.Select(entry => entry.Descriptor.Id).Order(StringComparer.Ordinal),
            DiagnosticCatalog.All.Select(descriptor => descriptor.Id));

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
