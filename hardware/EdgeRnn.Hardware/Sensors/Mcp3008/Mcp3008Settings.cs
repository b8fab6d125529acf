namespace EdgeRnn.Hardware;

/// <summary>What an <see cref="Mcp3008"/> measures. Read when the driver is made, not kept.</summary>
public sealed class Mcp3008Settings
{
    /// <summary>What a sample consists of, in its order: 0 to 7 for a pin against ground, else an <see cref="Mcp3008Channel"/>; 1 to 16
    /// of them.</summary>
    public int[] Channels { get; set; } = { 0 };

    /// <summary>The voltage at VREF in volt, above 0: what a count of 1024 would stand for.</summary>
    public double ReferenceVolts { get; set; } = 3.3;
}
