using System;

namespace EdgeRnn.Simulator;

// Places for samples of three words. When it is full, the oldest goes.
internal sealed class FrameFifo(int capacity)
{
    private readonly short[] _words = new short[3 * capacity];
    private int _first;

    public int Count { get; private set; }

    public ReadOnlySpan<short> Oldest => _words.AsSpan(3 * _first, 3);

    public void Clear() => Count = _first = 0;

    public void Push(ReadOnlySpan<short> frame)
    {
        if (Count == capacity) Pop();
        frame.CopyTo(_words.AsSpan(3 * ((_first + Count) % capacity)));
        Count++;
    }

    public void Pop()
    {
        _first = (_first + 1) % capacity;
        Count--;
    }
}
