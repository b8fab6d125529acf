using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A device's storage, which outlives its power, and in the middle of whose writes the power may fail.</summary>
internal sealed class FailingStorage : IStorage
{
    private readonly MemoryStorage _memory = new();

    // Whether the power fails at the next write, with half of it on the medium.
    public bool IsToFail { get; set; }

    public int Read(int slot, byte[] buffer, int offset, int capacity) => _memory.Read(slot, buffer, offset, capacity);

    public int Write(int slot, byte[] buffer, int offset, int count)
    {
        if (!IsToFail) return _memory.Write(slot, buffer, offset, count);
        IsToFail = false;
        _memory.TornAfter = count / 2;
        _memory.Write(slot, buffer, offset, count);
        throw new PowerCutException();
    }
}
