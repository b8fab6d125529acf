using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>Every file in every folder named <c>scenarios</c> is a scenario that meets its expectations, whatever the seed.</summary>
public sealed class ScenarioSuiteTests
{
    private const int Fewest = 12;
    private const double LeastDeviceHours = 1;

    private static readonly string[] _files = [.. Directory.EnumerateDirectories(Repository.Root, "scenarios", SearchOption.AllDirectories)
        .Where(folder => !folder.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "node_modules"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_at_least_twelve_and_each_expects_something()
    {
        Assert.True(_files.Length >= Fewest, $"{_files.Length} scenarios found");
        foreach (string file in _files)
        {
            Simulation simulation = new(Scenario.Load(file), ModelOf(file), 1);
            Assert.True(simulation.Verdicts.Count >= 2, $"{file} expects too little");
        }
    }

    [Fact]
    public void Each_meets_its_expectations_under_its_own_seed_and_under_any()
    {
        List<string> unmet = [];
        double deviceSeconds = 0;
        long began = Stopwatch.GetTimestamp();
        foreach (string file in _files)
        {
            Scenario scenario = Scenario.Load(file);
            byte[] model = ModelOf(file);
            foreach (ulong seed in Seeds(scenario.Seed))
            {
                Simulation simulation = new(scenario, model, seed);
                simulation.Run();
                deviceSeconds += simulation.NowMicros / 1e6;
                unmet.AddRange(simulation.Verdicts.Where(verdict => verdict.Met != true)
                    .Select(verdict => $"{scenario.FileName}, seed {seed}: {verdict.Text}: {verdict.Why}"));
            }
        }
        double computing = Stopwatch.GetElapsedTime(began).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_files.Length} scenarios: {deviceSeconds / 3600:0.00} hours of device time in {computing:0.0} s of computing"));
        Assert.True(unmet.Count == 0, $"{unmet.Count} expectations were not met:\n{string.Join('\n', unmet)}");
        Assert.True(deviceSeconds >= 3600 * LeastDeviceHours, $"{deviceSeconds} s of device time are too short to say much");
    }

    // Its own one, the one a run takes by default, and others that were never tried; a failure names the seed.
    private static IEnumerable<ulong> Seeds(ulong own)
    {
        yield return own;
        for (int i = 0; i < LongRun.Choose(2, 50); i++) yield return BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 14;
    }

    private static byte[] ModelOf(string file) => File.ReadAllBytes(Scenario.Load(file).ModelPath
        ?? throw new InvalidOperationException($"{file} names no model"));
}
