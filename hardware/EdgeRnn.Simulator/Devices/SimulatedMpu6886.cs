namespace EdgeRnn.Simulator;

/// <summary>A simulated TDK InvenSense MPU-6886, from DS-000193 revision 1.1: no motion interrupts, no low-power modes.</summary>
public sealed class SimulatedMpu6886 : InvenSenseDevice
{
    private const int WatermarkHigh = 0x60;
    private const int WatermarkLow = 0x61;
    private const int WatermarkStatus = 0x39;
    private const int WatermarkBit = 0x40;

    private bool _isAboveWatermark;

    /// <summary>A device that has just been switched on.</summary>
    /// <param name="clock">Time.</param>
    public SimulatedMpu6886(VirtualClock clock) : base(clock, 0x19, 1008) => PowerUp();

    private int Watermark => ((Registers[WatermarkHigh] & 3) << 8) | Registers[WatermarkLow];

    // The temperature comes with either of the others.
    private protected override int FifoWords =>
        ((Registers[FifoEnable] & 0x08) != 0 ? 0x0F : 0) | ((Registers[FifoEnable] & 0x10) != 0 ? 0x78 : 0);

    private protected override byte EmptyFifoByte => 0xFF;

    private protected override bool HasInterrupt => _isAboveWatermark || base.HasInterrupt;

    private protected override short TemperatureCounts(double celsius) => ConvertWord((celsius - 25) * 326.8);

    private protected override void Reset()
    {
        base.Reset();
        _isAboveWatermark = false;
        Registers[0x1A] = 0x80;
        Registers[PowerManagement1] = 0x41;
    }

    private protected override void Measure(long atMicros)
    {
        base.Measure(atMicros);
        if (Watermark > 0 && FifoCount >= Watermark) _isAboveWatermark = true;
    }

    private protected override byte Get(int register)
    {
        if (register != WatermarkStatus)
        {
            byte value = base.Get(register);
            if (FifoCount < Watermark) _isAboveWatermark = false;
            return value;
        }
        bool was = _isAboveWatermark;
        _isAboveWatermark = false;
        return was ? (byte)WatermarkBit : (byte)0;
    }
}
