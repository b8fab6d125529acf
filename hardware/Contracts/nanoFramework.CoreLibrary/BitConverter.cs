namespace System
{
    public static class BitConverter
    {
        public static bool IsLittleEndian => throw null;

        public static long DoubleToInt64Bits(double value) => throw null;

        public static double Int64BitsToDouble(long value) => throw null;

        public static byte[] GetBytes(int value) => throw null;

        public static byte[] GetBytes(float value) => throw null;

        public static short ToInt16(byte[] value, int startIndex) => throw null;

        public static int ToInt32(byte[] value, int startIndex) => throw null;

        public static long ToInt64(byte[] value, int startIndex) => throw null;

        public static float ToSingle(byte[] value, int startIndex) => throw null;

        public static double ToDouble(byte[] value, int startIndex) => throw null;
    }
}
