using System.IO;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>The page about scenarios shows one that runs.</summary>
public sealed class ScenarioPageTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "hardware/EdgeRnn.Simulator/Engine");

    [Fact]
    public void The_example_of_the_page_meets_its_expectations()
    {
        string page = File.ReadAllText(Path.Combine(_folder, "README.md"));
        string text = page.Split("```yaml\n")[1].Split("```")[0];
        Scenario scenario = Scenario.Parse(text, "README.md", _folder);
        Simulation simulation = new(scenario, File.ReadAllBytes(scenario.ModelPath!), scenario.Seed);
        simulation.Run();
        Assert.Equal(7, simulation.Verdicts.Count);
        Assert.All(simulation.Verdicts, verdict => Assert.True(verdict.Met == true, $"{verdict.Text}: {verdict.Why}"));
    }
}
