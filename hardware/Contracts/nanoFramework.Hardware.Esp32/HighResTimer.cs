namespace nanoFramework.Hardware.Esp32
{
    public class HighResTimer : System.IDisposable
    {
        public static ulong GetCurrent() => throw null;

        public void Dispose() => throw null;
    }
}
