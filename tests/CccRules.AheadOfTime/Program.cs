using CccRules.AheadOfTime;
using CccRules.Runtime.Records;

// What a trimmed program prints shows that nothing it needs was taken away.
var evaluator = Rules.Ruleset.Bind<Product>();
var product = new Product
{
    HsCode = "8507.60",
    PortableEnergyStore = true,
    Purpose = Purpose.Sale,
    ManufacturedOn = new DateOnly(2027, 3, 5),
    HasQrMark = false,
};
foreach (var answer in evaluator.Evaluate(in product, new DateOnly(2027, 6, 1)).Norms)
{
    Console.WriteLine(answer.ToString());
}

namespace CccRules.AheadOfTime
{
    internal enum Purpose
    {
        [MissingFact]
        Unknown,
        Sale,
        Research,
    }

    internal sealed record Product
    {
        public string? HsCode { get; init; }

        public bool? PortableEnergyStore { get; init; }

        public Purpose Purpose { get; init; }

        public DateOnly? ManufacturedOn { get; init; }

        public bool? HasQrMark { get; init; }
    }
}
