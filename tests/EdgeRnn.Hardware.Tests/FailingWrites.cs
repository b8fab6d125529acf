using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>A bus whose writes can fail while its reads go on.</summary>
/// <param name="bus">Does what does not fail.</param>
internal sealed class FailingWrites(IRegisterBus bus) : IRegisterBus
{
    public bool IsFailing { get; set; }

    public int Read(int register, byte[] buffer, int offset, int count) => bus.Read(register, buffer, offset, count);

    public int Write(int register, byte[] buffer, int offset, int count) =>
        IsFailing ? BusStatus.NoAnswer : bus.Write(register, buffer, offset, count);
}
