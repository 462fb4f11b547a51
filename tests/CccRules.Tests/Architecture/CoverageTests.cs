using System.Reflection;
using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Tests.Differential;
using CccRules.Tests.Scenarios;

namespace CccRules.Tests.Architecture;

/// <summary>
/// The scenarios leave nothing of the language out: each kind of syntax, bound part, intermediate code, comparison and message
/// occurs in one of them. What these tests name has no example yet; a scenario file is where it gets one.
/// </summary>
public sealed class CoverageTests
{
    /// <summary>What backends understand and the lowering says in another way: different is not equal.</summary>
    private static readonly string[] NotLowered = ["IrCompare Comparison NotEqual"];

    /// <summary>What binding takes for itself: working days become part of the date that they move.</summary>
    private static readonly string[] NotKept = ["BoundWorkingDays"];

    /// <summary>Messages that no text of a reader's size brings about, and the test that does.</summary>
    private static readonly Dictionary<string, string> ShownElsewhere = new()
    {
        ["CCC0020"] = nameof(Suites.LimitTests),
        ["CCC0021"] = nameof(Hosting.RulesetHostTests),
        ["CCC0022"] = nameof(Suites.CorpusTests),
        ["CCC1005"] = nameof(Cli.CheckCommandTests),
        ["CCC1202"] = nameof(Suites.LimitTests),
        ["CCC4012"] = nameof(Analysis.TableChecksTests),
    };

    /// <summary>What proofs find is shown by <see cref="Proof.PlantedDefectTests"/>.</summary>
    private static IEnumerable<string> Proved => Compiler.Proof.ProofDiagnostics.All.Select(rule => rule.Id);

    private static readonly Lazy<IReadOnlyList<SyntaxNode>> Nodes = new(() =>
        [.. ScenarioFiles.All.SelectMany(section => section.Compilation.SyntaxTrees).SelectMany(tree => tree.Root.DescendantNodes())]);

    [Fact]
    public void Every_kind_of_syntax_occurs_in_a_scenario()
    {
        var tokens = Nodes.Value.SelectMany(node => node.Children).OfType<SyntaxToken>().ToList();
        var found = Nodes.Value.Select(node => node.Kind)
            .Concat(tokens.Select(token => token.Kind))
            .Concat(tokens.SelectMany(token => token.LeadingTrivia).Select(trivia => trivia.Kind));
        Findings.AssertNone(Enum.GetValues<SyntaxKind>().Except(found).Select(kind => kind.ToString()));
    }

    [Fact]
    public void Every_bound_part_occurs_in_a_scenario_with_each_of_its_choices()
    {
        var rules = ScenarioFiles.All.Select(section => section.Compilation.Bound).ToList();
        var parts = rules.SelectMany(BoundParts.All).Cast<object>()
            .Concat(rules.SelectMany(one => one.Declarations))
            .Concat(rules.SelectMany(one => one.Scenarios).SelectMany(scenario => scenario.Expectations));
        Findings.AssertNone(Choices(typeof(BoundExpression), typeof(BoundDeclaration), typeof(BoundExpectation)).Except(parts.SelectMany(Choices)).Except(NotKept));
    }

    [Fact]
    public void Every_part_of_the_intermediate_code_occurs_in_a_scenario_with_each_of_its_choices()
    {
        var modules = ScenarioFiles.Compiling.Select(section => section.Compilation.Ir);
        var parts = modules.SelectMany(module => module.Values.Concat<object>(module.Atoms).Concat(module.Logic));
        Findings.AssertNone(Choices(typeof(IrValue), typeof(IrAtom), typeof(IrLogic)).Except(parts.SelectMany(Choices)).Except(NotLowered));
    }

    [Fact]
    public void Every_comparison_of_every_type_occurs_in_a_scenario()
    {
        TypeSymbol[] types = [TypeSymbol.YesNo, TypeSymbol.Decimal, TypeSymbol.Text, TypeSymbol.Date, new(TypeKind.Duration), new(TypeKind.Member), TypeSymbol.Country];
        var rows = from type in types
                   from kind in Enum.GetValues<ComparisonKind>()
                   where type.IsOrdered || kind is ComparisonKind.Equal or ComparisonKind.NotEqual
                   select (type.Kind, kind);
        var found = from section in ScenarioFiles.Compiling
                    from comparison in BoundParts.All(section.Compilation.Bound).OfType<BoundComparison>()
                    select (comparison.Left.Type.Kind, comparison.Kind);
        Findings.AssertNone(rows.Except(found).Select(row => $"{row.Item1} {row.Item2}"));
    }

    [Fact]
    public void Every_message_is_announced_or_given_in_a_scenario()
    {
        var found = ScenarioFiles.All.SelectMany(section => section.Compilation.Diagnostics).Select(diagnostic => diagnostic.Id);
        Findings.AssertNone(DiagnosticCatalog.All.Where(rule => !rule.Retired).Select(rule => rule.Id).Except(found).Except(ShownElsewhere.Keys).Except(Proved));
    }

    /// <summary>Whoever walks the typed properties of the tree meets every node of it.</summary>
    [Fact]
    public void No_node_forgets_a_child() =>
        Findings.AssertNone(
            (from node in Nodes.Value
             let known = Known(node)
             from child in node.Children.OfType<SyntaxNode>()
             where !known.Contains(child)
             select $"{node.Kind} forgets {child.Kind}").Distinct());

    private static HashSet<object> Known(SyntaxNode node)
    {
        var known = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var type = node.GetType(); type is not null && type != typeof(SyntaxNode); type = type.BaseType)
        {
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                switch (property.GetValue(node))
                {
                    case SyntaxElement element:
                        known.Add(element);
                        break;
                    case IEnumerable<SyntaxElement> elements:
                        known.UnionWith(elements);
                        break;
                }
            }
        }

        return known;
    }

    /// <summary>The kinds under some base classes, and of each the values that its switches can have.</summary>
    private static IEnumerable<string> Choices(params IEnumerable<Type> bases) =>
        from type in bases.SelectMany(root => root.Assembly.GetTypes().Where(root.IsAssignableFrom))
        where !type.IsAbstract
        from choice in Switches(type).SelectMany(property => ValuesOf(property).Select(value => $"{type.Name} {property.Name} {value}")).Append(type.Name)
        select choice;

    private static IEnumerable<string> Choices(object part) =>
        Switches(part.GetType()).Select(property => $"{part.GetType().Name} {property.Name} {property.GetValue(part)}").Append(part.GetType().Name);

    private static IEnumerable<object> ValuesOf(PropertyInfo property) =>
        property.PropertyType == typeof(bool) ? [false, true] : Enum.GetValues(property.PropertyType).Cast<object>();

    private static IEnumerable<PropertyInfo> Switches(Type type) =>
        type.GetProperties().Where(property => property.PropertyType == typeof(bool)
            || (property.PropertyType.IsEnum && property.PropertyType.GetCustomAttribute<FlagsAttribute>() is null));
}
