using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// A board whose devices are computed: what is attached to it answers, everything else is an empty address or an open pin.
/// </summary>
public sealed class SimulatedBoard : IBoard
{
    private readonly Dictionary<(int Bus, int Address), SimulatedRegisterBus> _i2c = [];
    private readonly Dictionary<(int Bus, int Select), SimulatedSpiBus> _spi = [];
    private readonly Dictionary<int, VirtualPin> _pins = [];

    /// <inheritdoc/>
    public string Name => "simulated board";

    /// <summary>The time of everything on the board.</summary>
    public VirtualClock Time { get; } = new();

    /// <inheritdoc/>
    public IClock Clock => Time;

    /// <summary>Whether pins keep their changes; of pins that nobody has used before.</summary>
    public bool KeepsEdges { get; init; } = true;

    /// <summary>A pin, which need not be open.</summary>
    /// <param name="pin">Its number.</param>
    public VirtualPin Pin(int pin)
    {
        if (!_pins.TryGetValue(pin, out VirtualPin? found)) _pins[pin] = found = new VirtualPin(Time) { KeepsEdges = KeepsEdges };
        return found;
    }

    /// <summary>Puts a device on an I2C bus.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="address">The device's address.</param>
    /// <param name="device">The device.</param>
    /// <returns>What can go wrong with its transfers.</returns>
    public BusFaults AttachI2c(int bus, int address, RegisterDevice device) =>
        (_i2c[(bus, address)] = new SimulatedRegisterBus(device)).Faults;

    /// <summary>Puts a device on an SPI bus.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="select">Its select line.</param>
    /// <param name="device">The device.</param>
    /// <returns>What can go wrong with its transfers.</returns>
    public BusFaults AttachSpi(int bus, int select, ISpiDevice device) => (_spi[(bus, select)] = new SimulatedSpiBus(device)).Faults;

    /// <inheritdoc/>
    public IRegisterBus OpenI2c(int bus, int address, int longestTransfer) =>
        _i2c.TryGetValue((bus, address), out SimulatedRegisterBus? found) ? found : new EmptyBus();

    /// <inheritdoc/>
    public ISpiBus OpenSpi(int bus, int select, int clockHz, int mode, int longestTransfer) =>
        _spi.TryGetValue((bus, select), out SimulatedSpiBus? found) ? found : new EmptyBus();

    /// <inheritdoc/>
    public IDigitalInput OpenInput(int pin, int pull)
    {
        VirtualPin opened = Pin(pin);
        if (pull == PinPull.Up && !opened.HasChanged) opened.Drive(true);
        return opened;
    }

    /// <inheritdoc/>
    public IDigitalOutput OpenOutput(int pin, bool isHigh)
    {
        Pin(pin).Drive(isHigh);
        return Pin(pin);
    }

    // Nobody at this address: I2C is not acknowledged, SPI reads zeros.
    private sealed class EmptyBus : IRegisterBus, ISpiBus
    {
        public int Read(int register, byte[] buffer, int offset, int count) => BusStatus.NoAnswer;

        public int Write(int register, byte[] buffer, int offset, int count) => BusStatus.NoAnswer;

        public int Transfer(byte[] write, byte[] read, int count)
        {
            System.Array.Clear(read, 0, count);
            return BusStatus.Ok;
        }
    }
}
