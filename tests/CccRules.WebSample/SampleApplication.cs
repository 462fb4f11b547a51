using CccRules.Hosting;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Records;

namespace CccRules.WebSample;

/// <summary>A product as the application's clients post it.</summary>
internal sealed record Product(string? HsCode, bool? Portable, DateOnly? ManufacturedOn, bool? HasQrMark);

/// <summary>What the rules say of one norm, as clients read it.</summary>
/// <param name="Missing">The facts that an open outcome hangs on.</param>
internal sealed record Finding(string Norm, string Title, string Outcome, IReadOnlyList<string> Missing, IReadOnlyList<string> Citations);

/// <summary>A web application that classifies posted products by rules which can be replaced while it runs.</summary>
internal static class SampleApplication
{
    public static WebApplication Create(string[] args, string rules)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddProblemDetails();
        builder.Services
            .AddCccRules(options =>
            {
                options.Folder = rules;
                options.Watch = true;
            })
            .Bind<Product>();

        var app = builder.Build();
        // What cannot be read as a product at all is a problem in the same form.
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealthChecks("/health");
        app.MapPost("/products", Classify);
        return app;
    }

    private static IResult Classify(Product product, DateOnly? asOf, HostedEvaluator<Product> rules) =>
        rules.Evaluate(in product, asOf, static answer => answer.HasFaults
            ? Results.ValidationProblem(answer.Faults.GroupBy(fault => fault.Name).ToDictionary(
                faults => faults.Key,
                faults => faults.Select(fault => $"{fault.Code}: {fault.Message}").ToArray()))
            : Results.Ok(Findings(answer)));

    private static List<Finding> Findings(Classification answer)
    {
        var findings = new List<Finding>();
        foreach (var norm in answer.Norms)
        {
            findings.Add(new Finding(
                norm.Norm.Name,
                norm.Norm.Title,
                norm.Outcome.Name(norm.Norm.Kind),
                [.. norm.Missing.Select(fact => fact.Title.Length > 0 ? fact.Title : fact.Name)],
                [.. norm.Citations.Select(citation => $"{citation.SourceTitle}, {citation.Locator}")]));
        }

        return findings;
    }
}
