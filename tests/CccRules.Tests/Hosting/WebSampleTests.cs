using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CccRules.Tests.Architecture;
using CccRules.WebSample;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CccRules.Tests.Hosting;

public sealed class WebSampleTests : IAsyncLifetime
{
    private readonly Microsoft.AspNetCore.Builder.WebApplication _app = SampleApplication.Create(
        ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None"],
        Repository.FullPath("tests/CccRules.WebSample/rules"));

    private static readonly HttpClient Client = new();
    private Uri _address = new("http://127.0.0.1");

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        _address = new Uri(addresses!.Addresses.Single());
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_posted_product_is_classified()
    {
        var response = await Client.PostAsJsonAsync(new Uri(_address, "/products?asOf=2027-06-01"), new { hsCode = "8507.60", manufacturedOn = "2027-03-01", hasQrMark = false });

        var finding = (await Json(response))[0];
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("not_applicable or breached", finding.GetProperty("outcome").GetString());
        Assert.Equal("Made to be carried and to charge other devices", finding.GetProperty("missing")[0].GetString());
        Assert.Equal("CNCA Announcement No. 27 of 2025, implementation", finding.GetProperty("citations")[0].GetString());
    }

    [Theory]
    [InlineData("""{"hsCode": "8507.6"}""", "HsCode", "leading zero lost")]
    [InlineData("""{}""", "HsCode", "required")]
    public async Task A_value_that_its_fact_cannot_have_is_a_problem_of_its_property(string json, string property, string words)
    {
        var response = await Post(json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(words, (await Json(response)).GetProperty("errors").GetProperty(property)[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hsCode": """)]
    [InlineData("""{"hsCode": "8507.60", "manufacturedOn": "yesterday"}""")]
    public async Task What_is_no_product_is_a_problem(string json)
    {
        var response = await Post(json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(400, (await Json(response)).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_health_check_says_healthy() =>
        Assert.Equal("Healthy", await Client.GetStringAsync(new Uri(_address, "/health")));

    private Task<HttpResponseMessage> Post(string json) =>
        Client.PostAsync(new Uri(_address, "/products"), new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> Json(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();
}
