namespace EdgeRnn.Hardware;

/// <summary>
/// What <see cref="Mpu6050"/> and <see cref="Mpu6886"/> share: the register map but for a few places, the scales of acceleration and
/// rotation, and a FIFO of bytes that has to be read in whole frames.
/// </summary>
public abstract class InvenSenseSensor : MotionSensor
{
    /// <summary>Most bytes of one transfer: what the bus is to be opened with.</summary>
    public const int LongestTransfer = MostFrames * AllDataBytes;

    private protected const int MostFrames = 12;
    private protected const int AllDataBytes = 14; // acceleration, temperature, rotation: three, one and three words, high byte first

    private const int SampleRateDivider = 0x19;
    private const int Config = 0x1A;
    private const int GyroConfig = 0x1B;
    private const int AccelConfig = 0x1C;
    private const int FifoEnable = 0x23;
    private const int InterruptEnable = 0x38;
    private const int InterruptStatus = 0x3A;
    private const int UserControl = 0x6A;
    private const int PowerManagement1 = 0x6B;
    private const int PowerManagement2 = 0x6C;
    private const int FifoCount = 0x72;
    private const int FifoReadWrite = 0x74;
    private const int WhoAmI = 0x75;

    private const int DeviceReset = 0x80;
    private const int ClockOfGyro = 0x01;      // steadier than the internal oscillator, and there only where the gyroscope runs
    private const int GyroStandby = 0x07;
    private const int AccelStandby = 0x38;
    private const int UserFifoEnable = 0x40;
    private const int UserFifoReset = 0x04;
    private const int DataReady = 0x01;

    private const int ResetMicros = 100_000;
    private const int WakeMicros = 50_000;     // 30 to 35 ms for the gyroscope, by both data sheets

    private readonly int _identity;
    private readonly int _capacity;
    private readonly int _frameBytes;
    private readonly int _power1;
    private readonly int _userControl;
    private readonly byte[] _settings;
    private readonly int[] _places;      // of a channel's high byte in what is read: [channelCount]

    private protected InvenSenseSensor(string name, int identity, int fifoBytes, IRegisterBus bus, IClock clock, Mpu6050Settings settings,
        bool isTemperatureAlwaysInFifo, int fifoEnable, byte[] more)
        : base(name, bus, clock, settings, settings.ChannelCount, MostFrames, LongestTransfer)
    {
        _identity = identity;
        _capacity = fifoBytes;
        bool hasTemperature = settings.UseTemperature || isTemperatureAlwaysInFifo;
        _frameBytes = 2 * ((settings.UseAcceleration ? 3 : 0) + (settings.UseRotation ? 3 : 0) + (hasTemperature ? 1 : 0));
        _power1 = settings.UseRotation ? ClockOfGyro : 0;
        _userControl = settings.UseFifo ? UserFifoEnable : 0;
        _places = new int[settings.ChannelCount];
        if (settings.UseFifo) PlaceChannels(settings, settings.UseAcceleration ? 6 : 0, _frameBytes - 6);
        else PlaceChannels(settings, 6, AllDataBytes - 6);
        byte[] own =
        {
            PowerManagement2, (byte)((settings.UseRotation ? 0 : GyroStandby) | (settings.UseAcceleration ? 0 : AccelStandby)),
            SampleRateDivider, (byte)(settings.PeriodMicros / 1000 - 1),
            Config, (byte)settings.Filter,
            GyroConfig, (byte)(SettingCheck.OneOf("RotationRange", settings.RotationRange, RotationRanges()) << 3),
            AccelConfig, (byte)(SettingCheck.OneOf("AccelerationRange", settings.AccelerationRange, AccelerationRanges()) << 3),
            InterruptEnable, (byte)(settings.UseFifo ? 0 : DataReady),
            FifoEnable, (byte)(settings.UseFifo ? fifoEnable : 0),
        };
        _settings = new byte[own.Length + more.Length];
        System.Array.Copy(own, 0, _settings, 0, own.Length);
        System.Array.Copy(more, 0, _settings, own.Length, more.Length);
    }

    internal static int[] AccelerationRanges() => new int[] { 2, 4, 8, 16 };

    internal static int[] RotationRanges() => new int[] { 250, 500, 1000, 2000 };

    // Degrees Celsius per count, and at count 0.
    private protected abstract double TemperatureScale { get; }

    private protected abstract double TemperatureOffset { get; }

    private protected override int FifoDepth => _capacity / _frameBytes;

    private protected override int Configure()
    {
        int status = Identify(WhoAmI, _identity);
        if (status == SensorStatus.Ok) status = Port.Write(PowerManagement1, DeviceReset);
        if (status != BusStatus.Ok) return status;
        Wait(ResetMicros);
        status = Port.Write(PowerManagement1, _power1);
        if (status != BusStatus.Ok) return status;
        Wait(WakeMicros);
        status = WriteSettings(_settings);
        return status == SensorStatus.Ok ? CheckRegister(PowerManagement1, _power1) : status;
    }

    private protected override int CheckSettings()
    {
        int status = Port.Read(UserControl, 2);
        if (status != BusStatus.Ok) return status;
        return Port.Bytes[0] == _userControl && Port.Bytes[1] == _power1 ? SensorStatus.Ok : SensorStatus.LostSettings;
    }

    // The reset works while the FIFO is off only.
    private protected override int EmptyFifo()
    {
        int status = Port.Write(UserControl, 0);
        if (status == BusStatus.Ok) status = Port.Write(UserControl, UserFifoReset);
        if (status == BusStatus.Ok) status = Port.Write(UserControl, UserFifoEnable);
        return status;
    }

    private protected override int Drain()
    {
        int status = Port.Read(FifoCount, 2);
        if (status != BusStatus.Ok) return status;
        if (FifoBytes() % _frameBytes != 0)
        {
            // The count was read while a frame was being written, or frames are torn: the second look tells.
            status = Port.Read(FifoCount, 2);
            if (status != BusStatus.Ok) return status;
        }
        int bytes = FifoBytes();
        if (bytes % _frameBytes != 0 || bytes + _frameBytes > _capacity) return SensorStatus.Overflow;
        // A device that was without power is asleep and has an empty FIFO.
        if (bytes == 0) return CheckSettings();
        int frames = bytes / _frameBytes;
        if (frames > MostFrames) frames = MostFrames;
        status = ReadFifo(FifoReadWrite, frames * _frameBytes);
        if (status != BusStatus.Ok) return status;
        for (int i = 0; i < frames; i++) Store(i, i * _frameBytes);
        Count = frames;
        return status;
    }

    private protected override int Poll()
    {
        int status = Port.Read(InterruptStatus, 1 + AllDataBytes);
        if (status != BusStatus.Ok) return status;
        bool isNew = (Port.Bytes[0] & DataReady) != 0;
        Store(0, 1);
        status = CheckSettings();
        return status == SensorStatus.Ok && !isNew ? SensorStatus.NoSample : status;
    }

    private protected void AddChannels(Mpu6050Settings settings)
    {
        if (settings.UseAcceleration) AddAcceleration(32768.0 / settings.AccelerationRange);
        if (settings.UseRotation)
        {
            double degrees = 1 / RotationCounts(settings.RotationRange);
            AddChannel("gx", "deg/s", degrees, 0);
            AddChannel("gy", "deg/s", degrees, 0);
            AddChannel("gz", "deg/s", degrees, 0);
        }
        if (settings.UseTemperature) AddChannel("temperature", "degC", TemperatureScale, TemperatureOffset);
    }

    // Counts per degree a second, rounded as the data sheets have them.
    private static double RotationCounts(int range)
    {
        switch (range)
        {
            case 250: return 131;
            case 500: return 65.5;
            case 1000: return 32.8;
            default: return 16.4;
        }
    }

    private int FifoBytes() => (Port.Bytes[0] << 8) | Port.Bytes[1];

    private void Store(int sample, int from)
    {
        int at = sample * _places.Length;
        for (int i = 0; i < _places.Length; i++) Counts[at + i] = (short)Port.HighFirst(from + _places[i]);
    }

    private void PlaceChannels(Mpu6050Settings settings, int temperature, int rotation)
    {
        int channel = 0;
        for (int i = 0; settings.UseAcceleration && i < 3; i++) _places[channel++] = 2 * i;
        for (int i = 0; settings.UseRotation && i < 3; i++) _places[channel++] = rotation + 2 * i;
        if (settings.UseTemperature) _places[channel] = temperature;
    }
}
