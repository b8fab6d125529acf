using System;
using System.IO;
using System.Linq;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>What happens to a device in a scenario, and what the device does then.</summary>
public sealed class SimulationTests
{
    private static readonly SimulationEventKind[] _toPower =
        [SimulationEventKind.PowerLost, SimulationEventKind.PowerBack, SimulationEventKind.StateRestored,
            SimulationEventKind.StateNotRestored];

    [Fact]
    public void A_power_loss_takes_what_was_in_memory_and_leaves_what_was_saved()
    {
        Witness witness = new();
        Simulation simulation = TinyDevice.Run("save: 1 s\nevents: [ { at: 30.05 s, fault: power-loss, for: 5 s } ]", observer: witness);
        Assert.Equal(["30.05 PowerLost", "35.05 PowerBack", "35.05 StateRestored"], Told(witness));
        Assert.Equal(DetectorState.Ready, simulation.Loop!.Detector.State);
        Assert.Equal(1, simulation.Totals.PowerLosses);
    }

    [Fact]
    public void Without_a_saved_state_the_device_learns_anew()
    {
        Witness witness = new();
        TinyDevice.Run("events: [ { at: 55 s, fault: power-loss, for: 1 s } ]", observer: witness);
        Assert.Equal(["55 PowerLost", "56 PowerBack", "56 StateNotRestored"], Told(witness));
    }

    [Fact]
    public void A_power_loss_in_the_middle_of_a_save_leaves_the_save_before()
    {
        Witness witness = new();
        TinyDevice.Run("save: 10 s\nevents: [ { at: 32 s, fault: power-loss, during: save, for: 1 s } ]", observer: witness);
        Assert.Equal(3, Told(witness).Length);
        Assert.Equal("40 PowerLost", Told(witness)[0]);
        Assert.EndsWith("StateRestored", Told(witness)[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_power_loss_ahead_of_a_torn_save_leaves_each_its_own_time()
    {
        Witness witness = new();
        TinyDevice.Run("save: 10 s\nevents: [ { at: 31 s, fault: power-loss, during: save, for: 1 s }, " +
            "{ at: 32 s, fault: power-loss, for: 5 s } ]", observer: witness);
        Assert.Equal([5, 1], Outages(witness));
    }

    [Fact]
    public void A_save_that_is_to_be_torn_while_there_is_no_power_is_the_next_one()
    {
        Witness witness = new();
        TinyDevice.Run("save: 10 s\nevents: [ { at: 32 s, fault: power-loss, for: 5 s }, " +
            "{ at: 33 s, fault: power-loss, during: save, for: 8 s } ]", observer: witness);
        Assert.Equal([5, 8], Outages(witness));
    }

    [Fact]
    public void There_is_no_loop_and_no_pin_is_on_without_power()
    {
        Simulation simulation = new(TinyDevice.Read(TinyDevice.Head + "events: [ { at: 1 s, fault: power-loss, for: 5 s } ]"),
            TinyDevice.Model(1), 1);
        while (simulation.NowMicros < 2_000_000) simulation.Turn();
        Assert.Null(simulation.Loop);
        Assert.False(simulation.Board.Pin(27).IsHigh);
        while (simulation.NowMicros < 7_000_000) simulation.Turn();
        Assert.NotNull(simulation.Loop);
    }

    // Busy from 30.05 s to 30.35 s: the tick of 30.1 s comes late, those of 30.2 s and 30.3 s not at all.
    [Fact]
    public void Late_ticks_are_steps_without_a_sample_and_no_fault_of_the_sensor()
    {
        Witness witness = new();
        Simulation simulation = TinyDevice.Run("events: [ { at: 30.05 s, fault: late-ticks, ticks: 3 } ]", observer: witness);
        Assert.Equal((2, 2, 250_000), (simulation.Totals.MissingSamples, simulation.Totals.LateTicks, simulation.Totals.WorstLateMicros));
        Assert.DoesNotContain(witness.Events, happened => happened.Kind == SimulationEventKind.SensorFault);
    }

    [Fact]
    public void A_fault_that_begins_anew_lasts_until_the_later_end()
    {
        const string twice = """
            duration: 20 s
            title: Twice
            rate: 10
            sensor: { kind: mpu6050, fifo: false, rate: 10, rotation: false }
            sources: { machine: { kind: rotating-machine } }
            events:
              - { at: 5 s, fault: no-answer, for: 5 s }
              - { at: 6 s, fault: no-answer, for: 1 s }
            """;
        Witness witness = new();
        new Simulation(TinyDevice.Read(twice), TinyDevice.Model(3), 1, witness).Run();
        long[] faults = [.. witness.Events.Where(happened => happened.Kind == SimulationEventKind.SensorFault)
            .Select(happened => happened.AtMicros)];
        long[] ends = [.. witness.Events.Where(happened => happened.Kind == SimulationEventKind.SensorOk)
            .Select(happened => happened.AtMicros)];
        Assert.InRange(Assert.Single(faults), 5_000_000, 5_200_000);
        Assert.InRange(Assert.Single(ends), 10_000_000,
            14_000_000); // the sensor is started again within ten turns, and the network settles in twenty
    }

    [Theory]
    [InlineData("{ at: 5 s, fault: unplugged, for: 10 s }", "{ at: 8 s, fault: unplugged }", false)]
    [InlineData("{ at: 5 s, fault: unplugged }", "{ at: 8 s, fault: unplugged, for: 1 s }", false)]
    [InlineData("{ at: 5 s, fault: no-answer, for: 20 s }", "{ at: 8 s, fault: no-answer, transfers: 1 }", false)]
    [InlineData("{ at: 5 s, fault: no-answer, for: 5 s }", "{ at: 8 s, fault: no-answer, transfers: 1 }", true)]
    public void The_longer_of_two_faults_decides_when_it_is_over(string first, string second, bool isOver)
    {
        Simulation simulation = new(TinyDevice.Read($$"""
            duration: 20 s
            title: One in the other
            rate: 10
            sensor: { kind: mpu6050, fifo: false, rate: 10, rotation: false }
            sources: { machine: { kind: rotating-machine } }
            events: [ {{first}}, {{second}} ]
            """), TinyDevice.Model(3), 1);
        simulation.Run();
        Assert.Equal(!isOver, simulation.IsSensorFaulty);
    }

    [Fact]
    public void A_press_of_the_button_ends_an_alarm_and_silences_the_buzzer()
    {
        const string noisy = "events: [ { at: 30 s, set: wire.gain, to: 400 }, { at: 40 s, press: button, for: 100 ms } ]";
        Assert.StartsWith("met", TinyDevice.Verdict(noisy, "buzzer on within 2 s of t=35"), StringComparison.Ordinal);
        Assert.StartsWith("met", TinyDevice.Verdict(noisy, "buzzer off between t=41 and t=48"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_that_is_offered_can_be_injected()
    {
        Witness witness = new();
        Simulation simulation = new(TinyDevice.Read(TinyDevice.Head), TinyDevice.Model(1), 1, witness);
        Assert.Contains(simulation.Faults, fault => fault.Id == "power-loss");
        foreach (FaultChoice fault in simulation.Faults)
        {
            simulation.Inject(fault.Id);
            for (int i = 0; i < 100; i++) simulation.Turn();
        }
        Assert.True(witness.Events.Count(happened => happened.Kind == SimulationEventKind.Injected) >= simulation.Faults.Count);
        Assert.Throws<ArgumentException>(() => simulation.Inject("flood"));
    }

    [Fact]
    public void A_threshold_of_a_persons_choice_outlives_a_power_loss()
    {
        Simulation simulation = new(TinyDevice.Read(TinyDevice.Head +
            "save: 1 s\nevents: [ { at: 30 s, fault: power-loss, for: 1 s } ]"), TinyDevice.Model(1), 1);
        while (simulation.NowMicros < 20_000_000) simulation.Turn();
        simulation.OverrideThreshold(1234);
        simulation.Run();
        Assert.Equal(1234, simulation.Loop!.Detector.Threshold);
    }

    [Fact]
    public void A_model_that_does_not_fit_the_sensor_is_one_line() =>
        Assert.Contains("channels: expected a sensor with 2 channels", Assert.Throws<ScenarioException>(
            () => new Simulation(TinyDevice.Read(TinyDevice.Head), TinyDevice.Model(2), 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_unit_than_the_models_names_the_entry_of_the_scenario_that_allows_it()
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(
            () => new Simulation(TinyDevice.Read(TinyDevice.Head), TinyDevice.Model(1, measuredIn: "A"), 1));
        Assert.Contains("or set checkUnits to false", wrong.Message, StringComparison.Ordinal);
        _ = new Simulation(TinyDevice.Read(TinyDevice.Head + "checkUnits: false"), TinyDevice.Model(1, measuredIn: "A"), 1);
    }

    [Fact]
    public void Faults_of_two_sensors_of_a_kind_are_told_apart()
    {
        Simulation simulation = new(TinyDevice.Read("""
            title: Two converters
            duration: 10 s
            rate: 10
            sensors: [ { kind: mcp3008, inputs: 0, select: 0 }, { kind: mcp3008, inputs: 0, select: 1 } ]
            sources: { wire: { kind: ecg } }
            signals: { sensor1.ch0: wire.volts, sensor2.ch0: wire.volts }
            events: [ { at: 1 s, fault: spike, channel: sensor1.ch0, by: 1 }, { at: 2 s, fault: spike, channel: sensor2.ch0, by: 1 } ]
            """), TinyDevice.Model(2), 1);
        string[] labels = [.. simulation.Faults.Select(fault => fault.Label)];
        Assert.Equal(labels.Distinct(), labels);
        Assert.Contains("Unplug mcp3008 2", labels);
        Assert.Contains("Stuck ch0 (mcp3008 2)", labels);
        Assert.Contains("Spike of ch0 (mcp3008 1)", labels);
    }

    [Theory]
    [InlineData(null, "sources.tape.file: 'tape.csv' cannot be read")]
    [InlineData("time,a\n0,1\n1,x\n", "sources.tape.file: 'tape.csv' line 3: expected a number or nothing")]
    [InlineData("time,a\n0,1\n1,2\n", "sources.tape: expected the columns that the file had")]
    public void A_recording_that_has_changed_since_the_scenario_was_read_is_one_line(string? instead, string expected)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgernn-tape-");
        try
        {
            string tape = Path.Combine(folder.FullName, "tape.csv");
            File.WriteAllText(tape, "time,a,b\n0,1,1\n1,2,2\n");
            Scenario scenario = Scenario.Parse("""
                title: A tape
                duration: 1 s
                rate: 10
                sensor: { kind: mcp3008, inputs: 0 }
                sources: { tape: { kind: csv, file: tape.csv } }
                signals: { ch0: tape.b }
                """, "tape.yaml", folder.FullName);
            _ = new Simulation(scenario, TinyDevice.Model(1), 1);
            if (instead == null) File.Delete(tape);
            else File.WriteAllText(tape, instead);
            ScenarioException wrong = Assert.Throws<ScenarioException>(() => new Simulation(scenario, TinyDevice.Model(1), 1));
            Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // An event is told in words; nothing happens here.
    private static string Quiet => TinyDevice.Head.Replace("60 s", "30 d", StringComparison.Ordinal)
        .Replace("gain: 20", "gain: 1", StringComparison.Ordinal);

    [Fact]
    public void Turns_take_no_memory_that_stays_or_grows()
    {
        Simulation simulation = new(TinyDevice.Read(Quiet), TinyDevice.Model(1), 1);
        for (int i = 0; i < 5000; i++) simulation.Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5000; i++) simulation.Turn();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // How long each of them took, in seconds.
    private static int[] Outages(Witness witness)
    {
        long[] Times(SimulationEventKind kind) =>
            [.. witness.Events.Where(happened => happened.Kind == kind).Select(happened => happened.AtMicros)];
        return [.. Times(SimulationEventKind.PowerBack).Zip(Times(SimulationEventKind.PowerLost),
            (back, lost) => (int)Math.Round((back - lost) / 1e6))];
    }

    private static string[] Told(Witness witness) => [.. witness.Events.Where(happened => _toPower.Contains(happened.Kind))
        .Select(happened => FormattableString.Invariant($"{happened.AtMicros / 1e6} {happened.Kind}"))];
}
