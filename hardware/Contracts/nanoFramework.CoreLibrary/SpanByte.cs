namespace System
{
    public readonly ref struct SpanByte
    {
        public SpanByte(byte[] array) => throw null;

        public SpanByte(byte[] array, int start, int length) => throw null;

        public int Length => throw null;

        public byte this[int index]
        {
            get => throw null;
            set => throw null;
        }

        public static implicit operator SpanByte(byte[] array) => throw null;
    }

    public struct TimeSpan
    {
        public TimeSpan(long ticks) => throw null;

        public long Ticks => throw null;

        public static TimeSpan FromMilliseconds(long value) => throw null;
    }
}
