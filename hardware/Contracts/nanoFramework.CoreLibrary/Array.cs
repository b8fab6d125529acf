using System.Collections;

namespace System
{
    public abstract class Array : IList
    {
        public int Length => throw null;

        public static void Copy(Array sourceArray, Array destinationArray, int length) => throw null;

        public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length) => throw null;

        public static void Clear(Array array, int index, int length) => throw null;

        public IEnumerator GetEnumerator() => throw null;
    }
}

namespace System.Collections
{
    public interface IEnumerable
    {
        IEnumerator GetEnumerator();
    }

    public interface IEnumerator
    {
        object Current { get; }

        bool MoveNext();

        void Reset();
    }

    public interface ICollection : IEnumerable
    {
    }

    public interface IList : ICollection
    {
    }
}
