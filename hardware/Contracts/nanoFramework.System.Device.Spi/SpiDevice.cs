using System.Device.Gpio;

namespace System.Device.Spi
{
    public class SpiDevice : IDisposable
    {
        public SpiDevice(SpiConnectionSettings settings)
        {
        }

        public SpiConnectionSettings ConnectionSettings => throw null;

        public static SpiDevice Create(SpiConnectionSettings settings) => throw null;

        public void Read(SpanByte buffer) => throw null;

        public void Write(SpanByte buffer) => throw null;

        public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer) => throw null;

        public void Dispose() => throw null;

        protected void Dispose(bool disposing) => throw null;
    }

    public sealed class SpiConnectionSettings
    {
        public SpiConnectionSettings(int busId, int chipSelectLine = -1)
        {
        }

        public int BusId { get; set; }

        public int ChipSelectLine { get; set; }

        public SpiMode Mode { get; set; }

        public int DataBitLength { get; set; }

        public int ClockFrequency { get; set; }

        public DataFlow DataFlow { get; set; }

        public PinValue ChipSelectLineActiveState { get; set; }

        public SpiBusConfiguration Configuration { get; set; }
    }

    public enum SpiMode
    {
        Mode0 = 0,
        Mode1 = 1,
        Mode2 = 2,
        Mode3 = 3,
    }

    public enum DataFlow
    {
        MsbFirst = 0,
        LsbFirst = 1,
    }

    public enum SpiBusConfiguration
    {
        FullDuplex = 0,
        HalfDuplex = 1,
        Simplex = 2,
    }
}
