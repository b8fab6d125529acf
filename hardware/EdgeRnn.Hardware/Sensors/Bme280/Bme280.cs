using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Temperature in degC, pressure in Pa and relative humidity in % from a BME280, or the first two from a BMP280 (BST-BME280-DS002,
/// BST-BMP280-DS001). A sample is one burst, so that its channels belong together. Never waits in <see cref="Read"/>.
/// </summary>
/// <example>
/// <code>
/// Bme280 sensor = new Bme280(board.OpenI2c(1, 0x76, Bme280.LongestTransfer), board.Clock, new Bme280Settings());
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class Bme280 : ISensor
{
    /// <summary>Most bytes of one transfer.</summary>
    public const int LongestTransfer = Bme280Compensation.FirstBlockBytes;

    private const int FirstCoefficient = 0x88, Identity = 0xD0, Reset = 0xE0, SecondCoefficients = 0xE1;
    private const int HumidityControl = 0xF2, Status = 0xF3, Control = 0xF4, Config = 0xF5;
    private const int ResetWord = 0xB6, IdBme280 = 0x60, IdBmp280 = 0x58, FirstIdBmp280 = 0x56;
    private const int Measuring = 0x08, CopyingCoefficients = 0x01;
    private const int Sleep = 0, Forced = 1, Normal = 3, ModeBits = 3;
    private const int NoConversion = 0x80000, NoHumidityConversion = 0x8000;
    private const int StartMicros = 2_000, CopyTries = 5;
    private const int DataOffset = 4;  // of a burst that begins at Status

    private static readonly int[] _oversamplings = { 0, 1, 2, 4, 8, 16 };
    private static readonly int[] _filters = { 0, 2, 4, 8, 16 };
    private static readonly int[] _standbys = { 500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 10_000, 20_000 };

    private readonly RegisterPort _port;
    private readonly IClock _clock;
    private readonly Bme280Compensation _compensation = new Bme280Compensation();
    private readonly bool _hasPressure;
    private readonly bool _hasHumidity;
    private readonly bool _isForced;
    private readonly int _humidityControl;
    private readonly int _control;  // oversampling of temperature and pressure, without the mode
    private readonly int _config;
    private bool _isStarted;
    private bool _isTriggered;
    private long _triggeredMicros;

    /// <summary>A driver. Nothing is sent.</summary>
    /// <param name="bus">The device: I2C at 0x76 or 0x77, or SPI through a <see cref="SpiRegisterBus"/> (0x80, 0x7F, 0); made for
    /// <see cref="LongestTransfer"/>. Not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is none of the possible values.</exception>
    public Bme280(IRegisterBus bus, IClock clock, Bme280Settings settings)
    {
        int temperature = SettingCheck.OneOf("Bme280Settings.TemperatureOversampling", settings.TemperatureOversampling, _oversamplings);
        int pressure = SettingCheck.OneOf("Bme280Settings.PressureOversampling", settings.PressureOversampling, _oversamplings);
        int humidity = SettingCheck.OneOf("Bme280Settings.HumidityOversampling", settings.HumidityOversampling, _oversamplings);
        int filter = SettingCheck.OneOf("Bme280Settings.Filter", settings.Filter, _filters);
        int standby = SettingCheck.OneOf("Bme280Settings.StandbyMicros", settings.StandbyMicros, _standbys);
        SettingCheck.Require(temperature > 0, "Bme280Settings.TemperatureOversampling", "1, 2, 4, 8 or 16", "0");
        SettingCheck.Require(standby < 6 || humidity > 0, "Bme280Settings.StandbyMicros", "500 us or at least 62500 us without humidity",
            settings.StandbyMicros);
        _port = new RegisterPort(bus, LongestTransfer);
        _clock = clock;
        _hasPressure = pressure > 0;
        _hasHumidity = humidity > 0;
        _isForced = settings.IsForced;
        _humidityControl = humidity;
        _control = (temperature << 5) | (pressure << 2);
        _config = (standby << 5) | (filter << 2);
        ChannelCount = 1 + (_hasPressure ? 1 : 0) + (_hasHumidity ? 1 : 0);
        // The longest it may take, from the datasheet's appendix.
        int conversions = settings.TemperatureOversampling + settings.PressureOversampling + settings.HumidityOversampling;
        MeasurementMicros = 1250 + 2300 * conversions + (_hasPressure ? 575 : 0) + (_hasHumidity ? 575 : 0);
    }

    /// <inheritdoc/>
    public string Name => _hasHumidity ? "BME280" : "BMP280";

    /// <inheritdoc/>
    public int ChannelCount { get; }

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => false;

    /// <summary>The longest a measurement takes, in microseconds: a forced one that is asked for sooner is not there yet.</summary>
    public int MeasurementMicros { get; }

    /// <inheritdoc/>
    public string ChannelName(int channel) => channel == 0 ? "temperature" : channel == 1 && _hasPressure ? "pressure" : "humidity";

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => channel == 0 ? "degC" : channel == 1 && _hasPressure ? "Pa" : "%";

    /// <summary>
    /// Finds, resets and sets the device up, and waits for its first measurement: 2 ms and <see cref="MeasurementMicros"/>.
    /// <see cref="SensorStatus.NotStarted"/> where it does not get ready or holds no coefficients.
    /// </summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        _isStarted = false;
        int status = Identify();
        if (status == SensorStatus.Ok) status = ResetDevice();
        if (status == SensorStatus.Ok) status = ReadCoefficients();
        if (status == SensorStatus.Ok) status = WriteSettings();
        if (status == SensorStatus.Ok) status = _isForced ? Trigger() : _port.Write(Control, _control | Normal);
        if (status != SensorStatus.Ok) return status;
        _clock.SleepUntil(_clock.NowMicros + MeasurementMicros);
        _isStarted = true;
        return SensorStatus.Ok;
    }

    /// <summary>
    /// The last measurement: in forced mode the one that the call before, or <see cref="Start"/>, asked for, and it asks for the
    /// next. <see cref="SensorStatus.NoSample"/> where a forced one is not ready yet.
    /// </summary>
    /// <param name="values">Temperature, pressure, humidity, those that are measured; pressure or humidity NaN where there is none.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Read(float[] values, int offset)
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        // Status, settings and data in one burst: shadowing keeps the data of one measurement, and lost settings show for free.
        int status = _port.Read(Status, DataOffset + (_hasHumidity ? 8 : 6));
        if (status != BusStatus.Ok) return status;
        byte[] bytes = _port.Bytes;
        if ((bytes[1] & ~ModeBits) != _control || (bytes[2] & 0xFC) != _config) return SensorStatus.LostSettings;
        if (!_isForced && (bytes[1] & ModeBits) != Normal) return SensorStatus.LostSettings;
        if (!_isForced) return Convert(bytes, values, offset) ? SensorStatus.Ok : SensorStatus.BadReading;
        return ReadForced(bytes, values, offset);
    }

    /// <inheritdoc/>
    public int ReadCounts(short[] counts, int offset) => SensorStatus.BadReading;

    private int ReadForced(byte[] bytes, float[] values, int offset)
    {
        bool isMeasuring = (bytes[0] & Measuring) != 0;
        if (_isTriggered && isMeasuring && _clock.NowMicros - _triggeredMicros < MeasurementMicros) return SensorStatus.NoSample;
        int result = SensorStatus.NoSample;
        if (_isTriggered) result = !isMeasuring && Convert(bytes, values, offset) ? SensorStatus.Ok : SensorStatus.BadReading;
        int status = Trigger();
        return status == BusStatus.Ok || result == SensorStatus.Ok ? result : status;
    }

    // What could not be asked for now is asked for at the next read, so that no measurement is given twice.
    private int Trigger()
    {
        int status = _port.Write(Control, _control | Forced);
        _isTriggered = status == BusStatus.Ok;
        _triggeredMicros = _clock.NowMicros;
        return status;
    }

    // False where nothing was converted since the device began: every channel still holds what it holds after a reset. One alone
    // may hold that by chance, the temperature near 26 degC.
    private bool Convert(byte[] bytes, float[] values, int offset)
    {
        int pressure = Conversion(bytes, DataOffset), temperature = Conversion(bytes, DataOffset + 3);
        int humidity = _hasHumidity ? (bytes[DataOffset + 6] << 8) | bytes[DataOffset + 7] : NoHumidityConversion;
        if (ChannelCount > 1 && temperature == NoConversion && pressure == NoConversion && humidity == NoHumidityConversion) return false;
        values[offset] = _compensation.Temperature(temperature) / 100f;
        if (_hasPressure)
        {
            long pascal = _compensation.Pressure(pressure);
            values[offset + 1] = pascal <= 0 ? float.NaN : (float)(pascal / 256.0);
        }
        if (_hasHumidity) values[offset + ChannelCount - 1] = _compensation.Humidity(humidity) / 1024f;
        return true;
    }

    private static int Conversion(byte[] bytes, int at) => (bytes[at] << 12) | (bytes[at + 1] << 4) | (bytes[at + 2] >> 4);

    private int Identify()
    {
        int status = _port.Read(Identity, 1);
        if (status != BusStatus.Ok) return status;
        int id = _port.Bytes[0];
        bool isBmp280 = id >= FirstIdBmp280 && id <= IdBmp280;
        return id == IdBme280 || (isBmp280 && !_hasHumidity) ? SensorStatus.Ok : SensorStatus.WrongDevice;
    }

    private int ResetDevice()
    {
        int status = _port.Write(Reset, ResetWord);
        for (int i = 0; i < CopyTries && status == BusStatus.Ok; i++)
        {
            _clock.SleepUntil(_clock.NowMicros + StartMicros);
            status = _port.Read(Status, 1);
            if (status == BusStatus.Ok && (_port.Bytes[0] & CopyingCoefficients) == 0) return SensorStatus.Ok;
        }
        return status != BusStatus.Ok ? status : SensorStatus.NotStarted;
    }

    private int ReadCoefficients()
    {
        int status = _port.Read(FirstCoefficient, Bme280Compensation.FirstBlockBytes);
        if (status != BusStatus.Ok) return status;
        _compensation.TakeFirstBlock(_port.Bytes);
        if (_hasHumidity)
        {
            status = _port.Read(SecondCoefficients, Bme280Compensation.SecondBlockBytes);
            if (status != BusStatus.Ok) return status;
            _compensation.TakeSecondBlock(_port.Bytes);
        }
        return _compensation.IsPlausible ? SensorStatus.Ok : SensorStatus.NotStarted;
    }

    // After the reset the device sleeps, so that it takes the filter; the humidity's setting counts from the write behind it on.
    private int WriteSettings()
    {
        int status = _hasHumidity ? _port.Write(HumidityControl, _humidityControl) : BusStatus.Ok;
        if (status == BusStatus.Ok) status = _port.Write(Config, _config);
        if (status == BusStatus.Ok) status = _port.Write(Control, _control | Sleep);
        if (status == BusStatus.Ok) status = _port.Read(HumidityControl, 4);
        if (status != BusStatus.Ok) return status;
        byte[] bytes = _port.Bytes;
        if (_hasHumidity && (bytes[0] & 7) != _humidityControl) return SensorStatus.LostSettings;
        if (bytes[2] != (_control | Sleep) || (bytes[3] & 0xFC) != _config) return SensorStatus.LostSettings;
        return SensorStatus.Ok;
    }
}
