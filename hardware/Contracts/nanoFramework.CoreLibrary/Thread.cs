namespace System.Threading
{
    public delegate void ThreadStart();

    public delegate void TimerCallback(object state);

    public sealed class Thread
    {
        public Thread(ThreadStart start)
        {
        }

        public void Start() => throw null;

        public static void Sleep(int millisecondsTimeout) => throw null;
    }

    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        public Timer(TimerCallback callback, object state, int dueTime, int period)
        {
        }

        public bool Change(int dueTime, int period) => throw null;

        public void Dispose() => throw null;
    }

    public static class Monitor
    {
        public static void Enter(object obj) => throw null;

        public static void Exit(object obj) => throw null;
    }

    public static class Interlocked
    {
        public static int Increment(ref int location) => throw null;

        public static int Exchange(ref int location1, int value) => throw null;

        public static int CompareExchange(ref int location1, int value, int comparand) => throw null;
    }

    public static class Timeout
    {
        public const int Infinite = -1;
    }
}
