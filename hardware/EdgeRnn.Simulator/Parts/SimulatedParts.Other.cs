using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

// Climate, current, voltages, and what hangs on pins.
public static partial class SimulatedParts
{
    private static SimulatedPart MakeBme280(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed)
    {
        SimulatedBme280 device = new(board.Clock);
        Quantity[] inputs = ChannelsOf(driver);
        Func<long, double>[] values = AtRest(inputs, name => name switch { "temperature" => 21, "pressure" => 101_325, _ => 45 });
        for (int i = 0; i < inputs.Length; i++)
        {
            int input = i;
            double Value(long micros) => values[input](micros);
            if (inputs[i].Name == "temperature") device.Celsius = Value;
            else if (inputs[i].Name == "pressure") device.Pascal = Value;
            else device.HumidityPercent = Value;
        }
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, Connect(board, at, device), null);
    }

    // The shunt on the module is the one that the driver is told of.
    private static SimulatedPart MakeIna219(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed)
    {
        Quantity[] inputs = [new("busVoltage", "V"), new("current", "A")];
        Func<long, double>[] values = AtRest(inputs, name => name == "busVoltage" ? 12 : 0);
        SimulatedIna219 device = new(board.Clock)
        {
            ShuntOhms = options.Number("shuntOhms", new Ina219Settings().ShuntOhms, 0, double.MaxValue),
            Volts = micros => values[0](micros),
            Amperes = micros => values[1](micros),
        };
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, Connect(board, at, device), null);
    }

    private static SimulatedPart MakeAds1115(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed)
    {
        SimulatedAds1115 device = new(board.Clock);
        Quantity[] inputs = PinsOf(driver);
        Func<long, double>[] values = AtRest(inputs, _ => 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            int input = i;
            device.Volts[PinNumber(inputs[i])] = micros => values[input](micros);
        }
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, Connect(board, at, device), null);
    }

    // A converter without settings has nothing to forget when it is switched off.
    private static SimulatedPart MakeMcp3008(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed)
    {
        double reference = options.Number("referenceVolts", new Mcp3008Settings().ReferenceVolts, 0, double.MaxValue);
        SimulatedMcp3008 device = new(board.Clock) { ReferenceVolts = reference };
        Quantity[] inputs = PinsOf(driver);
        Func<long, double>[] values = AtRest(inputs, _ => 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            int input = i;
            device.Volts[PinNumber(inputs[i])] = micros => values[input](micros);
        }
        return new SimulatedPart(options.Kind, inputs, values, () => { }, board.AttachSpi(at.Bus, at.Place, device), null);
    }

    // The air has the temperature that the driver is told of.
    private static SimulatedPart MakeHcSr04(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed)
    {
        Quantity[] inputs = ChannelsOf(driver);
        Func<long, double>[] values = AtRest(inputs, _ => 1);
        double celsius = options.Number("airCelsius", new HcSr04Settings().AirCelsius, -40, 85);
        SimulatedHcSr04 device = new(board.Pin(at.OutputPin), board.Pin(at.InputPin), board.Time)
        {
            Metres = micros => values[0](micros),
            AirCelsius = _ => celsius,
        };
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, null, isAway => device.IsAway = isAway);
    }

    private static SimulatedPart MakePir(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed)
    {
        Quantity[] inputs = [new("motion", "")];
        Func<long, double>[] values = AtRest(inputs, _ => 0);
        SimulatedPir device = new(board.Pin(at.InputPin), board.Time, micros => values[0](micros) >= 0.5);
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, null, isAway => device.IsAway = isAway);
    }

    private static SimulatedPart MakeVibrationSwitch(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver,
        ulong seed)
    {
        Quantity[] inputs = [new("shake", "m/s2")];
        Func<long, double>[] values = AtRest(inputs, _ => 0);
        int contact = (int)(new SourceNoise(seed, at.InputPin).Bits(0) & int.MaxValue);
        SimulatedVibrationSwitch device = new(board.Pin(at.InputPin), board.Time, micros => values[0](micros) / Gravity, contact)
        {
            IsActiveLow = options.Flag("activeLow", new VibrationSwitchSettings().IsActiveLow),
        };
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, null, isAway => device.IsAway = isAway);
    }
}
