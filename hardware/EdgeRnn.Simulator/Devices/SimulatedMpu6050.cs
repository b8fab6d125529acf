namespace EdgeRnn.Simulator;

/// <summary>A simulated InvenSense MPU-6050, from RM-MPU-6000A-00 revision 4.2: no auxiliary bus, no motion processor.</summary>
public sealed class SimulatedMpu6050 : InvenSenseDevice
{
    /// <summary>A device that has just been switched on.</summary>
    /// <param name="clock">Time.</param>
    public SimulatedMpu6050(VirtualClock clock) : base(clock, 0x68, 1024) => PowerUp();

    private protected override int FifoWords
    {
        get
        {
            int enabled = Registers[FifoEnable];
            return ((enabled & 0x08) != 0 ? 0x07 : 0) | ((enabled & 0x80) != 0 ? 0x08 : 0) | ((enabled & 0x40) != 0 ? 0x10 : 0) |
                ((enabled & 0x20) != 0 ? 0x20 : 0) | ((enabled & 0x10) != 0 ? 0x40 : 0);
        }
    }

    private protected override byte EmptyFifoByte => LastFifoByte;

    private protected override short TemperatureCounts(double celsius) => ConvertWord((celsius - 36.53) * 340);
}
