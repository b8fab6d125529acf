using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary><c>edgernn simulate --web</c>, as a process: the address, the page, Ctrl-C and the exit code.</summary>
public sealed class SimulateWebTests : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private readonly Workspace _workspace = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("no alarm before t=42", 0)]
    [InlineData("alarm within 2 s of t=10", 3)]
    public async Task The_exit_code_after_Ctrl_C_is_what_became_of_the_run_that_was_complete(string expectation, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        using Process process = Start("simulate", Scenario(expectation), "--web", "--speed", "100000");
        using HttpClient browser = new() { BaseAddress = await AddressOf(process) };
        using StreamReader stream = new(await browser.GetStreamAsync(new Uri("api/stream", UriKind.Relative), Cancelled));
        while (!(await stream.ReadLineAsync(Cancelled))!.Contains("\"over\":true", StringComparison.Ordinal)) continue;

        Assert.Equal(exitCode, await Interrupt(process));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_is_no_failure_and_quick()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        using Process process = Start("simulate", Scenario("alarm within 2 s of t=10"), "--web", "--realtime");
        using HttpClient browser = new() { BaseAddress = await AddressOf(process) };
        Stream open = await browser.GetStreamAsync(new Uri("api/stream", UriKind.Relative), Cancelled);
        using StringContent pause = new("{\"command\":\"pause\"}", Encoding.UTF8, "application/json");
        Assert.True((await browser.PostAsync(new Uri("api/control", UriKind.Relative), pause, Cancelled)).IsSuccessStatusCode);

        Stopwatch taken = Stopwatch.StartNew();
        Assert.Equal(0, await Interrupt(process));
        Assert.InRange(taken.Elapsed.TotalSeconds, 0, 5); // a second on a computer that does nothing else
        await open.DisposeAsync();
    }

    [Fact]
    public async Task The_demo_shows_its_scenario_behind_its_report()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        using Process process = Start("demo", "--web");
        using HttpClient browser = new() { BaseAddress = await AddressOf(process) };
        using StreamReader stream = new(await browser.GetStreamAsync(new Uri("api/stream", UriKind.Relative), Cancelled));
        string hello;
        do hello = (await stream.ReadLineAsync(Cancelled))!;
        while (!hello.StartsWith("data:", StringComparison.Ordinal));
        Assert.Contains("bearing", hello, StringComparison.Ordinal);
        Assert.Equal(0, await Interrupt(process));
    }

    [Fact]
    public void What_does_not_go_with_a_page_is_refused()
    {
        string scenario = Scenario("no alarm before t=42");
        foreach (string option in (string[])["--trace", "--compare", "--replay"])
        {
            CliRun run = CliRun.Of("simulate", scenario, "--web", option, _workspace.Path("x.csv"));
            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith($"error: simulate: {option} does not go with --web", run.Error, StringComparison.Ordinal);
        }
        Assert.Contains("simulate: --port goes with --web", CliRun.Of("simulate", scenario, "--port", "80").Error,
            StringComparison.Ordinal);
        Assert.Contains("--port: expected 0 to 65535, found 65536", CliRun.Of("simulate", scenario, "--web", "--port", "65536").Error,
            StringComparison.Ordinal);
    }

    private string Scenario(string expectation)
    {
        string model = Path.Combine(Repository.Root, "hardware", "EdgeRnn.Simulator", "models", "vibration-mpu6050.ernn");
        return _workspace.Text("pump.yaml", $$"""
            title: A pump
            model: '{{model}}'
            duration: 44 s
            sensor: { kind: mpu6050, rate: 100, range: 4, rotation: false, temperature: true }
            sources:
              machine: { kind: rotating-machine, speedRpm: 1475, load: 0.7 }
            expect:
              - {{expectation}}
            """);
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "edgernn.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressOf(Process process)
    {
        while (true)
        {
            string line = await process.StandardOutput.ReadLineAsync(Cancelled) ??
                throw new InvalidOperationException("ended without an address");
            if (line.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)) return new Uri(line);
        }
    }

    private static async Task<int> Interrupt(Process process)
    {
        using Process kill = Process.Start("kill", [Interrupts.Signal, process.Id.ToString(null, null)]);
        try
        {
            await process.WaitForExitAsync(Cancelled).WaitAsync(_longest, Cancelled);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
