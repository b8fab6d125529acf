namespace EdgeRnn.Hardware;

/// <summary>
/// What a BME280's or BMP280's conversions mean, by the coefficients its maker stored in it: the whole-number arithmetic of the
/// datasheets (BST-BMP280-DS001 3.11.3, BST-BME280-DS002 4.2.3), temperature and humidity in 32 bits, pressure in 64.
/// </summary>
public sealed class Bme280Compensation
{
    /// <summary>Bytes of the first block of coefficients, from register 0x88 on.</summary>
    public const int FirstBlockBytes = 26;

    /// <summary>Bytes of the second block, from register 0xE1 on; a BMP280 has none.</summary>
    public const int SecondBlockBytes = 7;

    private const int LargestHumidity = 100 << 22;

    private int _t1, _t2, _t3;
    private int _p1, _p2, _p3, _p4, _p5, _p6, _p7, _p8, _p9;
    private int _h1, _h2, _h3, _h4, _h5, _h6;

    /// <summary>The temperature that pressure and humidity are computed for, in 1/5120 degC: set by <see cref="Temperature"/>.</summary>
    public int FineTemperature { get; private set; }

    /// <summary>
    /// Whether there are coefficients at all: two that are never 0 are not, and the first two are not what an empty bus reads as.
    /// </summary>
    public bool IsPlausible => _t1 != 0 && _p1 != 0 && (_t1 != 0xFFFF || _t2 != -1);

    /// <summary>Takes the first block: T1 to T3, P1 to P9, and H1 in its last byte.</summary>
    /// <param name="bytes">At least <see cref="FirstBlockBytes"/>.</param>
    public void TakeFirstBlock(byte[] bytes)
    {
        _t1 = Unsigned(bytes, 0);
        _t2 = Signed(bytes, 2);
        _t3 = Signed(bytes, 4);
        _p1 = Unsigned(bytes, 6);
        _p2 = Signed(bytes, 8);
        _p3 = Signed(bytes, 10);
        _p4 = Signed(bytes, 12);
        _p5 = Signed(bytes, 14);
        _p6 = Signed(bytes, 16);
        _p7 = Signed(bytes, 18);
        _p8 = Signed(bytes, 20);
        _p9 = Signed(bytes, 22);
        _h1 = bytes[25];
    }

    /// <summary>Takes the second block: H2 to H6. H4 and H5 have 12 bits each and share a byte.</summary>
    /// <param name="bytes">At least <see cref="SecondBlockBytes"/>.</param>
    public void TakeSecondBlock(byte[] bytes)
    {
        _h2 = Signed(bytes, 0);
        _h3 = bytes[2];
        _h4 = (sbyte)bytes[3] * 16 + (bytes[4] & 0x0F);
        _h5 = (sbyte)bytes[5] * 16 + (bytes[4] >> 4);
        _h6 = (sbyte)bytes[6];
    }

    /// <summary>The temperature; keeps it for the two others.</summary>
    /// <param name="conversion">20 bits.</param>
    /// <returns>In 1/100 degC.</returns>
    public int Temperature(int conversion)
    {
        int linear = (((conversion >> 3) - (_t1 << 1)) * _t2) >> 11;
        int distance = (conversion >> 4) - _t1;
        int square = (((distance * distance) >> 12) * _t3) >> 14;
        FineTemperature = linear + square;
        return (FineTemperature * 5 + 128) >> 8;
    }

    /// <summary>The pressure at the temperature computed last.</summary>
    /// <param name="conversion">20 bits.</param>
    /// <returns>In 1/256 Pa; 0 where the coefficients give none.</returns>
    public long Pressure(int conversion)
    {
        long t = FineTemperature - 128_000L;
        long offset = t * t * _p6 + ((t * _p5) << 17) + ((long)_p4 << 35);
        long slope = ((t * t * _p3) >> 8) + ((t * _p2) << 12);
        slope = (((1L << 47) + slope) * _p1) >> 33;
        if (slope == 0) return 0;
        long p = (((1_048_576L - conversion) << 31) - offset) * 3125 / slope;
        long square = (_p9 * (p >> 13) * (p >> 13)) >> 25;
        long linear = (_p8 * p) >> 19;
        return ((p + square + linear) >> 8) + ((long)_p7 << 4);
    }

    /// <summary>The relative humidity at the temperature computed last.</summary>
    /// <param name="conversion">16 bits.</param>
    /// <returns>In 1/1024 %, 0 to 102 400.</returns>
    public int Humidity(int conversion)
    {
        int t = FineTemperature - 76_800;
        int signal = ((conversion << 14) - (_h4 << 20) - _h5 * t + 16_384) >> 15;
        int gain = (((t * _h6) >> 10) * (((t * _h3) >> 11) + 32_768)) >> 10;
        int h = signal * (((gain + 2_097_152) * _h2 + 8192) >> 14);
        h -= (((h >> 15) * (h >> 15)) >> 7) * _h1 >> 4;
        if (h < 0) return 0;
        return (h > LargestHumidity ? LargestHumidity : h) >> 12;
    }

    private static int Unsigned(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

    private static int Signed(byte[] bytes, int at) => (short)(bytes[at] | (bytes[at + 1] << 8));
}
