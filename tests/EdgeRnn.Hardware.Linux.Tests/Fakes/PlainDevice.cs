using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Fakes;

/// <summary>256 registers that keep what is written to them.</summary>
internal sealed class PlainDevice : RegisterDevice
{
    public byte[] Registers { get; } = new byte[256];

    public override void PowerUp() => System.Array.Clear(Registers);

    protected override byte ReadRegister(int register) => Registers[register];

    protected override void WriteRegister(int register, byte value) => Registers[register] = value;
}
