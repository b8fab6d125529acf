using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

// A board that only notes how a driver connects itself: so the options, and what stands for those that are left out, are read in one
// place, by the factory of drivers.
internal sealed class ConnectionProbe(SimulatedBoard board) : IBoard
{
    public string Name => board.Name;

    public IClock Clock => board.Clock;

    public int Bus { get; private set; }

    // I2C: the address; SPI: the select line.
    public int Place { get; private set; }

    public bool IsSpi { get; private set; }

    public int OutputPin { get; private set; }

    public int InputPin { get; private set; }

    public IRegisterBus OpenI2c(int bus, int address, int longestTransfer)
    {
        (Bus, Place, IsSpi) = (bus, address, false);
        return board.OpenI2c(bus, address, longestTransfer);
    }

    public ISpiBus OpenSpi(int bus, int select, int clockHz, int mode, int longestTransfer)
    {
        (Bus, Place, IsSpi) = (bus, select, true);
        return board.OpenSpi(bus, select, clockHz, mode, longestTransfer);
    }

    public IDigitalInput OpenInput(int pin, int pull) => board.Pin(InputPin = pin);

    public IDigitalOutput OpenOutput(int pin, bool isHigh) => board.Pin(OutputPin = pin);
}
