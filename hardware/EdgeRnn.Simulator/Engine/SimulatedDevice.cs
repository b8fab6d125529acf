using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>What is in a device's memory while it has power: the program of a device, made of the firmware's own parts.</summary>
internal sealed class SimulatedDevice
{
    private const int RestartReads = 10;

    public SimulatedDevice(Scenario scenario, SimulatedBoard board, byte[] model, IStorage storage, float threshold)
    {
        Start = new DeviceStart(model, scenario.UsesCounts);
        if (Start.Status != StartStatus.Ready) throw scenario.Root.WrongAt("model", Start.Text);
        Detector detector = Start.Detector!;
        ISensor sensor = MakeSensor(scenario, board);
        try
        {
            PeriodMicros = DeviceFit.PeriodMicros(detector, sensor, scenario.RateHz);
            TurnMicros = (long)PeriodMicros * scenario.SamplesPerTurn;
            int[] channels = DeviceFit.Channels(detector.Model, sensor, scenario.Channels, scenario.ChecksUnits && !scenario.UsesCounts,
                "checkUnits");
            ChannelNames = [.. channels.Select(sensor.ChannelName)];
            ChannelUnits = [.. channels.Select(channel => scenario.UsesCounts ? "" : sensor.ChannelUnit(channel))];
            ShareNames = NamesOfShares(detector, ChannelNames);
            Loop = new SensorLoop(detector, sensor, board.Clock, new LoopSettings
            {
                PeriodMicros = PeriodMicros,
                SamplesPerTurn = scenario.SamplesPerTurn,
                Channels = channels,
                UseCounts = scenario.UsesCounts,
                ReportMicros = 0,
                SaveMicros = scenario.SaveMicros,
            });
        }
        catch (SensorOptionException wrong)
        {
            throw scenario.Root.WrongAt(wrong.Option, wrong.Message);
        }
        catch (ArgumentException wrong)
        {
            throw scenario.Root.Wrong(wrong.Message);
        }
        Start.RestoreState(storage, 0);
        Loop.State = Start.Keeper;
        detector.OverrideThreshold(threshold);
        OpenPins(scenario.Pins, board, Loop);
    }

    public DeviceStart Start { get; }

    public SensorLoop Loop { get; }

    public int PeriodMicros { get; }

    public long TurnMicros { get; }

    public IReadOnlyList<string> ChannelNames { get; }

    public IReadOnlyList<string> ChannelUnits { get; }

    public IReadOnlyList<string> ShareNames { get; }

    public static ISensor MakeSensor(Scenario scenario, SimulatedBoard board)
    {
        ISensor[] members = [.. scenario.Sensors.Select(sensor => SensorFactory.Create(board, sensor.ToOptions()))];
        return members.Length == 1 ? members[0] : new SensorGroup(members, RestartReads);
    }

    private static void OpenPins(ScenarioPins pins, SimulatedBoard board, SensorLoop loop)
    {
        if (pins.Alarm is { } alarm) loop.Alarm = new AlarmOutput(board.OpenOutput(alarm.Number, alarm.IsActiveLow), alarm.IsActiveLow);
        if (pins.Led is { } led) loop.Led = new StatusLed(board.OpenOutput(led.Number, led.IsActiveLow), led.IsActiveLow);
        if (pins.Buzzer is { } buzzer) loop.Buzzer = new Buzzer(board.OpenOutput(buzzer.Number, buzzer.IsActiveLow), buzzer.IsActiveLow);
        if (pins.Button is { } button)
        {
            IDigitalInput pin = board.OpenInput(button.Number, button.IsActiveLow ? PinPull.Up : PinPull.Down);
            loop.Button = new AcknowledgeButton(pin, board.Clock, button.IsActiveLow);
        }
    }

    // As a score is made: of levels of inputs, of a confidence, or of errors of the features that are forecast.
    private static IReadOnlyList<string> NamesOfShares(Detector detector, IReadOnlyList<string> inputs)
    {
        DetectorSettings settings = detector.Model.Detector!;
        if (settings.Kind == ScoreKind.Level) return inputs;
        if (settings.Kind == ScoreKind.Confidence) return ["confidence"];
        IEnumerable<string> errors = Enumerable.Range(0, detector.Model.FrameSize)
            .Select(feature => inputs[settings.Targets.Length == 0 ? feature : settings.Targets[feature]]);
        return [.. settings.AddLevel ? errors.Concat(inputs) : errors];
    }
}
