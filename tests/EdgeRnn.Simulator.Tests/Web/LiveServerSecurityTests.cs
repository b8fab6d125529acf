using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The page's server serves this computer's own page and refuses everybody else. Requests are sent byte by byte.</summary>
public class LiveServerSecurityTests
{
    private const string Body = "{\"command\":\"pause\"}";

    [Fact]
    public async Task The_address_that_was_printed_is_served_and_nothing_else_answers_to_this_computers_names()
    {
        await using LivePage page = await LivePage.Open();
        int port = page.Server.Url.Port;
        foreach (string host in new[] { "127.0.0.1", "localhost", "LOCALHOST", "[::1]" })
            Assert.Equal(200, await page.Get("/api/export.csv", $"Host: {host}:{port}"));
    }

    [Theory]
    [InlineData("evil.example:{0}")]
    [InlineData("127.0.0.1.evil.example:{0}")]
    [InlineData("localhost.:{0}")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.2:{0}")]
    [InlineData("0.0.0.0:{0}")]
    [InlineData("[::ffff:127.0.0.1]:{0}")]
    [InlineData("")]
    public async Task Another_Host_is_refused_as_a_name_that_was_made_to_lead_here(string host)
    {
        await using LivePage page = await LivePage.Open();
        string name = string.Format(null, host, page.Server.Url.Port);
        foreach (string path in new[] { "/", "/api/stream", "/api/export.csv", "/nothing" })
            Assert.Equal(403, await page.Get(path, "Host: " + name));
    }

    [Fact]
    public async Task A_request_without_a_Host_is_refused()
    {
        await using LivePage page = await LivePage.Open();
        Assert.Equal(400, await page.Get("/api/export.csv"));
        Assert.Equal(403, LivePage.StatusOf(await page.Send("GET /api/export.csv HTTP/1.0", "", "")));
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("https://{0}")]
    [InlineData("http://{0}.evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("")]
    public async Task Another_Origin_is_refused(string origin)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);
        string header = "Origin: " + string.Format(null, origin, page.Authority);

        Assert.Equal(403, await page.Get("/api/stream", "Host: " + page.Authority, header));
        Assert.Equal(403, await Control(page, header));
        Assert.Empty(commands.All);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("anything")]
    public async Task A_request_that_another_site_made_is_refused(string site)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);
        string header = "Sec-Fetch-Site: " + site;

        Assert.Equal(403, await page.Get("/api/export.csv", "Host: " + page.Authority, header));
        Assert.Equal(403, await Control(page, header));
        Assert.Empty(commands.All);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: same-origin")]
    [InlineData("Sec-Fetch-Site: none")]
    [InlineData("Origin: http://{0}")]
    public async Task The_page_itself_is_served(string header)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);

        Assert.Equal(200, await Control(page, string.Format(null, header, page.Authority)));
        Assert.Equal("pause", Assert.Single(commands.All).Name);
    }

    [Fact]
    public async Task Only_this_computer_can_connect()
    {
        await using LivePage page = await LivePage.Open();
        IPEndPoint listener = Assert.Single(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(),
            listener => listener.Port == page.Server.Url.Port);
        Assert.Equal(IPAddress.Loopback, listener.Address);
    }

    [Theory]
    [InlineData("POST", "/", "GET")]
    [InlineData("PUT", "/api/stream", "GET")]
    [InlineData("DELETE", "/api/export.csv", "GET")]
    [InlineData("GET", "/api/control", "POST")]
    [InlineData("OPTIONS", "/api/control", "POST")]
    public async Task Another_method_is_refused(string method, string path, string expected)
    {
        await using LivePage page = await LivePage.Open();
        string answer = await page.Send($"{method} {path} HTTP/1.1", "Host: " + page.Authority, "Content-Length: 0", "Connection: close",
            "", "");
        Assert.Equal(405, LivePage.StatusOf(answer));
        Assert.Contains($"\r\nAllow: {expected}\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("")]
    public async Task A_body_that_a_form_could_send_is_refused(string contentType)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);
        string answer = await page.Send("POST /api/control HTTP/1.1", "Host: " + page.Authority, "Content-Type: " + contentType,
            "Content-Length: " + Body.Length, "Connection: close", "", Body);
        Assert.Equal(415, LivePage.StatusOf(answer));
        Assert.Empty(commands.All);
    }

    [Theory]
    [InlineData("Content-Length: 4097")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_that_is_too_large_is_refused(string length)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);
        string chunk = length.StartsWith('T') ? "1001\r\n" : "";
        string answer = await page.Send("POST /api/control HTTP/1.1", "Host: " + page.Authority, "Content-Type: application/json", length,
            "Connection: close", "", chunk + new string(' ', 4097));
        Assert.Equal(413, LivePage.StatusOf(answer));
        Assert.Empty(commands.All);
    }

    [Fact]
    public async Task A_body_of_the_largest_size_is_read()
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);
        Assert.Equal((200, "{}"), await page.Post(Body.PadRight(LiveEndpoints.MostBodyBytes)));
        Assert.Single(commands.All);
    }

    [Theory]
    [InlineData("/page/../../../../etc/passwd")]
    [InlineData("/page/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/page/..%2f..%2fetc/passwd")]
    [InlineData("/page/..\\..\\LiveServer.cs")]
    [InlineData("/page//etc/passwd")]
    [InlineData("/page/")]
    [InlineData("/page")]
    [InlineData("/vendor/../index.html")]
    [InlineData("/api/../api/nothing")]
    public async Task A_path_out_of_the_page_leads_nowhere(string path)
    {
        await using LivePage page = await LivePage.Open();
        Assert.Equal(404, await page.Get(path, "Host: " + page.Authority));
    }

    [Fact]
    public async Task Every_answer_says_what_the_page_may_do_and_nothing_of_the_server()
    {
        await using LivePage page = await LivePage.Open();
        foreach (string path in new[] { "/", "/api/export.csv", "/nothing" })
        {
            string answer = await page.Send($"GET {path} HTTP/1.1", "Host: " + page.Authority, "Connection: close", "", "");
            string[] headers = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
            Assert.Contains(headers, h => h.StartsWith("Content-Security-Policy: default-src 'self';", StringComparison.Ordinal) &&
                h.Contains("frame-ancestors 'none'", StringComparison.Ordinal));
            Assert.Contains("X-Content-Type-Options: nosniff", headers);
            Assert.Contains("Referrer-Policy: no-referrer", headers);
            Assert.DoesNotContain(headers, h => h.StartsWith("Server:", StringComparison.OrdinalIgnoreCase) ||
                h.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_with_the_next_step()
    {
        await using LivePage page = await LivePage.Open();
        int port = page.Server.Url.Port;
        await using LiveServer second = new(page.Feed, null, port);

        LiveServerException wrong = await Assert.ThrowsAsync<LiveServerException>(
            () => second.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"port {port}: expected one that is free, found ", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("choose another with --port, or leave it out for any", wrong.Message, StringComparison.Ordinal);
        Assert.Single(wrong.Message.Split('\n'));
    }

    private static async Task<int> Control(LivePage page, string header) => LivePage.StatusOf(await page.Send("POST /api/control HTTP/1.1",
        "Host: " + page.Authority, header, "Content-Type: application/json", "Content-Length: " + Body.Length, "Connection: close", "",
        Body));
}
