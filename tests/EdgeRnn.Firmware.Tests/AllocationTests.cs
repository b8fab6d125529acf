using System;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>
/// A turn allocates no byte, whatever happens in it. The scan of the IL in Tidy shows the same for all code paths. Runs alone, and in a
/// region without collections: one that another thread brings about upsets the counter.
/// </summary>
[Collection(nameof(AllocationTests)), CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int NoCollectionBytes = 4 << 20;
    private const int Turns = 600;

    private readonly Witness _witness = new();
    private int _presses;

    public static TheoryData<string, int> Ways => new()
    {
        { WatchedStream.Floats, 1 }, { WatchedStream.Integers, 1 }, { WatchedStream.Counts, 1 }, { WatchedStream.Counts, 10 },
    };

    [Theory, MemberData(nameof(Ways))]
    public void A_turn_allocates_nothing(string way, int samplesPerTurn)
    {
        Loop(way, samplesPerTurn, 30, out _);
        SensorLoop loop = Loop(way, samplesPerTurn, 0, out StillClock clock);
        Assert.Equal(0, BytesAllocated(() => Run(loop, clock)));
        Assert.True(loop.Counters.Saves > 5 && loop.Counters.LateTicks > 0 && loop.Counters.SensorFaults > 10 && loop.Counters.SensorRestarts > 0);
        Assert.True(_presses > 10, "the button has to be pressed");
        Assert.True(loop.Detector.FaultCount > 0 && _witness.Calls > 2 * Turns);
    }

    private SensorLoop Loop(string way, int samplesPerTurn, int turns, out StillClock clock)
    {
        clock = new StillClock();
        FaultySensor sensor = new(samplesPerTurn);
        Detector detector = WatchedStream.Detector(way);
        SensorLoop loop = new(detector, sensor, clock, new LoopSettings
        {
            UseCounts = way == WatchedStream.Counts,
            SamplesPerTurn = samplesPerTurn,
            ReportMicros = 1_000_000,
            SaveMicros = 5_000_000,
        })
        {
            Alarm = new AlarmOutput(new Lamp()),
            Led = new StatusLed(new Lamp()),
            Buzzer = new Buzzer(new Lamp()),
            Button = new AcknowledgeButton(new Contact(), clock),
            Report = new ReportLine(_witness),
            Watchdog = _witness,
            Listener = _witness,
            State = new StateKeeper(detector, new Places(detector.SavedStateBytes + 100), 0),
        };
        loop.Start();
        for (int i = 0; i < turns; i++) loop.Turn();
        return loop;
    }

    private void Run(SensorLoop loop, StillClock clock)
    {
        for (int i = 0; i < Turns; i++)
        {
            if (i % 97 == 50) clock.NowMicros += 4_500_000;
            if (i == 400) clock.NowMicros -= 90_000_000;
            loop.Turn();
            if (loop.Button!.WasPressed) _presses++;
        }
    }

    private static long BytesAllocated(Action act)
    {
        act();
        Assert.True(GC.TryStartNoGCRegion(NoCollectionBytes));
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            act();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        finally
        {
            GC.EndNoGCRegion();
        }
    }

    private sealed class StillClock : IClock
    {
        public long NowMicros { get; set; }

        public void SleepUntil(long deadlineMicros) => NowMicros = Math.Max(NowMicros, deadlineMicros);
    }

    private sealed class Witness : IReportSink, IWatchdog, ILoopListener
    {
        public int Calls { get; private set; }

        public void Write(byte[] text, int count) => Calls++;

        public void Feed() => Calls++;

        public void BeforeStep(SensorLoop loop) => Calls++;

        public void OnStep(SensorLoop loop, bool hasSample) => Calls++;

        public void OnSensor(SensorLoop loop, int status) => Calls++;
    }

    private sealed class Lamp : IDigitalOutput
    {
        public int Write(bool isHigh) => BusStatus.Ok;
    }

    // Pressed for two turns of five.
    private sealed class Contact : IDigitalInput
    {
        private int _reads;

        public int Read() => _reads++ % 5 < 2 ? PinLevel.High : PinLevel.Low;

        public bool Listen(IEdgeListener? listener) => false;
    }

    private sealed class Places(int capacity) : IStorage
    {
        private readonly byte[] _bytes = new byte[2 * capacity];
        private readonly int[] _lengths = [StorageStatus.Missing, StorageStatus.Missing];

        public int Read(int slot, byte[] buffer, int offset, int most)
        {
            if (_lengths[slot] > 0) Array.Copy(_bytes, slot * capacity, buffer, offset, _lengths[slot]);
            return _lengths[slot];
        }

        public int Write(int slot, byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, _bytes, slot * capacity, count);
            _lengths[slot] = count;
            return StorageStatus.Ok;
        }
    }

    // The machine running, with faults of every kind in between.
    private sealed class FaultySensor(int perTurn) : ISensor
    {
        private readonly short[][] _signal = WatchedStream.Signal(2_000);
        private int _reads;

        public string Name => "faulty";

        public int ChannelCount => 3;

        public int SamplePeriodMicros => perTurn == 1 ? 0 : LoopRig.PeriodMicros;

        public bool HasCounts => true;

        public string ChannelName(int channel) => "c";

        public string ChannelUnit(int channel) => "1";

        public int Start() => SensorStatus.Ok;

        public int Read(float[] values, int offset)
        {
            short[] sample = _signal[_reads % _signal.Length];
            for (int i = 0; i < 3; i++) values[offset + i] = sample[i];
            return Next();
        }

        public int ReadCounts(short[] counts, int offset)
        {
            Array.Copy(_signal[_reads % _signal.Length], 0, counts, offset, 3);
            return Next();
        }

        private int Next()
        {
            _reads++;
            if (_reads % 211 > 190) return BusStatus.NoAnswer;
            if (_reads % 83 == 80) return SensorStatus.LostSettings;
            if (_reads % 61 == 60) return perTurn > 1 ? SensorStatus.Overflow : SensorStatus.BadReading;
            return perTurn > 1 && _reads % (perTurn + 1) == 0 ? SensorStatus.NoSample : SensorStatus.Ok;
        }
    }
}
