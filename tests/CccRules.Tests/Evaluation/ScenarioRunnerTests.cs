using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Evaluation;

/// <summary>Scenarios as analysts write them.</summary>
public sealed class ScenarioRunnerTests
{
    private const string Pilot =
        """
        ruleset cn.ccc_qr_pilot "CCC mark with traceability QR code (pilot)"
        jurisdiction CN
        months round down

        source notice_27 "CNCA Announcement No. 27 of 2025"
          issued 2025-12-23

        record product "A product"
          hs_code               : hs
          portable_energy_store : yes/no
          rated_energy          : decimal Wh
          purpose               : one of (sale, research, testing)
          manufactured_on, certificate_issued_on : date
          imported_on, sold_on  : date or none
          has_qr_mark           : yes/no

        parameter pilot_start : date as 2026-03-01

        category power_bank "Power banks"
          when hs_code under 8507.60 and portable_energy_store

        question stock_after_cutoff "Made before 2027-03-01 and first imported after it"

        define old_stock as manufactured_on < 2027-03-01 and imported_on >= 2027-03-01

        define market_date
          as imported_on when old_stock and stock_after_cutoff
          as earliest (manufactured_on, imported_on, sold_on) otherwise

        obligation qr_mark "Bear the CCC mark together with its traceability QR code"
          when power_bank or rated_energy > 1.2 kWh
          as of market_date
          from pilot_start where certificate_issued_on >= pilot_start
          from 2027-03-01
          fulfilled when has_qr_mark
          cites notice_27

        exemption research_use "Products for scientific research"
          lifts qr_mark
          when purpose is research and rated_energy <= 5 Wh
          cites notice_27

        obligation register "Register the product"
          when power_bank
          from 2026-06-01
          cites notice_27

        """;

    [Theory]
    [InlineData("old certificate, made on the last day of the transition", """
        given hs_code 8507.60.00.90, portable_energy_store yes, certificate_issued_on 2025-06-01, purpose sale,
              manufactured_on 2027-02-28, imported_on none, sold_on none, has_qr_mark no
        as of 2027-06-01
        expect qr_mark not_in_force
        expect power_bank yes
        expect register required
        """)]
    [InlineData("the certificate's date is not known", """
        given hs_code 8507.60, portable_energy_store yes, manufactured_on 2026-07-01, purpose sale,
              imported_on none, sold_on none, has_qr_mark no
        expect qr_mark not_in_force or breached
        expect missing certificate_issued_on
        """)]
    [InlineData("old stock imported after the cut-off: the sources conflict", """
        given hs_code 8507.60, portable_energy_store yes, certificate_issued_on 2025-06-01, purpose sale,
              manufactured_on 2027-02-01, imported_on 2027-04-01, sold_on none, has_qr_mark no
        expect qr_mark not_in_force or breached
        expect missing stock_after_cutoff
        """)]
    [InlineData("old stock imported after the cut-off, the conflict settled", """
        given hs_code 8507.60, portable_energy_store yes, certificate_issued_on 2025-06-01, purpose sale,
              manufactured_on 2027-02-01, imported_on 2027-04-01, sold_on none, has_qr_mark no
        assume stock_after_cutoff yes
        expect qr_mark breached
        """)]
    [InlineData("a coarse code, and a category that hangs on it", """
        given hs_code 85, portable_energy_store yes
        expect power_bank open
        expect missing hs_code
        """)]
    [InlineData("units are converted", """
        given hs_code 8711.60, portable_energy_store no, rated_energy 1.3 kWh, manufactured_on 2027-03-01, purpose sale,
              certificate_issued_on 2025-06-01, imported_on none, sold_on none, has_qr_mark yes
        expect power_bank no
        expect qr_mark fulfilled
        """)]
    [InlineData("research is exempt", """
        given hs_code 8507.60, portable_energy_store yes, rated_energy 5 Wh, purpose research
        expect qr_mark exempt
        """)]
    [InlineData("not yet in force on the evaluation date", """
        given hs_code 8507.60, portable_energy_store yes
        as of 2026-05-31
        expect register not_in_force
        expect register applies from 2026-06-01
        """)]
    [InlineData("before the notice nothing was known of the duty", """
        given hs_code 8507.60, portable_energy_store yes, has_qr_mark no
        as of 2027-06-01
        known on 2025-12-22
        expect qr_mark not_applicable
        expect power_bank yes
        """)]
    public void A_scenario_passes_with_either_engine(string name, string clauses)
    {
        Assert.All<IScenarioEngine>([new ReferenceScenarioEngine(), new CompiledScenarioEngine()], engine =>
        {
            var result = Run(name, clauses, engine);
            Assert.True(result.IsPassed, string.Join('\n', result.Expectations));
        });
    }

    [Theory]
    [InlineData("expect qr_mark not_in_force", "expected `qr_mark` not_in_force, got breached")]
    [InlineData("expect qr_mark breached or exempt", "expected `qr_mark` exempt or breached, got breached")]
    [InlineData("expect power_bank no", "expected `power_bank` no, got yes")]
    [InlineData("expect register applies from 2026-07-01", "expected `register` applies from 2026-07-01, got 2026-06-01")]
    [InlineData("expect qr_mark applies from 2026-07-01", "expected `qr_mark` applies from 2026-07-01, got no later date")]
    [InlineData("expect power_bank yes expect missing hs_code", "expected missing `hs_code`, got nothing")]
    [InlineData("expect qr_mark breached", "`qr_mark` breached, as expected")]
    public void What_was_expected_and_what_was_found_is_said_in_the_analyst_s_words(string expectation, string message)
    {
        var result = Run(
            "a breach",
            $"""
            given hs_code 8507.60, portable_energy_store yes, certificate_issued_on 2025-06-01, purpose sale,
                  manufactured_on 2027-03-01, imported_on none, sold_on none, has_qr_mark no
            as of 2026-05-01
            {expectation}
            """);
        Assert.Equal(message, result.Expectations[^1].ToString());
    }

    [Fact]
    public void Missing_facts_are_compared_as_a_set_over_all_that_the_scenario_names()
    {
        const string Expectations =
            """
            given hs_code 8507.60
            expect register not_applicable or not_in_force or required
            expect power_bank open
            expect missing portable_energy_store
            """;
        Assert.Equal(
            "expected missing `portable_energy_store`, got `portable_energy_store`, the evaluation date",
            Run("no date", Expectations).Expectations[^1].ToString());
        Assert.True(Run("with a date", "as of 2026-06-01 given hs_code 8507.60 expect register not_applicable or required expect missing portable_energy_store").IsPassed);
    }

    [Fact]
    public void Scenarios_of_one_day_of_knowledge_share_their_rules()
    {
        const string Clauses = "known on 2025-12-22 expect qr_mark not_applicable";
        var ruleset = Bind($"scenario \"a\" {Clauses} scenario \"b\" {Clauses}");
        var engine = new CountingEngine();
        Assert.All(new ScenarioRunner(ruleset, engine).RunAll(), result => Assert.True(result.IsPassed));
        Assert.Equal(2, engine.Rulesets.Count);
        Assert.Same(engine.Rulesets[0], engine.Rulesets[1]);
        Assert.NotSame(ruleset, engine.Rulesets[0]);
    }

    private static ScenarioResult Run(string name, string clauses, IScenarioEngine? engine = null) =>
        Assert.Single(new ScenarioRunner(Bind($"scenario \"{name}\"\n{clauses}"), engine ?? new ReferenceScenarioEngine()).RunAll());

    private static BoundRuleset Bind(string scenarios)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(Pilot + scenarios, "cn/ccc_qr_pilot.ccc"));
        Assert.False(compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(diagnostic => $"{diagnostic.Location} {diagnostic.Message}")));
        return compilation.Bound;
    }

    private sealed class CountingEngine : IScenarioEngine
    {
        private readonly ReferenceScenarioEngine _engine = new();

        public List<BoundRuleset> Rulesets { get; } = [];

        public IScenarioAnswers Evaluate(BoundRuleset ruleset, ReferenceRecord record)
        {
            Rulesets.Add(ruleset);
            return _engine.Evaluate(ruleset, record);
        }
    }
}
