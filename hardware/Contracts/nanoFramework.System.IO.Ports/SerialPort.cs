namespace System.IO.Ports
{
    public sealed class SerialPort : IDisposable
    {
        public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8,
            StopBits stopBits = StopBits.One)
        {
        }

        public int WriteTimeout
        {
            get => throw null;
            set => throw null;
        }

        public static string[] GetPortNames() => throw null;

        public void Open() => throw null;

        public void Close() => throw null;

        public void Write(byte[] buffer, int offset, int count) => throw null;

        public void Dispose() => throw null;
    }

    public enum Parity
    {
        None = 0,
        Odd = 1,
        Even = 2,
    }

    public enum StopBits
    {
        One = 1,
        Two = 2,
        OnePointFive = 3,
    }
}
