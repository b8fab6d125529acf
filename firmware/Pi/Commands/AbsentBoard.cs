using System;
using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// A board with nothing on it: everything opens and nothing answers, so that a configuration can be checked where no hardware may be touched.
/// A pin that is opened twice is refused, as a real board does.
/// </summary>
internal sealed class AbsentBoard : IBoard
{
    private readonly HashSet<int> _pins = [];

    /// <summary>A board.</summary>
    /// <param name="name">What messages begin with: the configuration that is checked.</param>
    /// <param name="clock">Time.</param>
    public AbsentBoard(string name, IClock clock)
    {
        Name = name;
        Clock = clock;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IClock Clock { get; }

    /// <inheritdoc/>
    public IRegisterBus OpenI2c(int bus, int address, int longestTransfer) => new AbsentPart();

    /// <inheritdoc/>
    public ISpiBus OpenSpi(int bus, int select, int clockHz, int mode, int longestTransfer) => new AbsentPart();

    /// <inheritdoc/>
    public IDigitalInput OpenInput(int pin, int pull) => Take(pin);

    /// <inheritdoc/>
    public IDigitalOutput OpenOutput(int pin, bool isHigh) => Take(pin);

    private AbsentPart Take(int pin) => _pins.Add(pin) ? new AbsentPart()
        : throw new BoardException(FormattableString.Invariant($"pin {pin}: expected one use, found two; give sensor, alarm and led pins of their own"));

    private sealed class AbsentPart : IRegisterBus, ISpiBus, IDigitalInput, IDigitalOutput
    {
        public int Read(int register, byte[] buffer, int offset, int count) => BusStatus.NoAnswer;

        public int Write(int register, byte[] buffer, int offset, int count) => BusStatus.NoAnswer;

        public int Transfer(byte[] write, byte[] read, int count) => BusStatus.NoAnswer;

        public int Read() => PinLevel.Failed;

        public bool Listen(IEdgeListener? listener) => false;

        public int Write(bool isHigh) => BusStatus.NoAnswer;
    }
}
