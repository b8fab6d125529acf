namespace System
{
    public static class Math
    {
        public static int Abs(int value) => throw null;

        public static double Exp(double d) => throw null;

        public static double Log(double d) => throw null;

        public static int Max(int val1, int val2) => throw null;

        public static int Min(int val1, int val2) => throw null;

        public static double Sqrt(double d) => throw null;

        public static double Tanh(double value) => throw null;
    }
}
