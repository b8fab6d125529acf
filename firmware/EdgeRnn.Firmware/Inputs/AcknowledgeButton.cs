using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

/// <summary>
/// A button by which a person says that an alarm has been seen. A press counts once it has lasted for <see cref="DebounceMicros"/>; where
/// the pin tells of edges, one that is shorter than a turn of the loop counts, too. A button that is held from the start is no press.
/// </summary>
public sealed class AcknowledgeButton
{
    /// <summary>How long a press must last, in microseconds: longer than a contact bounces.</summary>
    public const int DebounceMicros = 20_000;

    private readonly PulseInput _input;
    private bool _isStarted;

    /// <summary>A button; the pin is not touched before <see cref="Start"/>.</summary>
    /// <param name="pin">The pin, with a resistor towards the level of the open button; not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="isActiveLow">True where a press connects the pin with ground.</param>
    public AcknowledgeButton(IDigitalInput pin, IClock clock, bool isActiveLow = false)
    {
        _input = new PulseInput(pin, clock, DebounceMicros, isActiveLow);
    }

    /// <summary>Whether it was pressed between the last two calls of <see cref="Update"/>.</summary>
    public bool WasPressed { get; private set; }

    /// <summary>Begins to listen to the pin; where that fails, <see cref="Update"/> tries it again.</summary>
    /// <returns>A <see cref="BusStatus"/>.</returns>
    public int Start()
    {
        int status = _input.Start();
        _isStarted = status == BusStatus.Ok;
        return status;
    }

    /// <summary>Looks whether it was pressed.</summary>
    /// <returns>A <see cref="BusStatus"/>; where the pin cannot be read, nobody has pressed.</returns>
    public int Update()
    {
        WasPressed = false;
        if (!_isStarted) return Start();
        int status = _input.Read();
        if (status == BusStatus.Ok) WasPressed = _input.Pulses > 0;
        return status;
    }
}
