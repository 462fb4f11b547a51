using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CccRules.Hosting;

/// <summary>Healthy while the newest rules serve, degraded while older ones do because the newest are refused, unhealthy without rules.</summary>
internal sealed class RulesetHealthCheck(RulesetHost host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = host.LastReload;
        var data = new Dictionary<string, object> { ["generation"] = last?.Generation ?? 0 };
        return Task.FromResult(
            !host.HasRules ? new HealthCheckResult(context.Registration.FailureStatus, "no rules are loaded", data: data)
            : last?.Status == ReloadStatus.Refused ? HealthCheckResult.Degraded($"the newest rules are refused:\n{last.ErrorText}", data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
