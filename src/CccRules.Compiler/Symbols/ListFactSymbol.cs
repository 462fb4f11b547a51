using CccRules.Compiler.Text;

namespace CccRules.Compiler.Symbols;

/// <summary>What a condition asks of a list; a fact that is derived when a record is read.</summary>
public sealed class ListFactSymbol : Symbol
{
    internal ListFactSymbol(ModuleSymbol module, string name, TextLocation location, FieldSymbol list)
        : base(module, name, name, location)
    {
        List = list;
    }

    public FieldSymbol List { get; }

    public override string Noun => "list condition";
}
