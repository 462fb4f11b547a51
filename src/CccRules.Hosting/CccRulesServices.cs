using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using CccRules.Hosting;
using CccRules.Runtime.Records;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Where applications look for what they add to their services.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Rules as a service.</summary>
public static class CccRulesServices
{
    /// <summary>
    /// Adds a <see cref="RulesetHost"/> that loads its rules when the application starts, with logging, the meter <c>CccRules</c>, and the health
    /// check <c>cccrules</c>. An application whose first rules have errors does not start.
    /// </summary>
    /// <remarks>
    /// <code>
    /// builder.Services.AddCccRules(options => { options.Folder = "rules"; options.Watch = true; })
    ///     .Bind&lt;Product>();
    /// app.MapPost("/products", (Product product, HostedEvaluator&lt;Product> rules) => rules.Evaluate(in product, asOf));
    /// </code>
    /// </remarks>
    public static CccRulesBuilder AddCccRules(this IServiceCollection services, Action<RulesetHostOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<RulesetHostOptions>().Configure(configure).Validate(
            options => options.Folder is not null || options.Assembly is not null || !options.Texts.IsDefaultOrEmpty,
            "AddCccRules: say where the rules are: Folder, Assembly, or Texts.");
        services.TryAddSingleton(provider => new RulesetHost(
            provider.GetRequiredService<IOptions<RulesetHostOptions>>().Value,
            provider.GetService<ILogger<RulesetHost>>(),
            provider.GetService<IMeterFactory>()));
        services.AddHostedService<RulesetStart>();
        services.AddHealthChecks().AddCheck<RulesetHealthCheck>("cccrules");
        return new CccRulesBuilder(services);
    }

    private sealed class RulesetStart(RulesetHost host, IEnumerable<BoundType> types) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var type in types)
            {
                type.Bind(host);
            }

            var result = await host.ReloadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Status == ReloadStatus.Refused)
            {
                throw new RulesetRefusedException(result);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>A type that is bound when the application starts, so that a type that does not fit keeps it from starting.</summary>
    internal sealed record BoundType(Action<RulesetHost> Bind);
}

/// <summary>Adds types to <see cref="CccRulesServices.AddCccRules"/>.</summary>
public sealed class CccRulesBuilder
{
    internal CccRulesBuilder(IServiceCollection services) => Services = services;

    public IServiceCollection Services { get; }

    /// <summary>Adds a <see cref="HostedEvaluator{T}"/>; rules that do not fit the type keep the application from starting, and are refused later.</summary>
    public CccRulesBuilder Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RecordBindingOptions? options = null)
    {
        Services.AddSingleton(new CccRulesServices.BoundType(host => host.Bind<T>(options)));
        Services.AddSingleton(provider => provider.GetRequiredService<RulesetHost>().Bind<T>(options));
        return this;
    }

    /// <summary>Adds a <see cref="HostedEvaluator"/> of JSON objects by the rules' own names.</summary>
    public CccRulesBuilder BindNames(RecordBindingOptions? options = null)
    {
        Services.AddSingleton(new CccRulesServices.BoundType(host => host.Bind(options)));
        Services.AddSingleton(provider => provider.GetRequiredService<RulesetHost>().Bind(options));
        return this;
    }
}
