using System.Collections.Frozen;
using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>
/// First pass: a module for each tree, a symbol for each declaration, a scope for each module. Nothing that needs
/// another name is looked at, so the order of declarations and files does not matter.
/// </summary>
internal sealed class DeclarationTable
{
    private static readonly FrozenDictionary<string, Confidence> Levels = new Dictionary<string, Confidence>
    {
        ["high"] = Confidence.High,
        ["medium"] = Confidence.Medium,
        ["low"] = Confidence.Low,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, NormImpact> Impacts = new Dictionary<string, NormImpact>
    {
        ["market_access"] = NormImpact.MarketAccess,
        ["de_facto_admission"] = NormImpact.DeFactoAdmission,
        ["subsidies"] = NormImpact.Subsidies,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly DiagnosticBag _bag;
    private readonly SemanticInfo _info;
    private readonly TypeBinder _types;
    private readonly NameChecks _names;
    private readonly Dictionary<string, Scope> _modules = new(StringComparer.Ordinal);
    private readonly List<(Scope Scope, SyntaxTree Tree)> _scopes = [];
    private readonly List<RecordSymbol> _records = [];
    private readonly List<(Scope Scope, RecordExtensionSyntax Syntax)> _extensions = [];
    private readonly List<(Scope Scope, FieldSymbol List, QualifiedNameSyntax Name)> _lists = [];

    /// <summary>Names of records that stand in lists; their fields are no facts of the main record.</summary>
    private readonly HashSet<string> _entryNames = new(StringComparer.Ordinal);

    /// <summary>Fields and questions of all modules: the facts of one record, told apart by their names alone.</summary>
    private readonly Dictionary<string, Symbol> _facts = new(StringComparer.Ordinal);

    public DeclarationTable(DiagnosticBag bag, SemanticInfo info)
    {
        _bag = bag;
        _info = info;
        _types = new TypeBinder(bag);
        _names = new NameChecks(bag);
    }

    /// <summary>One scope a tree, in the order of the module names.</summary>
    public IReadOnlyList<(Scope Scope, SyntaxTree Tree)> Scopes => _scopes;

    public RecordSymbol? Record => _records.Count > 0 ? _records[0] : null;

    /// <summary>Fields in the order of module names and then of the text.</summary>
    public ImmutableArray<FieldSymbol> Fields => [.. _scopes.SelectMany(entry => entry.Scope.Own.OfType<FieldSymbol>())];

    public IEnumerable<DefinitionSymbol> Definitions => _scopes.SelectMany(entry => entry.Scope.Own.OfType<DefinitionSymbol>());

    public void Declare(IEnumerable<SyntaxTree> trees)
    {
        FindEntries(trees);
        foreach (var tree in trees.OrderBy(tree => tree.Root.Ruleset?.ModuleName?.Text ?? "", StringComparer.Ordinal).ThenBy(tree => tree.Text.Path, StringComparer.Ordinal))
        {
            DeclareModule(tree);
        }

        foreach (var (scope, tree) in _scopes)
        {
            foreach (var declaration in tree.Root.Declarations)
            {
                Declare(scope, declaration);
            }
        }

        foreach (var (scope, tree) in _scopes)
        {
            foreach (var use in tree.Root.Declarations.OfType<UseDeclarationSyntax>())
            {
                BindUse(scope, use);
            }
        }

        foreach (var (scope, list, name) in _lists)
        {
            list.Entry = scope.Resolve<RecordSymbol>(name, "record", _bag, _info);
        }

        foreach (var (scope, extension) in _extensions)
        {
            _ = scope.Resolve<RecordSymbol>(extension.RecordName, "record", _bag, _info);
        }
    }

    private void DeclareModule(SyntaxTree tree)
    {
        var syntax = tree.Root.Ruleset;
        var name = syntax?.ModuleName is { HasMissing: false } given ? given.Text : "";
        var at = syntax?.ModuleName is { } place ? tree.LocationOf(place) : tree.Text.GetLocation(new TextSpan(0, 0));
        var windows = syntax?.Windows.ToList() ?? [];
        var module = new ModuleSymbol(name, syntax?.Title?.Text ?? name, at)
        {
            Translations = syntax?.Title?.Translations.Select(translation => (translation.Language, translation.Text)).ToImmutableArray() ?? [],
            Version = syntax?.Version?.Value.StringValue(),
            Jurisdiction = BindJurisdiction(tree, syntax?.Jurisdiction),
            Rounding = syntax?.Months is { } months ? months.IsUp ? MonthRounding.Up : MonthRounding.Down : null,
            FromDay = BindDay(tree, windows.Select(window => window.From)),
            UntilDay = BindDay(tree, windows.Select(window => window.Until?.Date)),
        };
        if (module is { FromDay: { } from, UntilDay: { } until } && until < from)
        {
            _bag.Add(NormDiagnostics.ReversedWindow(tree.LocationOf(windows[0]), CivilDate.Format(from), CivilDate.Format(until)));
        }

        var scope = new Scope(module, tree.Text) { Modules = _modules };
        if (!_modules.TryAdd(name, scope))
        {
            _bag.Add(NameDiagnostics.DuplicateModule(at, name, _modules[name].Module.Location));
        }

        if (syntax is not null)
        {
            _info.Declare(syntax, module);
        }

        _scopes.Add((scope, tree));
    }

    private string? BindJurisdiction(SyntaxTree tree, JurisdictionClauseSyntax? clause)
    {
        if (clause?.Name is not { HasMissing: false } name)
        {
            return null;
        }

        if (name.Text is not "EU" && !CountryCodes.Exists(name.Text))
        {
            _bag.Add(NormDiagnostics.UnknownJurisdiction(tree.LocationOf(name), name.Text));
        }

        return name.Text;
    }

    private long? BindDay(SyntaxTree tree, IEnumerable<ExpressionSyntax?> dates)
    {
        if (dates.OfType<ExpressionSyntax>().FirstOrDefault() is not { } date)
        {
            return null;
        }

        if (date is DateLiteralSyntax literal && CivilDate.TryParse(literal.Date.Text, out var day))
        {
            return day;
        }

        _bag.Add(TypeDiagnostics.NotADate(tree.LocationOf(date)));
        return null;
    }

    private void BindUse(Scope scope, UseDeclarationSyntax use)
    {
        if (use.ModuleName is not { HasMissing: false } name)
        {
            return;
        }

        if (_modules.TryGetValue(name.Text, out var used))
        {
            scope.Use(used);
            _info.Refer(name, used.Module);
        }
        else
        {
            _bag.Add(NameDiagnostics.UnknownModule(scope.Text.GetLocation(name.Span), name.Text, _modules.Keys.Where(known => known.Length > 0)));
        }
    }

    private void Declare(Scope scope, DeclarationSyntax syntax)
    {
        if (syntax is RecordExtensionSyntax extension)
        {
            _extensions.Add((scope, extension));
            DeclareFields(scope, extension.Fields);
            return;
        }

        if (syntax.Name is not { HasMissing: false } name || syntax is UseDeclarationSyntax or ScenarioDeclarationSyntax or ClaimDeclarationSyntax)
        {
            return;
        }

        var at = scope.Text.GetLocation(name.Span);
        var title = syntax.Title?.Text ?? name.Text;
        var translations = syntax.Title?.Translations.Select(translation => (translation.Language, translation.Text)).ToImmutableArray() ?? [];
        Symbol? symbol = syntax switch
        {
            SourceDeclarationSyntax source => DeclareSource(scope, source, name.Text, title, at, translations),
            AuthorityDeclarationSyntax => new AuthoritySymbol(scope.Module, name.Text, title, at) { Translations = translations },
            ActorDeclarationSyntax => new ActorSymbol(scope.Module, name.Text, title, at) { Translations = translations },
            RecordDeclarationSyntax => new RecordSymbol(scope.Module, name.Text, title, at) { Translations = translations },
            ParameterDeclarationSyntax parameter => new ParameterSymbol(scope.Module, name.Text, title, at, parameter, _types.Bind(scope.Text, parameter.Type)) { Translations = translations },
            DefineDeclarationSyntax => new DefineSymbol(scope.Module, name.Text, title, at, syntax) { Translations = translations },
            CategoryDeclarationSyntax => new CategorySymbol(scope.Module, name.Text, title, at, syntax) { Translations = translations },
            QuestionDeclarationSyntax => new QuestionSymbol(scope.Module, name.Text, title, at, syntax) { Translations = translations },
            CalendarDeclarationSyntax => new CalendarSymbol(scope.Module, name.Text, title, at, syntax) { Translations = translations },
            DeadlineDeclarationSyntax norm => DeclareNorm(scope, norm, name.Text, title, at, translations),
            TableDeclarationSyntax table => DeclareTable(scope, table, name.Text, title, at, translations),
            ObligationDeclarationSyntax norm => DeclareNorm(scope, norm, name.Text, title, at, translations),
            OptionDeclarationSyntax norm => DeclareNorm(scope, norm, name.Text, title, at, translations),
            ExemptionDeclarationSyntax exemption => new ExemptionSymbol(scope.Module, name.Text, title, at, syntax)
            {
                Translations = translations,
                IsPerShipment = exemption.IsPerShipment,
                Needs = Documents(exemption.Needs),
                SubjectTo = Texts(exemption.Subjects.Select(subject => subject.Text)),
            },
            ProcessDeclarationSyntax process => new ProcessSymbol(scope.Module, name.Text, title, at, process)
            {
                Translations = translations,
                Needs = Documents(process.Needs),
                SubjectTo = Texts(process.Subjects.Select(subject => subject.Text)),
            },
            _ => null,
        };
        if (symbol is not null && Add(scope, symbol))
        {
            _info.Declare(syntax, symbol);
            _info.Declare(name, symbol);
        }

        if (symbol is TableSymbol declared)
        {
            DeclareColumns(scope, declared);
        }

        if (syntax is RecordDeclarationSyntax record)
        {
            DeclareRecord((RecordSymbol?)symbol, scope, record);
        }
    }

    private static TableSymbol DeclareTable(Scope scope, TableDeclarationSyntax syntax, string name, string title, TextLocation at, ImmutableArray<(string, string)> translations) =>
        new(scope.Module, name, title, at, syntax, syntax.HitPolicy?.Word.Kind switch
        {
            SyntaxKind.FirstKeyword => HitPolicy.First,
            SyntaxKind.CollectKeyword => HitPolicy.Collect,
            _ => HitPolicy.Unique,
        })
        {
            Translations = translations,
        };

    /// <summary>The values that a table gives are names of the module, like definitions.</summary>
    private void DeclareColumns(Scope scope, TableSymbol table)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnSymbol>();
        foreach (var syntax in ((TableDeclarationSyntax)table.Syntax).GivenColumns)
        {
            if (syntax.Name is not { HasMissing: false } name)
            {
                continue;
            }

            var column = new ColumnSymbol(table, name.Text, syntax.Title?.Text ?? name.Text, scope.Text.GetLocation(name.Span), _types.Bind(scope.Text, syntax.Type), columns.Count);
            columns.Add(column);
            if (Add(scope, column))
            {
                _info.Declare(syntax, column);
                _info.Declare(name, column);
            }
        }

        table.Columns = columns.ToImmutable();
    }

    private bool Add(Scope scope, Symbol symbol)
    {
        _names.Check(symbol.Name, symbol.Location);
        if (scope.Declare(symbol) is { } first)
        {
            _bag.Add(NameDiagnostics.DuplicateName(symbol.Location, symbol.Name, first.Location));
            return false;
        }

        if (symbol is FieldSymbol or QuestionSymbol or CalendarSymbol && !_facts.TryAdd(symbol.Name, symbol))
        {
            _bag.Add(NameDiagnostics.DuplicateName(symbol.Location, symbol.Name, _facts[symbol.Name].Location));
        }

        return true;
    }

    private void FindEntries(IEnumerable<SyntaxTree> trees)
    {
        foreach (var name in trees.SelectMany(tree => tree.Root.Declarations).SelectMany(declaration => declaration.Nodes<FieldDeclarationSyntax>()).Select(field => (field.Type?.TypeName as ListTypeSyntax)?.Record))
        {
            if (name?.Parts.LastOrDefault() is { } last)
            {
                _entryNames.Add(last.Text);
            }
        }
    }

    private void DeclareRecord(RecordSymbol? symbol, Scope scope, RecordDeclarationSyntax syntax)
    {
        if (symbol is not null && _entryNames.Contains(symbol.Name))
        {
            DeclareEntry(symbol, scope, syntax);
            return;
        }

        if (symbol is not null && Record is { } first)
        {
            _bag.Add(NameDiagnostics.SecondRecord(symbol.Location, symbol.Name, first.Location));
        }
        else if (symbol is not null)
        {
            _records.Add(symbol);
        }

        DeclareFields(scope, syntax.Fields);
    }

    /// <summary>The fields of an entry are known within conditions on entries only.</summary>
    private void DeclareEntry(RecordSymbol record, Scope scope, RecordDeclarationSyntax syntax)
    {
        var fields = ImmutableArray.CreateBuilder<FieldSymbol>();
        foreach (var (field, name, _) in FieldsOf(scope, syntax.Fields))
        {
            _names.Check(field.Name, field.Location);
            if (field.Type.Kind == TypeKind.List)
            {
                _bag.Add(ListDiagnostics.NestedList(field.Location));
            }
            else if (fields.FirstOrDefault(other => other.Name == field.Name) is { } first)
            {
                _bag.Add(NameDiagnostics.DuplicateName(field.Location, field.Name, first.Location));
            }
            else
            {
                fields.Add(field);
                _info.Declare(name, field);
            }
        }

        record.Fields = fields.ToImmutable();
    }

    private void DeclareFields(Scope scope, IEnumerable<FieldDeclarationSyntax> fields)
    {
        foreach (var (field, name, type) in FieldsOf(scope, fields))
        {
            if (!Add(scope, field))
            {
                continue;
            }

            _info.Declare(name, field);
            if (type is ListTypeSyntax { Record: { } record })
            {
                _lists.Add((scope, field, record));
            }
        }
    }

    private IEnumerable<(FieldSymbol Field, NameSyntax Name, TypeNameSyntax? Type)> FieldsOf(Scope scope, IEnumerable<FieldDeclarationSyntax> fields)
    {
        foreach (var field in fields)
        {
            var type = _types.Bind(scope.Text, field.Type);
            var translations = field.Title?.Translations.Select(translation => (translation.Language, translation.Text)).ToImmutableArray() ?? [];
            foreach (var name in field.Names.Where(name => !name.HasMissing))
            {
                var symbol = new FieldSymbol(scope.Module, name.Text, field.Title?.Text ?? name.Text, scope.Text.GetLocation(name.Span), type)
                {
                    IsRequired = field.IsRequired,
                    IsKey = field.IsKey,
                    EmptyIsNone = field.EmptyIsNone,
                    IsActionable = field.IsActionable,
                    Translations = translations,
                };
                if (field.EmptyIsNone && !type.AllowsNone && !type.IsError)
                {
                    _bag.Add(TypeDiagnostics.NoneNotAllowed(symbol.Location, type));
                }

                yield return (symbol, name, field.Type?.TypeName);
            }
        }
    }

    private SourceSymbol DeclareSource(Scope scope, SourceDeclarationSyntax syntax, string name, string title, TextLocation at, ImmutableArray<(string, string)> translations)
    {
        long? issued = null;
        if (syntax.Issued?.Date is { } date)
        {
            if (CivilDate.TryParse(date.Text, out var day))
            {
                issued = day;
            }
            else
            {
                _bag.Add(TypeDiagnostics.NotADate(scope.Text.GetLocation(date.Span)));
            }
        }

        var confidence = Confidence.Unstated;
        if (syntax.Confidence?.Level is { HasMissing: false } level && !Levels.TryGetValue(level.Text, out confidence))
        {
            _bag.Add(NameDiagnostics.UnknownName(scope.Text.GetLocation(level.Span), "confidence", level.Text, Levels.Keys));
        }

        return new SourceSymbol(scope.Module, name, title, at)
        {
            Translations = translations,
            IssuedDay = issued,
            Link = syntax.Link?.Text?.StringValue(),
            Confidence = confidence,
            Articles = [.. syntax.Articles.Where(article => article.Locator is not null).Select(article => (article.Locator?.StringValue() ?? "", article.Text?.StringValue()))],
        };
    }

    private NormSymbol DeclareNorm(Scope scope, NormDeclarationSyntax syntax, string name, string title, TextLocation at, ImmutableArray<(string, string)> translations) =>
        new(scope.Module, name, title, at, syntax, syntax switch { OptionDeclarationSyntax => NormKind.Option, DeadlineDeclarationSyntax => NormKind.Deadline, _ => NormKind.Obligation })
        {
            Translations = translations,
            Otherwise = syntax.Node<OtherwiseClauseSyntax>()?.Text?.StringValue(),
            Impact = BindImpact(scope, syntax.Node<ImpactClauseSyntax>()),
            Needs = Documents(syntax.Needs),
            SubjectTo = Texts(syntax.Subjects.Select(subject => subject.Text)),
        };

    private NormImpact BindImpact(Scope scope, ImpactClauseSyntax? clause)
    {
        var impact = NormImpact.Unstated;
        if (clause?.Impact is { HasMissing: false } name && !Impacts.TryGetValue(name.Text, out impact))
        {
            _bag.Add(NameDiagnostics.UnknownName(scope.Text.GetLocation(name.Span), "impact", name.Text, Impacts.Keys));
        }

        return impact;
    }

    private static ImmutableArray<string> Documents(IEnumerable<NeedsClauseSyntax> clauses) =>
        [.. clauses.SelectMany(needs => needs.Documents).Select(document => document.StringValue())];

    private static ImmutableArray<string> Texts(IEnumerable<SyntaxToken?> tokens) =>
        [.. tokens.OfType<SyntaxToken>().Select(token => token.StringValue())];
}
