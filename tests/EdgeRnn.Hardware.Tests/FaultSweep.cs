using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Puts a fault at every transfer of something, one after the other, each time with a sensor of its own.</summary>
internal static class FaultSweep
{
    /// <summary>Of a start: it reports the fault, nothing can be read, and the next start succeeds.</summary>
    /// <param name="make">A sensor that was not started, and its bus.</param>
    /// <param name="spoil">Sets the fault.</param>
    /// <param name="expected">Whether a start may say that: from the transfer's number and the status.</param>
    public static void OfStart(Func<(ISensor Sensor, BusFaults Faults)> make, Action<BusFaults> spoil, Func<int, int, bool> expected)
    {
        (ISensor sound, BusFaults counted) = make();
        Assert.Equal(SensorStatus.Ok, sound.Start());
        for (int transfer = 0; transfer < counted.Transfers; transfer++)
        {
            (ISensor sensor, BusFaults faults) = make();
            faults.GoodTransfers = transfer;
            spoil(faults);
            int status = sensor.Start();
            Assert.True(expected(transfer, status), $"fault at transfer {transfer}: {status}, {SensorStatus.Describe(status)}");
            (faults.GoodTransfers, faults.NoAnswers, faults.ShortReads) = (0, 0, 0);
            if (status != SensorStatus.Ok) Assert.Equal(SensorStatus.NotStarted, sensor.Read(new float[sensor.ChannelCount], 0));
            Assert.Equal(SensorStatus.Ok, sensor.Start());
        }
    }
}
