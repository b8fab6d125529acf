using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>
/// What a turn of the sensor loop can reach in hardware and firmware, every driver and every output included, allocates nothing on a
/// device and throws nothing. What it calls of the runtime, other tests read.
/// </summary>
public sealed class LoopTests(ITestOutputHelper output)
{
    private static readonly MethodDefinition _turn = Modules.Firmware.Method("SensorLoop", "Turn");
    private static readonly CallGraph _graph = new(_turn);

    [Fact]
    public void Nothing_reachable_from_a_turn_allocates_or_throws()
    {
        output.WriteLine($"{_graph.Methods.Count} methods are reachable; paths end in {string.Join(", ", _graph.ColdHelpers)}");
        List<string> findings = [.. AllocationScan.Findings(_graph.Methods)];
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Fact]
    public void Nothing_reachable_from_a_turn_reads_a_text_literal()
    {
        List<string> texts = [.. AllocationScan.Texts(_graph.Methods)];
        Assert.True(texts.Count == 0, string.Join('\n', texts));
    }

    [Fact]
    public void A_turn_reaches_every_driver_and_every_output()
    {
        HashSet<string> reached = [.. _graph.Methods.Select(CallGraph.Name)];
        foreach (string driver in new[] { "InvenSenseSensor.Drain", "Adxl345.Drain", "Lis3dh.Drain", "Bme280.Read", "Ina219.Read", "HcSr04.Read" }) Assert.Contains(driver, reached);
        foreach (string part in new[] { "SampleReader.Read", "StatusLed.Update", "AlarmOutput.Update", "Buzzer.Update", "AcknowledgeButton.Update", "ReportLine.Write", "StateKeeper.Save" }) Assert.Contains(part, reached);
    }

    [Fact]
    public void The_scan_finds_a_text_literal() =>
        Assert.Equal(["PlantedAllocations.Text: ldstr value"], AllocationScan.Texts(new CallGraph(Modules.Tests.Method(nameof(PlantedAllocations), "Text")).Methods));
}
