using System;
using System.Linq;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Detection;
using EdgeRnn.Tests.Quantized;

namespace EdgeRnn.Tests;

/// <summary>
/// Step and Reset allocate no byte, from the first step of a session on. The scan of the IL in Tidy shows the same for all code
/// paths. Runs alone: a collection that another test's allocations bring about upsets the counter by what is left of a buffer.
/// </summary>
[Collection(nameof(AllocationTests)), CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int NoCollectionBytes = 4 << 20;

    private static readonly int _steps = LongRun.Choose(1_000, 100_000);

    public static TheoryData<string> Names => Specimens.AllNames;

    public static TheoryData<string> IntegerNames => [.. QuantizedSpecimens.Graphs
        .SelectMany(graph => new[] { $"{graph}, w8a16", $"{graph}, {QuantizedSpecimens.MixedIntegers}" })
        .Where(name => Specimens.Load(name).IsIntegerOnly)];

    public static TheoryData<string, ScoreCombination, ThresholdMethod> DetectorWays =>
        [.. from way in WatchedStream.Ways
            from combination in Enum.GetValues<ScoreCombination>()
            from threshold in Enum.GetValues<ThresholdMethod>()
            select (way, combination, threshold)];

    [Theory, MemberData(nameof(Names))]
    public void Step_and_Reset_allocate_nothing(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, 64);
        float[] output = new float[model.OutputSize];
        Session first = new(model);
        // What the process allocates once, for its first use of the code, is not the session's.
        BytesAllocated(() => Step(first, signal, output));
        Session session = new(model);
        Assert.Equal(0, BytesAllocated(() => Step(session, signal, output)));
        Assert.Equal(0, BytesAllocated(session.Reset));
        Assert.Equal(0, BytesAllocated(() => Step(session, signal, output)));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_step_of_a_batch_allocates_nothing(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, 64);
        float[] output = new float[9 * model.OutputSize];
        int[] statuses = new int[9];
        float[][] inputs = [.. signal.Select(x => Enumerable.Repeat(x, 9).SelectMany(value => value).ToArray())];
        SessionBatch batch = new(model, 9);
        void Step()
        {
            foreach (float[] x in inputs) batch.Step(x, output, statuses);
        }
        BytesAllocated(Step);
        Assert.Equal(0, BytesAllocated(Step));
    }

    [Theory, MemberData(nameof(IntegerNames))]
    public void Integer_steps_allocate_nothing(string name)
    {
        Model model = Specimens.Load(name);
        short[][] signal = [.. Specimens.Signal(model, 64).Select(x => Array.ConvertAll(x, value => (short)(value * 1000)))];
        short[] output = new short[model.OutputSize];
        Session first = new(model);
        BytesAllocated(() => StepIntegers(first, signal, output));
        Session session = new(model);
        Assert.Equal(0, BytesAllocated(() => StepIntegers(session, signal, output)));
        Assert.Equal(0, BytesAllocated(session.Reset));
        Assert.Equal(0, BytesAllocated(() => StepIntegers(session, signal, output)));
    }

    [Fact]
    public void Steps_with_rows_in_pairs_allocate_nothing()
    {
        Model model = Model.Load(QuantizedSpecimens.File("gru reset after, w8a16"), ModelLimits.MaxSessionBytes, int.MaxValue);
        Assert.NotEqual(0, model.RowPairBytes);
        short[][] signal = [.. Specimens.Signal(model, 64).Select(x => Array.ConvertAll(x, value => (short)(value * 1000)))];
        short[] output = new short[model.OutputSize];
        Session first = new(model);
        BytesAllocated(() => StepIntegers(first, signal, output));
        Session session = new(model);
        Assert.Equal(0, BytesAllocated(() => StepIntegers(session, signal, output)));
    }

    [Theory, MemberData(nameof(DetectorWays))]
    public void Detectors_allocate_nothing(string way, ScoreCombination combination, ThresholdMethod threshold)
    {
        DetectorSettings settings = WatchedStream.Settings();
        (settings.Combination, settings.Threshold, settings.TwoSided, settings.SmoothChannels, settings.AddLevel) = (combination, threshold, true, true, true);
        if (threshold is ThresholdMethod.Fixed or ThresholdMethod.Sigma or ThresholdMethod.Dynamic) settings.Level = 3;
        if (combination == ScoreCombination.Mahalanobis) settings.Whitening = [.. Enumerable.Range(0, 21).Select(i => 1f / (1 + i))];
        short[][] signal = WatchedStream.Signal(64);
        float[][] floats = [.. signal.Select(x => Array.ConvertAll(x, value => (float)value))];
        Detector first = WatchedStream.Detector(way, settings);
        BytesAllocated(() => StepDetector(first, way, signal, floats));
        Detector detector = WatchedStream.Detector(way, settings);
        Assert.Equal(0, BytesAllocated(() => StepDetector(detector, way, signal, floats)));
        Assert.Equal(0, BytesAllocated(detector.Acknowledge));
        Assert.Equal(0, BytesAllocated(detector.Reset));
        Assert.Equal(0, BytesAllocated(() => StepDetector(detector, way, signal, floats)));
    }

    [Fact]
    public void Spans_allocate_nothing_after_their_first_step()
    {
        Model model = Specimens.Load("gru reset after");
        float[] input = new float[model.InputSize], output = new float[model.OutputSize];
        Session session = new(model);
        Assert.NotEqual(0, BytesAllocated(() => session.Step(input.AsSpan(), output.AsSpan())));
        Assert.Equal(0, BytesAllocated(() =>
        {
            for (int step = 0; step < _steps; step++) session.Step(input.AsSpan(), output.AsSpan());
        }));
    }

    [Fact]
    public void A_session_that_allocates_a_little_now_and_then_is_caught()
    {
        Model model = Specimens.Load("gru reset after");
        float[][] signal = Specimens.Signal(model, 64);
        float[] output = new float[model.OutputSize];
        Forgetful session = new(new Session(model));
        session.Step(signal[0], output);
        long bytes = BytesAllocated(() =>
        {
            for (int step = 0; step < 100; step++) session.Step(signal[step % signal.Length], output);
        });
        Assert.InRange(bytes, 1, 1_000);
    }

    private static long BytesAllocated(Action action)
    {
        Assert.True(GC.TryStartNoGCRegion(NoCollectionBytes));
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.EndNoGCRegion();
        return bytes;
    }

    private static void Step(Session session, float[][] signal, float[] output)
    {
        for (int step = 0; step < _steps; step++) session.Step(signal[step % signal.Length], 0, output, 0);
    }

    // Good samples, faults of every kind of entry, and pauses.
    private static void StepDetector(Detector detector, string way, short[][] signal, float[][] floats)
    {
        for (int step = 0, now = 0; step < _steps; step++, now += step % 50 == 0 ? 370 : 100)
        {
            int at = step % signal.Length;
            if (step % 97 == 96) detector.StepMissing();
            else if (way == WatchedStream.Counts && step % 2 == 0) detector.StepCounts(signal[at], 0);
            else if (way == WatchedStream.Counts) detector.StepCountsAt(signal[at], 0, now);
            else if (step % 2 == 0) detector.Step(floats[at], 0);
            else detector.StepAt(floats[at], 0, now);
        }
    }

    private static void StepIntegers(Session session, short[][] signal, short[] output)
    {
        for (int step = 0; step < _steps; step++)
        {
            short[] input = signal[step % signal.Length];
            if (session.Model.AcceptsCounts && step % 2 == 0) session.StepCounts(input, 0, output, 0);
            else session.StepQuantized(input, 0, output, 0);
        }
    }

    // The mistake the counter must see: one copy of the answer in every hundred steps.
    private sealed class Forgetful(Session session)
    {
        private int _step;

        public float[]? LastKept { get; private set; }

        public void Step(float[] input, float[] output)
        {
            session.Step(input, 0, output, 0);
            if (++_step % 100 == 0) LastKept = (float[])output.Clone();
        }
    }
}
