extern alias portable;

using System;
using System.Text;
using System.Threading.Tasks;
using EdgeRnn.Simulator;
using H = portable::EdgeRnn.Hardware;
using P = portable::EdgeRnn.Firmware;
using R = portable::EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>The service of a Raspberry Pi and the loop of a microcontroller do the same, to the bit, whatever goes wrong meanwhile.</summary>
[Collection(PiCollection.Name)]
public sealed class SameTraceTests
{
    private const double EndSeconds = 52;

    [Theory]
    [InlineData(true, 5)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public async Task A_scenario_full_of_faults_gives_the_same_trace_on_both(bool fifo, int samplesPerTurn)
    {
        (string service, int alarmSteps) = await OnPi(fifo, samplesPerTurn);
        string device = OnDevice(fifo, samplesPerTurn);

        Assert.True(alarmSteps > 0, "the failing bearing has to raise an alarm, or the scenario shows little");
        Assert.Contains("pin 17", service, StringComparison.Ordinal);
        Assert.Contains("alarm:1", service, StringComparison.Ordinal);
        Assert.Contains($" {H.BusStatus.NoAnswer}\n", service, StringComparison.Ordinal);
        Assert.Contains(" False ", service, StringComparison.Ordinal);
        string[] here = service.Split('\n'), there = device.Split('\n');
        for (int i = 0; i < Math.Min(here.Length, there.Length); i++) Assert.Equal(there[i], here[i]);
        Assert.Equal(there.Length, here.Length);
    }

    private static async Task<(string Trace, int AlarmSteps)> OnPi(bool fifo, int samplesPerTurn)
    {
        LoopTrace trace = new();
        MemoryStorage storage = new();
        await using PiRun run = new() { Listener = trace, Storage = storage };
        run.Pump.Trouble();
        run.StopAt(EndSeconds);
        string options = fifo ? "" : """ "fifo": false,""";
        await run.Start($$"""{ "kind": "mpu6050",{{options}} "rate": 100, "range": 4, "rotation": false, "temperature": true, "samplesPerTurn": {{samplesPerTurn}} }""");
        await run.End(EndSeconds);
        LoopCounters counters = run.Host.Program.Loop.Counters;
        Assert.True(counters.SensorRestarts > 0 && counters.LateTicks > 0 && counters.MissingSamples > 0 && counters.Saves > 1);
        return (trace.Text(run.Pump, storage, run.Lines + Text(counters.Samples, counters.MissingSamples, counters.LateTicks, counters.SensorFaults,
            counters.SensorRestarts, counters.Overflows, counters.Saves, counters.Turns)), trace.AlarmSteps);
    }

    private static string OnDevice(bool fifo, int samplesPerTurn)
    {
        PumpBoard board = new();
        board.Trouble();
        MemoryStorage storage = new();
        LoopTrace trace = new();
        Lines lines = new();
        H.IClock clock = new PortableClock(board.Time);
        R.Detector detector = new(R.Model.Load(Pump.Model));
        H.Mpu6050 sensor = new(new PortableBus(board.Board.OpenI2c(1, 0x68, H.InvenSenseSensor.LongestTransfer)), clock,
            new H.Mpu6050Settings { AccelerationRange = 4, UseRotation = false, UseTemperature = true, UseFifo = fifo });
        P.SensorLoop loop = new(detector, sensor, clock, new P.LoopSettings
        {
            PeriodMicros = Pump.PeriodMicros,
            SamplesPerTurn = samplesPerTurn,
            Channels = [0, 1, 2, 3],
            ReportMicros = 50_000,
            SaveMicros = 7_000_000,
        })
        {
            Alarm = new P.AlarmOutput(new PortablePin(board.Board.OpenOutput(PumpBoard.AlarmPin, false))),
            Led = new P.StatusLed(new PortablePin(board.Board.OpenOutput(PumpBoard.LedPin, true)), true),
            Report = new P.ReportLine(lines),
            State = new P.StateKeeper(detector, new PortableStorage(storage), 0),
            Listener = trace,
        };
        Assert.Equal(H.StorageStatus.Missing, loop.State.Restore());
        board.At(EndSeconds, loop.Stop);
        loop.Start();
        loop.Run();
        P.LoopCounters counters = loop.Counters;
        return trace.Text(board, storage, lines.Text + Text(counters.Samples, counters.MissingSamples, counters.LateTicks, counters.SensorFaults,
            counters.SensorRestarts, counters.Overflows, counters.Saves, counters.Turns));
    }

    private static string Text(params int[] counters) => $"counters {string.Join(' ', counters)}\n";

    private sealed class Lines : P.IReportSink
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();

        public void Write(byte[] text, int count) => _text.Append(Encoding.ASCII.GetString(text, 0, count));
    }
}
