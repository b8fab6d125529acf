namespace EdgeRnn.Runtime;

/// <summary>How a layer computes, with the number each scheme has in an .ernn file: bits of a weight, bits of a value.</summary>
public enum Scheme
{
    /// <summary>Weights, values and state are float32.</summary>
    F32 = 0,

    /// <summary>16-bit weights, 16-bit values: nearly float accuracy at half the size.</summary>
    W16A16 = 1,

    /// <summary>8-bit weights, 16-bit values: the default of integer models.</summary>
    W8A16 = 2,

    /// <summary>8-bit weights, values rounded to 8 bits before each product: the fastest.</summary>
    W8A8 = 3,

    /// <summary>4-bit weights in groups of 32, 16-bit values: the smallest.</summary>
    W4A16 = 4,
}
