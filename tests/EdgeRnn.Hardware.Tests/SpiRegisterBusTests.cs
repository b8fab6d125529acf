using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>Registers over SPI.</summary>
public sealed class SpiRegisterBusTests
{
    private sealed class Wire : ISpiBus
    {
        public byte[] Sent { get; private set; } = [];

        public int Transfer(byte[] write, byte[] read, int count)
        {
            Sent = write[..count];
            for (int i = 0; i < count; i++) read[i] = (byte)(0x10 + i);
            return BusStatus.Ok;
        }
    }

    [Fact]
    public void Reading_several_registers_sets_both_flags_and_gives_what_came_behind_the_first_byte()
    {
        Wire wire = new();
        byte[] read = new byte[4];
        Assert.Equal(BusStatus.Ok, new SpiRegisterBus(wire, 0x80, 0xFF, 0x40, 6).Read(0x32, read, 1, 2));
        Assert.Equal([0xF2, 0, 0], wire.Sent);
        Assert.Equal([0, 0x11, 0x12, 0], read);
    }

    [Fact]
    public void Writing_a_register_keeps_the_bits_of_its_number_that_the_mask_keeps()
    {
        Wire wire = new();
        Assert.Equal(BusStatus.Ok, new SpiRegisterBus(wire, 0x80, 0x7F, 0, 6).Write(0xF4, [0x27], 0, 1));
        Assert.Equal([0x74, 0x27], wire.Sent);
    }

    [Fact]
    public void A_transfer_longer_than_it_was_made_for_is_refused()
    {
        SpiRegisterBus bus = new(new Wire(), 0x80, 0x7F, 0, 2);
        Assert.Equal(BusStatus.ShortTransfer, bus.Read(0, new byte[3], 0, 3));
        Assert.Equal(BusStatus.ShortTransfer, bus.Write(0, new byte[3], 0, 3));
    }
}
