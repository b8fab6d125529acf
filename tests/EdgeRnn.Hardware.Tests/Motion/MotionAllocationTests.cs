using EdgeRnn.Hardware;

namespace EdgeRnn.Tests.Motion;

/// <summary>Reads and starts allocate no byte, faults or not.</summary>
[Collection(nameof(MotionAllocationTests)), CollectionDefinition(nameof(MotionAllocationTests), DisableParallelization = true)]
public sealed class MotionAllocationTests
{
    private const int Turns = 300;

    public static TheoryData<string> Names => MotionRig.Names;

    [Theory, MemberData(nameof(Names))]
    public void Reading_allocates_nothing(string name)
    {
        foreach (bool useFifo in new[] { true, false })
        {
            // What the process allocates once, for its first use of the code, is not the sensor's.
            MotionRig first = MotionRig.Started(name, useFifo), rig = MotionRig.Started(name, useFifo);
            float[] values = new float[7];
            short[] counts = new short[7];
            Run(first, values, counts);
            Assert.Equal(0, AllocatedBytes.During(() => Run(rig, values, counts)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Starting_allocates_nothing(string name)
    {
        MotionRig rig = MotionRig.Started(name);
        Assert.Equal(0, AllocatedBytes.During(() => rig.Sensor.Start()));
    }

    // Good turns, late ones, an overflow, faults of the bus.
    private static void Run(MotionRig rig, float[] values, short[] counts)
    {
        for (int turn = 0; turn < Turns; turn++)
        {
            rig.Pass(turn % 97 == 96 ? 4 * rig.Depth : turn % 10 == 9 ? 8 : 1);
            if (turn % 50 == 20) rig.Faults.ShortReads = 1;
            if (turn % 50 == 40) rig.Faults.NoAnswers = 2;
            int status;
            int most = 200;
            do status = turn % 2 == 0 ? rig.Sensor.Read(values, 0) : rig.Sensor.ReadCounts(counts, 0);
            while (status is SensorStatus.Ok or SensorStatus.Overflow && --most > 0);
        }
    }
}
