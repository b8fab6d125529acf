using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A device's storage, which outlives its power, and in the middle of whose writes the power may fail.</summary>
internal sealed class FailingStorage : IStorage
{
    private readonly MemoryStorage _memory = new();

    // How long the power fails at the next write, with half of it on the medium; 0: it does not.
    public long FailsForMicros { get; set; }

    public int Read(int slot, byte[] buffer, int offset, int capacity) => _memory.Read(slot, buffer, offset, capacity);

    public int Write(int slot, byte[] buffer, int offset, int count)
    {
        if (FailsForMicros == 0) return _memory.Write(slot, buffer, offset, count);
        long micros = FailsForMicros;
        FailsForMicros = 0;
        _memory.TornAfter = count / 2;
        _memory.Write(slot, buffer, offset, count);
        throw new PowerCutException(micros);
    }
}
