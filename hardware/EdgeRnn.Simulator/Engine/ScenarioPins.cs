using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>What is connected to the pins of a scenario's board; null: nothing.</summary>
/// <param name="Alarm">On while there is an alarm.</param>
/// <param name="Led">The status light.</param>
/// <param name="Buzzer">The buzzer.</param>
/// <param name="Button">The button that acknowledges.</param>
public sealed record ScenarioPins(PinUse? Alarm, PinUse? Led, PinUse? Buzzer, PinUse? Button)
{
    /// <summary>Those that are there, with their names: alarm, led, buzzer, button.</summary>
    public IEnumerable<(string Name, PinUse Use)> All =>
        new (string Name, PinUse? Use)[] { ("alarm", Alarm), ("led", Led), ("buzzer", Buzzer), ("button", Button) }
            .Where(pin => pin.Use != null).Select(pin => (pin.Name, pin.Use!));
}
