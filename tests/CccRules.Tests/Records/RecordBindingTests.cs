using System.Collections.Immutable;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Records;

namespace CccRules.Tests.Records;

public sealed class RecordBindingTests
{
    private static readonly Ruleset Rules = PowerBankRules.Load();

    [Fact]
    public void A_type_that_fits_has_remarks_only()
    {
        Assert.True(Rules.TryBind<ProductValue>(out _, out var diagnostics));
        Assert.Equal(["CCC8309"], diagnostics.Select(diagnostic => diagnostic.Code).Distinct());
        Assert.Contains(diagnostics, diagnostic => diagnostic.Message.Contains("`purpose`", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, Func<ImmutableArray<RecordDiagnostic>>> Faults => new()
    {
        { "CCC8301", "similar name exists: `brand`", Of<Misnamed> },
        { "CCC8302", "DateOnly", Of<WithDateTime> },
        { "CCC8302", "decimal", Of<WithDouble> },
        { "CCC8302", "leading zero", Of<WithNumberCode> },
        { "CCC8302", "string", Of<WithTextDate> },
        { "CCC8303", "give the number in `Wh`", Of<WithKilowattHours> },
        { "CCC8303", "leave the unit out", Of<WithNeedlessUnit> },
        { "CCC8304", "`Selling` is no member", Of<WithOtherMember> },
        { "CCC8304", "`Radios` is no member", Of<WithOtherItem> },
        { "CCC8305", "held by `Twice.Brand` already", Of<Twice> },
        { "CCC8306", "requires `hs_code`".Replace("requires", "require", StringComparison.Ordinal), Of<WithoutCode> },
        { "CCC8307", "`brand` cannot be none", Of<WithNullBrand> },
        { "CCC8307", "`portable` cannot be none", Of<WithFactPortable> },
        { "CCC8308", "it is no fact", Of<WithOther> },
        { "CCC8310", "Fact<DateOnly>", Of<WithPlainSoldOn> },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_does_not_fit_is_told_with_its_property(string code, string words, Func<ImmutableArray<RecordDiagnostic>> bind)
    {
        var found = bind().Where(diagnostic => diagnostic.Code == code).ToList();
        Assert.Contains(found, diagnostic => diagnostic.ToString().Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_is_in_the_exception()
    {
        var fault = Assert.Throws<RecordBindingException>(() => Rules.Bind<WithDateTime>());
        Assert.Contains("error[CCC8302]: WithDateTime.ManufacturedOn: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("info[", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assumption_about_no_question_is_told()
    {
        var options = new RecordBindingOptions { Assumptions = ImmutableDictionary<string, bool>.Empty.Add("old_stok", true) };
        Assert.False(Rules.TryBind<ProductValue>(out _, out var diagnostics, options));
        Assert.Contains("`old_stock`", diagnostics.Single(diagnostic => diagnostic.Code == "CCC8311").Help, StringComparison.Ordinal);
        Assert.Throws<RecordBindingException>(() => Rules.Bind(options));
    }

    [Fact]
    public void A_property_that_is_no_fact_can_be_marked() =>
        Assert.DoesNotContain(Of<Marked>(), diagnostic => diagnostic.Code == "CCC8308");

    [Fact]
    public void Every_number_is_listed_once()
    {
        var codes = RecordRules.All.Select(rule => rule.Code).ToList();
        Assert.Equal(codes.Distinct(), codes);
        Assert.All(codes, code => Assert.StartsWith("CCC83", code, StringComparison.Ordinal));
    }

    private static ImmutableArray<RecordDiagnostic> Of<T>()
    {
        Rules.TryBind<T>(out _, out var diagnostics);
        return diagnostics;
    }

    private sealed record Misnamed(string HsCode, [property: RecordFact("brnad")] string Mark);

    private sealed record WithDateTime(string HsCode, DateTime ManufacturedOn);

    private sealed record WithDouble(string HsCode, double RatedEnergy);

    private sealed record WithNumberCode(long HsCode);

    private sealed record WithTextDate(string HsCode, string ManufacturedOn);

    private sealed record WithKilowattHours(string HsCode, [property: RecordFact(Unit = "kWh")] decimal RatedEnergy);

    private sealed record WithNeedlessUnit(string HsCode, [property: RecordFact(Unit = "pcs")] int Quantity);

    private enum Selling
    {
        Sale,
        Selling,
    }

    private sealed record WithOtherMember(string HsCode, Selling Purpose);

    private enum Part
    {
        Radios,
    }

    private sealed record WithOtherItem(string HsCode, Part[] Traits);

    private sealed record Twice(string HsCode, string Brand, [property: RecordFact("brand")] string Mark);

    private sealed record WithoutCode(bool Portable);

    private sealed record WithNullBrand(string HsCode, [property: RecordFact(NullIsNone = true)] string? Brand);

    private sealed record WithFactPortable(string HsCode, Fact<bool> Portable);

    private sealed record WithOther(string HsCode, string WarehouseShelf);

    private sealed record Marked(string HsCode, [property: NotAFact] string WarehouseShelf);

    private sealed record WithPlainSoldOn(string HsCode, DateOnly? SoldOn);
}
