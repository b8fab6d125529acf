using System;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests.Bindings;

/// <summary>
/// One simulated device that our own driver and the binding read in turn, over the library's interfaces. Time passes with transfers
/// alone.
/// </summary>
internal sealed class BindingBench
{
    private const int TransferMicros = 100;
    private const int WaitMicros = 200_000; // longer than any measurement here

    public BindingBench() => Assert.SkipUnless(DevicePackages.AreReal, "needs the real bindings; build with -p:UseDevicePackages=true");

    public VirtualClock Clock { get; } = new();

    public FakeI2cDevice OverI2c(RegisterDevice device) =>
        new(device) { OnTransfer = () => Clock.Advance(TransferMicros), KeepsTransfers = false };

    public FakeSpiDevice OverSpi(ISpiDevice device) => new(device) { OnTransfer = () => Clock.Advance(TransferMicros) };

    /// <summary>The first sample after a start and a wait.</summary>
    public float[] Sample(ISensor sensor)
    {
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Clock.Advance(WaitMicros);
        float[] values = new float[sensor.ChannelCount];
        Assert.Equal(SensorStatus.Ok, sensor.Read(values, 0));
        return values;
    }

    /// <summary>Both sensors have the same channels and give the same sample.</summary>
    /// <param name="own">Read first.</param>
    /// <param name="binding">Read second.</param>
    /// <param name="tolerances">Largest difference of each channel.</param>
    public void Agree(ISensor own, ISensor binding, params double[] tolerances)
    {
        Assert.Equal(Channels(own), Channels(binding));
        float[] expected = Sample(own), found = Sample(binding);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerances[i],
                $"{own.Name} {own.ChannelName(i)}: own driver {expected[i]}, binding {found[i]}, tolerance {tolerances[i]}");
        }
    }

    private static string[] Channels(ISensor sensor) =>
        [.. Enumerable.Range(0, sensor.ChannelCount).Select(channel => $"{sensor.ChannelName(channel)} in {sensor.ChannelUnit(channel)}")];
}
