namespace System
{
    public abstract class Delegate
    {
        public static Delegate Combine(Delegate a, Delegate b) => throw null;

        public static Delegate Remove(Delegate source, Delegate value) => throw null;
    }

    public abstract class MulticastDelegate : Delegate
    {
    }

    public delegate void Action();
}
