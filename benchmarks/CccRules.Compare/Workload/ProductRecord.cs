namespace CccRules.Compare.Workload;

/// <summary>A record as an application would declare it. Null: not known.</summary>
public sealed record ProductRecord
{
    /// <summary>Ten digits; of one record in fifty, eight or six.</summary>
    public required string HsCode { get; init; }

    public string? Origin { get; init; }

    public DateOnly? DeclaredOn { get; init; }

    public DateOnly? ManufacturedOn { get; init; }

    /// <summary>Null also where <see cref="IsNotImported"/>.</summary>
    public DateOnly? ImportedOn { get; init; }

    /// <summary>Known not to have been imported: <c>none</c>.</summary>
    public bool IsNotImported { get; init; }

    public DateOnly? CertificateIssuedOn { get; init; }

    public Purpose? Purpose { get; init; }

    public Channel? Channel { get; init; }

    public bool? HasMark { get; init; }

    public bool? HasRadio { get; init; }

    public decimal? RatedPower { get; init; }

    public decimal? RatedVoltage { get; init; }

    public long? Quantity { get; init; }

    /// <summary>A record from a seed: one cell in twenty-five is not known.</summary>
    internal static ProductRecord Create(Random random, HsCodes codes)
    {
        bool IsKnown() => random.Next(25) != 0;
        DateOnly Day() => new DateOnly(2022, 1, 1).AddDays(random.Next(2200));
        var isImported = random.Next(3) != 0;
        return new ProductRecord
        {
            HsCode = codes.Draw(random)[..(random.Next(50) != 0 ? 10 : 6 + (2 * random.Next(2)))],
            Origin = IsKnown() ? Fields.Origins[random.Next(Fields.Origins.Count)] : null,
            DeclaredOn = IsKnown() ? Day() : null,
            ManufacturedOn = IsKnown() ? Day() : null,
            ImportedOn = isImported && IsKnown() ? Day() : null,
            IsNotImported = !isImported,
            CertificateIssuedOn = IsKnown() ? Day() : null,
            Purpose = IsKnown() ? (Purpose)random.Next(Fields.Purposes.Count) : null,
            Channel = IsKnown() ? (Channel)random.Next(Fields.Channels.Count) : null,
            HasMark = IsKnown() ? random.Next(2) == 0 : null,
            HasRadio = IsKnown() ? random.Next(2) == 0 : null,
            RatedPower = IsKnown() ? random.Next(60_000) / 100m : null,
            RatedVoltage = IsKnown() ? random.Next(6000) / 10m : null,
            Quantity = IsKnown() ? random.Next(1200) : null,
        };
    }
}

/// <summary>Members as in <see cref="Fields.Purposes"/>.</summary>
public enum Purpose
{
    Sale,
    Research,
    Testing,
    Display,
    ProductionLine,
    Repair,
    ReExport,
}

/// <summary>Members as in <see cref="Fields.Channels"/>.</summary>
public enum Channel
{
    Shop,
    Online,
    Agent,
    Direct,
    Auction,
}
