using System;
using EdgeRnn.Simulator;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>A simulated board with an MPU-6050 on a pump: bus 1, address 0x68, alarm on pin 17, light on pin 27.</summary>
internal sealed class PumpBoard
{
    public const int AlarmPin = 17;
    public const int LedPin = 27;
    private const long Second = 1_000_000;

    public PumpBoard()
    {
        Device = new SimulatedMpu6050(Board.Time)
        {
            Acceleration = at => (Pump.At(at)[0], Pump.At(at)[1], Pump.At(at)[2]),
            Temperature = at => Pump.At(at)[3],
        };
        Faults = Board.AttachI2c(1, 0x68, Device);
    }

    public SimulatedBoard Board { get; } = new();

    public SimulatedMpu6050 Device { get; }

    public BusFaults Faults { get; }

    public VirtualClock Time => Board.Time;

    /// <summary>Takes the device away and brings it back as after power-up.</summary>
    public void TakeAway(double fromSeconds, double toSeconds)
    {
        At(fromSeconds, () => Faults.IsAway = true);
        At(toSeconds, () =>
        {
            Device.PowerUp();
            Faults.IsAway = false;
        });
    }

    /// <summary>What goes wrong in the scenario that every loop has to pass alike.</summary>
    public void Trouble()
    {
        At(31, () => Faults.NoAnswers = 3);
        At(32.5, () => Faults.ShortReads = 2);
        At(33.000003, () => Time.Advance(75_000)); // whatever else the processor had to do
        TakeAway(34, 36.2);
        At(38.000001, () => Time.Advance(1_234_567));
        At(50, () => Faults.NoAnswers = 1);
    }

    public void At(double seconds, Action act) => Time.At((long)Math.Round(seconds * Second), act);
}
