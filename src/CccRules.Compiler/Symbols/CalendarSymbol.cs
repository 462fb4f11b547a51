using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Symbols;

/// <summary>A calendar of working days. It stands among the facts of a record for what it does not know.</summary>
public sealed class CalendarSymbol : DefinitionSymbol
{
    internal CalendarSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax)
        : base(module, name, title, location, syntax)
    {
    }

    public override string Noun => "calendar";
}
