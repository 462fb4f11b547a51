using System.Collections.Immutable;
using System.Text.Json;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Records;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Records;

/// <summary>An application's collections as lists of the rules, and deadlines with their dates.</summary>
public sealed class NestedRecordTests
{
    private static readonly Ruleset Rules = Compilation.Create(SyntaxTree.Parse("""
        record certificate "A certificate of the product"
          state : one of (valid, suspended, revoked) required
          expires_on : date or none
          covers : hs
          holder : text
        record product
          certificates : list of certificate
          made_on : date
          maker : text
          applied_on : date
        define own as count certificates where holder = maker
        obligation certified "Hold a valid certificate" fulfilled when any certificates where state is valid and expires_on >= made_on
        parameter cutoff : date
          as 2026-12-31 from 2026-01-01
          as 2028-12-31 from 2027-01-01
        obligation current "Hold one that lasts" fulfilled when any certificates where expires_on > cutoff
        category lamps "For lamps" when any certificates where covers under 9405
        category clean "None is revoked" when all certificates where state <> revoked
        category two "Two of the maker's own" when own >= 2
        deadline answer "Answer the application"
          when made_on >= 2026-01-01
          due 30 days after applied_on
        """)).Load(isCollectible: true);

    private static readonly RecordEvaluator<Product> Typed = Rules.Bind<Product>();
    private static readonly DateOnly Today = new(2026, 6, 1);

    public enum State
    {
        [MissingFact]
        Unknown,
        Valid,
        Suspended,
        Revoked,
    }

    [Fact]
    public void Entries_are_read_from_the_collections_that_applications_have()
    {
        Certificate[] held = [new(State.Revoked), new(State.Valid) { ExpiresOn = new DateOnly(2027, 1, 1), Holder = "acme" }];
        foreach (IEnumerable<Certificate> entries in (IEnumerable<Certificate>[])[held, held.ToList(), held.ToImmutableList(), held.Where(_ => true)])
        {
            var answer = Typed.Evaluate(new Product { Certificates = entries, MadeOn = new DateOnly(2026, 5, 1) }, Today);
            Assert.Equal((Outcome.Fulfilled, Outcome.Fulfilled, Truth.False), (answer["certified"], answer["current"], answer.CategoryOf("clean")));
            Assert.False(answer.HasFaults);
        }

        var array = Rules.Bind<Frozen>().Evaluate(new Frozen([.. held], new DateOnly(2026, 5, 1)), Today);
        Assert.Equal(Outcome.Fulfilled, array["certified"]);
    }

    [Fact]
    public void A_list_that_is_not_there_is_not_known_and_an_empty_one_is()
    {
        Assert.Equal(Outcome.Fulfilled | Outcome.Breached, Typed.Evaluate(new Product { MadeOn = Today }, Today)["certified"]);
        Assert.Equal(["certificates"], Typed.Evaluate(new Product { MadeOn = Today }, Today).Of("certified").Missing.Select(fact => fact.Name));
        Assert.Equal(Outcome.Breached, Typed.Evaluate(new Product { Certificates = [], MadeOn = Today }, Today)["certified"]);
        Assert.Equal(Outcome.Fulfilled | Outcome.Breached, Rules.Bind<Frozen>().Evaluate(new Frozen(default, Today), Today)["certified"]);
    }

    [Fact]
    public void Texts_of_entries_are_compared_with_those_of_the_record()
    {
        var answer = Typed.Evaluate(new Product { Maker = "acme", Certificates = [new(State.Valid) { Holder = "acme" }, new(State.Valid) { Holder = " acme " }, new(State.Valid) { Holder = "other" }] }, Today);
        Assert.Equal(Truth.True, answer.CategoryOf("two"));
    }

    [Fact]
    public void What_cannot_be_read_in_an_entry_is_told_with_its_place()
    {
        var answer = Typed.Evaluate(new Product { Certificates = [new(State.Valid), null!, new(State.Unknown) { Covers = "8507.6" }], MadeOn = Today }, Today);
        Assert.Equal(
            ["Certificates[1]: an entry that is null", "Certificates[2].Covers", "Certificates[2].State"],
            answer.Faults.Select(fault => fault.Fact is null ? $"{fault.Name}: {fault.Message}" : fault.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Outcome.Fulfilled | Outcome.Breached, answer["certified"]);
        Assert.False(Typed.Evaluate(new Product { Certificates = [] }, Today).HasFaults);
    }

    [Fact]
    public void A_type_of_entries_that_does_not_fit_is_told_with_its_property()
    {
        Assert.False(Rules.TryBind<WrongEntries>(out _, out var diagnostics));
        var error = Assert.Single(diagnostics, diagnostic => diagnostic.Severity == RecordDiagnosticSeverity.Error);
        Assert.Equal(("CCC8302", "WrongCertificate.ExpiresOn"), (error.Code, error.Property));

        Assert.False(Rules.TryBind<NoEntries>(out _, out diagnostics));
        Assert.Contains(diagnostics, diagnostic => diagnostic is { Code: "CCC8302", Property: "NoEntries.Certificates" });
    }

    [Fact]
    public void Entries_come_from_JSON_and_from_dictionaries()
    {
        var named = Rules.Bind();
        using var json = JsonDocument.Parse("""
            {"certificates": [{"state": "revoked"}, {"state": "valid", "expires_on": "2027-01-01", "covers": null}], "made_on": "2026-05-01"}
            """);
        Assert.Equal(Outcome.Fulfilled, named.Evaluate(json.RootElement, Today)["certified"]);
        Assert.Equal(Outcome.Fulfilled, named.Evaluate(json.RootElement, Today)["current"]);

        Dictionary<string, object?>[] certificates = [new() { ["state"] = State.Valid, ["expires_on"] = new DateOnly(2027, 1, 1) }];
        var record = new Dictionary<string, object?> { ["certificates"] = certificates, ["made_on"] = new DateOnly(2026, 5, 1) };
        Assert.Equal((Outcome.Fulfilled, false), (named.Evaluate(record, Today)["certified"], named.Evaluate(record, Today).HasFaults));

        using var wrong = JsonDocument.Parse("""{"certificates": [7, {"state": "lost", "colour": 1}, {}], "made_on": "2026-05-01"}""");
        Assert.Equal(
            ["certificates[0]", "certificates[0].state", "certificates[1].colour", "certificates[1].state", "certificates[2].state"],
            named.Evaluate(wrong.RootElement, Today).Faults.Select(fault => fault.Name).Order(StringComparer.Ordinal));
        using var single = JsonDocument.Parse("""{"certificates": {"state": "valid"}}""");
        Assert.Equal(("certificates", "CCC8313"), named.Evaluate(single.RootElement, Today).Faults.Select(fault => (fault.Name, fault.Code)).Single());
    }

    [Fact]
    public void Reading_entries_allocates_nothing()
    {
        var product = new Product { Certificates = new List<Certificate> { new(State.Valid) { ExpiresOn = Today, Covers = "8507.60" }, new(State.Revoked) }, MadeOn = Today };
        for (var i = 0; i < 100; i++)
        {
            _ = Typed.Evaluate(in product, Today)["certified"];
        }

        Assert.Equal(0, AllocatedBytes.OfRuns(1_000, () => _ = Typed.Evaluate(in product, Today)["certified"]));
    }

    [Fact]
    public void A_deadline_tells_its_date()
    {
        var answer = Typed.Evaluate(new Product { MadeOn = Today, AppliedOn = new DateOnly(2026, 5, 20) }, Today);
        Assert.Equal(new DueDate(new DateOnly(2026, 6, 19), new DateOnly(2026, 6, 19), new DateOnly(2026, 6, 19), false), answer.DueOf("answer"));
        Assert.Equal(new DateOnly(2026, 6, 19), answer.ToResult().Norms.Single(norm => norm.Norm.Name == "answer").Due.On);
        Assert.Equal(default, answer.DueOf("certified"));
        Assert.True(Typed.Evaluate(new Product { MadeOn = Today }, Today).DueOf("answer").IsOpen);
    }

    [Fact]
    public async Task Streams_say_the_same()
    {
        Product[] products =
        [
            new() { Certificates = [new(State.Valid) { ExpiresOn = new DateOnly(2027, 1, 1) }], MadeOn = Today, AppliedOn = Today },
            new() { MadeOn = Today },
            new() { Certificates = [null!], MadeOn = Today },
            new() { Certificates = [], MadeOn = Today, AppliedOn = Today },
        ];
        var count = 0;
        await foreach (var batch in Typed.ClassifyAsync(products.ToAsyncEnumerable(), Today))
        {
            for (var i = 0; i < batch.Count; i++, count++)
            {
                var single = Typed.Evaluate(batch[i], Today);
                foreach (var norm in Rules.Manifest.Norms)
                {
                    Assert.Equal(single[norm], batch.Outcome(i, norm));
                    Assert.Equal(single.DueOf(norm), batch.DueOf(i, norm));
                }

                Assert.Equal(single.Faults.Select(fault => fault.Name), batch.Faults(i).Select(fault => fault.Name));
            }
        }

        Assert.Equal(products.Length, count);
    }

    public sealed record Certificate(State State)
    {
        public DateOnly? ExpiresOn { get; init; }

        public string? Covers { get; init; }

        public string? Holder { get; init; }
    }

    public sealed record Product
    {
        public IEnumerable<Certificate>? Certificates { get; init; }

        public DateOnly? MadeOn { get; init; }

        public string? Maker { get; init; }

        public DateOnly? AppliedOn { get; init; }
    }

    public readonly record struct Frozen(ImmutableArray<Certificate> Certificates, DateOnly MadeOn);

    public sealed record WrongCertificate(State State, DateTime ExpiresOn);

    public sealed record WrongEntries(List<WrongCertificate> Certificates);

    public sealed record NoEntries(int Certificates);
}
