using System;
using System.Globalization;
using System.Threading;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>The loop of the configured device with everything it needs, made and checked; nothing has been started.</summary>
internal sealed class DeviceProgram
{
    private readonly CancellationTokenSource _stop;

    private DeviceProgram(SensorLoop loop, LoopWatch watch, HostParts parts, WatchedModel model, StreamDescription description,
        string stateText, long turnMicros)
    {
        Description = description;
        Loop = loop;
        Watch = watch;
        Clock = parts.Board.Clock;
        _stop = parts.Stop;
        Model = model;
        StateText = stateText;
        TurnMicros = turnMicros;
    }

    /// <summary>The loop.</summary>
    public SensorLoop Loop { get; }

    /// <summary>What the loop's thread tells the others.</summary>
    public LoopWatch Watch { get; }

    /// <summary>The model.</summary>
    public WatchedModel Model { get; }

    /// <summary>What the stream shows.</summary>
    public StreamDescription Description { get; }

    /// <summary>What came of the saved state, in words.</summary>
    public string StateText { get; }

    /// <summary>Microseconds from one turn of the loop to the next.</summary>
    public long TurnMicros { get; }

    /// <summary>Time, on any thread.</summary>
    public IClock Clock { get; }

    /// <summary>Makes the loop: model, self-test, sensor, outputs, saved state, in this order.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="parts">What it is made of.</param>
    /// <param name="socket">systemd, or nobody.</param>
    /// <exception cref="PiException">Something is missing or does not fit; one line.</exception>
    public static DeviceProgram Create(PiSettings settings, HostParts parts, NotifySocket socket)
    {
        WatchedModel model = WatchedModel.Load(settings.ModelPath);
        IClock clock = parts.Board.Clock;
        try
        {
            Detector detector = new(model.Model, model.Model.Detector!, settings.UsesCounts);
            ISensor sensor = LinuxSensors.Create(parts.Board, settings.Sensor);
            int period = DeviceFit.PeriodMicros(detector, sensor, settings.RateHz);
            long turnMicros = (long)period * settings.SamplesPerTurn;
            CheckWatchdog(parts.WatchdogMicros, turnMicros);
            int[] channels = DeviceFit.Channels(model.Model, sensor, settings.Channels, settings.ChecksUnits && !settings.UsesCounts,
                "sensor.checkUnits");
            SensorLoop loop = new(detector, sensor, clock, new LoopSettings
            {
                PeriodMicros = period,
                SamplesPerTurn = settings.SamplesPerTurn,
                Channels = channels,
                UseCounts = settings.UsesCounts,
                ReportMicros = settings.ReportMs * 1000,
                SaveMicros = settings.SaveSeconds * 1_000_000L,
            });
            if (settings.ReportMs > 0) loop.Report = new ReportLine(parts.Lines);
            if (parts.WatchdogMicros > 0 && socket.IsOpen) loop.Watchdog = new SystemdWatchdog(socket, clock, parts.WatchdogMicros);
            OpenPins(settings, parts.Board, loop);
            IStorage? storage = settings.StateFolder == null ? null : parts.OpenStorage(settings.StateFolder);
            string stateText = storage == null ? "no state is kept: no folder is named"
                : $"{settings.StateFolder}: {Restore(loop, storage)}";
            // Knows then whether the state came back with an alarm.
            LoopWatch watch = new(detector, clock, new StepRing(detector, period, turnMicros), parts.Listener);
            loop.Listener = watch;
            StreamDescription description = StreamDescription.Of(loop, channels, period, settings, parts.Board.Name);
            return new DeviceProgram(loop, watch, parts, model, description, stateText, turnMicros);
        }
        catch (SensorOptionException wrong)
        {
            throw new PiException($"{settings.File}: sensor.{wrong.Option}: {wrong.Message}");
        }
        catch (BoardException missing)
        {
            throw new PiException($"{parts.Board.Name}: {missing.Message}");
        }
        catch (Exception wrong) when (wrong is ModelException or ArgumentException)
        {
            throw new PiException($"{settings.File}: {wrong.Message}; correct the setting, or take a model that fits");
        }
    }

    /// <summary>Whether nobody has asked the loop to end.</summary>
    public bool IsWanted => !_stop.IsCancellationRequested;

    /// <summary>Ends the loop after the turn it is in, long waits at once. May be called on any thread.</summary>
    public void Stop()
    {
        Loop.Stop();
        _stop.Cancel();
    }

    // Fed once a turn at the most, it would start the service again for ever.
    private static void CheckWatchdog(long watchdogMicros, long turnMicros)
    {
        if (watchdogMicros <= 0 || watchdogMicros >= 2 * turnMicros) return;
        throw new PiException(string.Create(CultureInfo.InvariantCulture,
            $"WatchdogSec of the unit: expected at least {2 * turnMicros / 1e6}, two turns of the loop, " +
            $"found {watchdogMicros / 1e6}; enlarge it, or take fewer samples per turn or a higher rate"));
    }

    private static string Restore(SensorLoop loop, IStorage storage)
    {
        StateKeeper keeper = new(loop.Detector, storage, 0);
        loop.State = keeper;
        int status = keeper.Restore();
        return status == StorageStatus.Ok ? StateStatus.Describe(keeper.LastStateStatus) : StorageStatus.Describe(status);
    }

    private static void OpenPins(PiSettings settings, IBoard board, SensorLoop loop)
    {
        if (settings.Alarm is { } alarm) loop.Alarm = new AlarmOutput(board.OpenOutput(alarm.Pin, alarm.IsActiveLow), alarm.IsActiveLow);
        if (settings.Buzzer is { } buzzer)
            loop.Buzzer = new Buzzer(board.OpenOutput(buzzer.Pin, buzzer.IsActiveLow), buzzer.IsActiveLow);
        if (settings.Button is { } button)
        {
            IDigitalInput pin = board.OpenInput(button.Pin, button.IsActiveLow ? PinPull.Up : PinPull.Down);
            loop.Button = new AcknowledgeButton(pin, board.Clock, button.IsActiveLow);
        }
        if (settings.Led is { } led) loop.Led = new StatusLed(board.OpenOutput(led.Pin, led.IsActiveLow), led.IsActiveLow);
    }
}
