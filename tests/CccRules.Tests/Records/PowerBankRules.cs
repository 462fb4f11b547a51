using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Records;
using CccRules.Runtime.Trade;

namespace CccRules.Tests.Records;

/// <summary>A small ruleset with a fact of every kind, and types of an application for it.</summary>
internal static class PowerBankRules
{
    public const string Text =
        """
        ruleset demo.records "Records"
        months round down
        source notice "A notice" issued 2025-12-23
        record product "A product"
          hs_code         : hs required "Commodity code"
          portable        : yes/no
          rated_energy    : decimal Wh
          price           : money CNY
          quantity        : integer
          brand           : text
          model           : text
          origin          : country
          purpose         : one of (sale, research, production_line) or none
          traits          : set of (radio, public_network, mains)
          manufactured_on : date
          sold_on         : date or none empty is none
          guarantee       : duration months
          storage         : duration days
          has_qr_mark     : yes/no
        question old_stock "Is old stock free?" cites notice
        category power_bank "Power bank"
          when hs_code under 8507.60 and portable
          cites notice "scope"
        obligation qr_mark "Bear the QR mark"
          when power_bank and (purpose is none or purpose is not research)
          as of manufactured_on
          from 2027-03-01
          fulfilled when has_qr_mark
          otherwise "may not be sold"
          cites notice "implementation"
        obligation label "Label"
          when any of (rated_energy > 100 Wh, price > 500 CNY, quantity > 10, brand = "ACME", model = brand, origin in (CN, DE), traits has radio)
          from 2027-01-01
          cites notice
        obligation stock "Stock"
          when old_stock and (guarantee > 24 months or storage > 30 days or sold_on is none)
          cites notice
        """;

    public static Ruleset Load() => Compilation.Create(SyntaxTree.Parse(Text)).Load(isCollectible: true);
}

internal enum Purpose
{
    [MissingFact]
    Unknown,
    [NoneFact]
    NotSaid,
    Sale,
    Research,
    [RecordFact("production_line")]
    Line,
}

[Flags]
internal enum TraitBits
{
    Empty = 0,
    Radio = 1,
    PublicNetwork = 2,
    Mains = 4,
}

internal enum Trait
{
    Mains,
    Radio,
    PublicNetwork,
}

internal sealed class Product
{
    public string? HsCode { get; init; } = "8507.60";

    public bool? Portable { get; init; }

    public decimal? RatedEnergyWh { get; init; }

    [RecordFact("price", Unit = "CNY")]
    public decimal? Cost { get; init; }

    public int? Quantity { get; init; }

    public string? Brand { get; init; }

    public string? Model { get; init; }

    public string? Origin { get; init; }

    public Purpose Purpose { get; init; }

    public IReadOnlyCollection<Trait>? Traits { get; init; }

    public DateOnly? ManufacturedOn { get; init; }

    public Fact<DateOnly> SoldOn { get; init; }

    public int? Guarantee { get; init; }

    public long? Storage { get; init; }

    public bool? HasQrMark { get; init; }
}

internal readonly record struct ProductValue(
    HsCode HsCode,
    bool Portable,
    decimal RatedEnergy,
    CountryCode Origin,
    TraitBits Traits,
    DateOnly ManufacturedOn,
    [property: RecordFact("sold_on", NullIsNone = true)] DateOnly? Sold,
    bool HasQrMark);
