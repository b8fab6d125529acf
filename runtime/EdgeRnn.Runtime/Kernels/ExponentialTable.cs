namespace EdgeRnn.Runtime;

/// <summary>The powers of two between 1 and 1/2, for <see cref="IntegerSoftmax"/>. 132 bytes.</summary>
internal static class ExponentialTable
{
    /// <summary>Fraction bits of a knot.</summary>
    public const int KnotBits = 30;

    /// <summary>Knots per halving are 2^StepsPerHalvingBits.</summary>
    public const int StepsPerHalvingBits = 5;

    private static int[]? _knots; // made for the first model that needs it; others do without

    /// <summary>
    /// The one array of all models, not to be written to: knot i in [0, 32] is round(2^30 2^(-i/32)). GateTableTests computes
    /// them again.
    /// </summary>
    public static int[] Load()
    {
        _knots ??= new[]
        {
            1073741824, 1050733751, 1028218693, 1006186087, 984625594, 963527098, 942880699, 922676710, 902905651, 883558244,
            864625413, 846098274, 827968132, 810226483, 792865000, 775875538, 759250125, 742980960, 727060411, 711481005,
            696235434, 681316545, 666717336, 652430958, 638450708, 624770026, 611382493, 598281827, 585461881, 572916640,
            560640218, 548626854, 536870912,
        };
        return _knots;
    }
}
