namespace EdgeRnn.Hardware;

/// <summary>The resistor a pin is read with.</summary>
public static class PinPull
{
    /// <summary>None: something outside drives the pin.</summary>
    public const int None = 0;

    /// <summary>Towards the supply: open means high.</summary>
    public const int Up = 1;

    /// <summary>Towards ground: open means low.</summary>
    public const int Down = 2;
}
