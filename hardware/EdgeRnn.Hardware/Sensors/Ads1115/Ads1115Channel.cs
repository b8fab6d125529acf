namespace EdgeRnn.Hardware;

/// <summary>What an <see cref="Ads1115"/> measures: a pin against ground, or the difference of two. The numbers are the device's.</summary>
public static class Ads1115Channel
{
    /// <summary>AIN0 minus AIN1.</summary>
    public const int Ain0MinusAin1 = 0;

    /// <summary>AIN0 minus AIN3.</summary>
    public const int Ain0MinusAin3 = 1;

    /// <summary>AIN1 minus AIN3.</summary>
    public const int Ain1MinusAin3 = 2;

    /// <summary>AIN2 minus AIN3.</summary>
    public const int Ain2MinusAin3 = 3;

    /// <summary>AIN0 against ground.</summary>
    public const int Ain0 = 4;

    /// <summary>AIN1 against ground.</summary>
    public const int Ain1 = 5;

    /// <summary>AIN2 against ground.</summary>
    public const int Ain2 = 6;

    /// <summary>AIN3 against ground.</summary>
    public const int Ain3 = 7;
}
