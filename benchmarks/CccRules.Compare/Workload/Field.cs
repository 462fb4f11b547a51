namespace CccRules.Compare.Workload;

/// <summary>The thirteen fields of a record, in the order of the file's columns.</summary>
internal enum Field
{
    HsCode,
    Origin,
    DeclaredOn,
    ManufacturedOn,
    ImportedOn,
    CertificateIssuedOn,
    Purpose,
    Channel,
    HasMark,
    HasRadio,
    RatedPower,
    RatedVoltage,
    Quantity,

    /// <summary>Not a field: <c>earliest (manufactured_on, imported_on)</c>.</summary>
    MarketDate,
}

/// <summary>What a field holds.</summary>
internal enum FieldKind
{
    Code,
    Country,
    Date,
    DateOrNone,
    Member,
    YesNo,
    Decimal,
    Integer,
}

internal static class Fields
{
    public static IReadOnlyList<string> Purposes { get; } = ["sale", "research", "testing", "display", "production_line", "repair", "re_export"];

    public static IReadOnlyList<string> Channels { get; } = ["shop", "online", "agent", "direct", "auction"];

    public static IReadOnlyList<string> Origins { get; } =
        ["CN", "VN", "DE", "US", "JP", "KR", "MY", "TH", "IT", "FR", "MX", "IN", "PL", "CZ", "TR", "ID"];

    public static IReadOnlyList<Field> All { get; } = [.. Enum.GetValues<Field>().Where(field => field != Field.MarketDate)];

    public static FieldKind KindOf(Field field) => field switch
    {
        Field.HsCode => FieldKind.Code,
        Field.Origin => FieldKind.Country,
        Field.ImportedOn => FieldKind.DateOrNone,
        Field.DeclaredOn or Field.ManufacturedOn or Field.CertificateIssuedOn or Field.MarketDate => FieldKind.Date,
        Field.Purpose or Field.Channel => FieldKind.Member,
        Field.HasMark or Field.HasRadio => FieldKind.YesNo,
        Field.Quantity => FieldKind.Integer,
        _ => FieldKind.Decimal,
    };

    /// <summary>The name in rules, SQL, and the head of the file.</summary>
    public static string NameOf(Field field) => field switch
    {
        Field.HsCode => "hs_code",
        Field.Origin => "origin",
        Field.DeclaredOn => "declared_on",
        Field.ManufacturedOn => "manufactured_on",
        Field.ImportedOn => "imported_on",
        Field.CertificateIssuedOn => "certificate_issued_on",
        Field.Purpose => "purpose",
        Field.Channel => "channel",
        Field.HasMark => "has_mark",
        Field.HasRadio => "has_radio",
        Field.RatedPower => "rated_power",
        Field.RatedVoltage => "rated_voltage",
        Field.Quantity => "quantity",
        _ => "market_date",
    };

    public static IReadOnlyList<string> MembersOf(Field field) => field switch
    {
        Field.Purpose => Purposes,
        Field.Channel => Channels,
        Field.Origin => Origins,
        _ => [],
    };
}
