using System.Reflection;

namespace System
{
    public abstract class Type : MemberInfo
    {
        public abstract Assembly Assembly { get; }

        public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => throw null;
    }

    public struct RuntimeTypeHandle
    {
    }

    public struct RuntimeFieldHandle
    {
    }

    public struct RuntimeMethodHandle
    {
    }
}

namespace System.Reflection
{
    public abstract class MemberInfo
    {
    }

    public class Assembly
    {
        public virtual string FullName => throw null;

        public static Assembly GetExecutingAssembly() => throw null;
    }
}
