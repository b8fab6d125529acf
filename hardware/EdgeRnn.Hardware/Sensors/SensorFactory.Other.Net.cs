namespace EdgeRnn.Hardware;

// Climate, current, voltages, and what hangs on pins.
public static partial class SensorFactory
{
    private const int AdcSpiHz = 1_000_000; // an MCP3008 at 2.7 V takes 1.35 MHz

    private static readonly string[] _ads1115Inputs =
    {
        "ain0-ain1", "ain0-ain3", "ain1-ain3", "ain2-ain3", "ain0", "ain1", "ain2", "ain3",
    };
    private static readonly string[] _mcp3008Inputs =
    {
        "0", "1", "2", "3", "4", "5", "6", "7", "0-1", "1-0", "2-3", "3-2", "4-5", "5-4", "6-7", "7-6",
    };

    private static Bme280 MakeBme280(IBoard board, SensorOptions options)
    {
        Bme280Settings settings = new()
        {
            TemperatureOversampling = options.OneOf("temperatureOversampling", 1, 1, 2, 4, 8, 16),
            PressureOversampling = options.OneOf("pressureOversampling", 1, 0, 1, 2, 4, 8, 16),
            HumidityOversampling = options.OneOf("humidityOversampling", 1, 0, 1, 2, 4, 8, 16),
            Filter = options.OneOf("filter", 0, 0, 2, 4, 8, 16),
            IsForced = options.Flag("forced", false),
            StandbyMicros = options.OneOf("standbyMicros", 62_500, 500, 10_000, 20_000, 62_500, 125_000, 250_000, 500_000, 1_000_000),
        };
        return new Bme280(OpenI2c(board, options, 0x76, 0x76, 0x77, Bme280.LongestTransfer), board.Clock, settings);
    }

    private static Ina219 MakeIna219(IBoard board, SensorOptions options)
    {
        Ina219Settings settings = new()
        {
            ShuntOhms = options.Number("shuntOhms", 0.1, 1e-6, 1000),
            LargestAmperes = options.Number("largestAmperes", 3.2, 1e-6, 100_000),
            AmperesPerCount = options.Number("amperesPerCount", 0, 0, 1000),
            BusRangeVolts = options.OneOf("busRangeVolts", 32, 16, 32),
            Averaging = options.OneOf("averaging", 1, 1, 2, 4, 8, 16, 32, 64, 128),
        };
        return new Ina219(OpenI2c(board, options, 0x40, 0x40, 0x4F, Ina219.LongestTransfer), board.Clock, settings);
    }

    private static Ads1115 MakeAds1115(IBoard board, SensorOptions options)
    {
        Ads1115Settings settings = new()
        {
            Channels = options.Words("inputs", "ain0", _ads1115Inputs),
            FullScaleMillivolts = options.OneOf("fullScaleMillivolts", 2048, 256, 512, 1024, 2048, 4096, 6144),
            ConversionsPerSecond = options.OneOf("conversionsPerSecond", 128, 8, 16, 32, 64, 128, 250, 475, 860),
            IsContinuous = options.Flag("continuous", false),
        };
        return new Ads1115(OpenI2c(board, options, 0x48, 0x48, 0x4B, Ads1115.LongestTransfer), board.Clock, settings);
    }

    private static Mcp3008 MakeMcp3008(IBoard board, SensorOptions options)
    {
        Mcp3008Settings settings = new()
        {
            Channels = options.Words("inputs", "0", _mcp3008Inputs),
            ReferenceVolts = options.Number("referenceVolts", 3.3, 0.25, 5.5),
        };
        return new Mcp3008(OpenSpi(board, options, AdcSpiHz, 0, Mcp3008.LongestTransfer), settings);
    }

    private static HcSr04 MakeHcSr04(IBoard board, SensorOptions options)
    {
        HcSr04Settings settings = new()
        {
            AirCelsius = options.Number("airCelsius", 20, -40, 85),
            SmallestMetres = options.Number("smallestMetres", 0.02, 0, 5),
            LargestMetres = options.Number("largestMetres", 4, 0, 5),
            RepeatMicros = options.Whole("repeatMicros", 60_000, 60_000, 10_000_000),
        };
        int trigger = options.Whole("trigger", null, 0, MostPin), echo = options.Whole("echo", null, 0, MostPin);
        return new HcSr04(board.OpenOutput(trigger, false), board.OpenInput(echo, PinPull.None), board.Clock, settings);
    }

    private static Pir MakePir(IBoard board, SensorOptions options)
    {
        PirSettings settings = new()
        {
            DebounceMicros = options.Whole("debounceMicros", 10_000, 0, 10_000_000),
            WarmUpMicros = options.Whole("warmUpMicros", 60_000_000, 0, 600_000_000),
        };
        return new Pir(board.OpenInput(options.Whole("pin", null, 0, MostPin), PinPull.None), board.Clock, settings);
    }

    private static VibrationSwitch MakeVibrationSwitch(IBoard board, SensorOptions options)
    {
        VibrationSwitchSettings settings = new()
        {
            DebounceMicros = options.Whole("debounceMicros", 200, 0, 10_000_000),
            IsActiveLow = options.Flag("activeLow", false),
        };
        return new VibrationSwitch(board.OpenInput(options.Whole("pin", null, 0, MostPin), PinPull.None), board.Clock, settings);
    }
}
