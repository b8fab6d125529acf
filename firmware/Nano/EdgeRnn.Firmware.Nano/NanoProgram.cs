using System;
using System.Text;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// The program, the same on every board: chooses a model, brings back the state, and runs the sensor loop for ever; or collects data, where
/// <see cref="DeviceSensor.RecordPeriodMs"/> says so. Where it cannot start,
/// the light shows the pattern of a failed start and the report line says why, again and again.
/// </summary>
public static class NanoProgram
{
    /// <summary>Places of the storage: two for the state, the rest for models.</summary>
    public const int SlotCount = FirstModelSlot + ModelStore.SlotCount;

    private const int FirstModelSlot = 2;
    private const int WatchdogMs = 60_000;
    private const long SaveMicros = 3_600_000_000; // an hour: flash wears out
    private const long RepeatMicros = 10_000_000;

    /// <summary>Runs for ever.</summary>
    /// <param name="pins">The board's pins.</param>
    /// <param name="clock">The board's time.</param>
    /// <param name="files">What the board keeps.</param>
    public static void Run(BoardPins pins, IClock clock, IDeviceFiles files)
    {
        NanoBoard board = new NanoBoard(pins.Name, clock);
        IReportSink report = OpenReport(pins);
        StatusLed led = new StatusLed(board.OpenOutput(pins.Status, false));
        SensorLoop? loop = null;
        string trouble;
        try
        {
            if (DeviceSensor.RecordPeriodMs > 0) Record(board, pins, report);
            DeviceStart? start = Start(files, report);
            trouble = start == null ? "model: there is none; put one on the device with edgernn flash --model" : start.Text;
            if (start != null && start.Status == StartStatus.Ready)
            {
                loop = MakeLoop(board, pins, start);
                loop.Led = led;
                loop.Report = new ReportLine(report);
            }
        }
        catch (BoardException refused)
        {
            trouble = refused.Message;
        }
        catch (ArgumentException refused)
        {
            trouble = refused.Message;
        }
        catch (OutOfMemoryException)
        {
            trouble = "memory: the model leaves too little to the program; see edgernn inspect --board";
        }
        if (loop == null) ShowFailure(led, clock, report, trouble);
        else RunLoop(loop);
    }

    // Collects data, for ever; needs no model.
    private static void Record(NanoBoard board, BoardPins pins, IReportSink report)
    {
        ISensor sensor = DeviceSensor.Open(board, pins, DeviceSensor.RecordPeriodMs);
        SampleLine line = new SampleLine(sensor, report, true);
        RecordLoop loop = new RecordLoop(sensor, board.Clock, line, 1000 * DeviceSensor.RecordPeriodMs, DeviceSensor.SamplesPerTurn);
        int status = loop.Start();
        if (status != SensorStatus.Ok) Say(report, sensor.Name + ": " + SensorStatus.Describe(status) + "\n");
        loop.Run(0);
    }

    private static DeviceStart? Start(IDeviceFiles files, IReportSink report)
    {
        ModelStore? store = files.Storage == null ? null : new ModelStore(files.Storage, FirstModelSlot);
        ModelBoot boot = new ModelBoot(store, files.TakeIncoming(), null, false, EmbeddedModel.RowPairBytes);
        if (boot.IsInstalled) files.RemoveIncoming();
        Say(report, boot.Notes);
        // The program's own model is read only where no other starts: it takes memory that the one that runs may need.
        byte[]? embedded = boot.Start != null && boot.Start.Status == StartStatus.Ready ? null : EmbeddedModel.Read();
        if (embedded != null)
        {
            boot = new ModelBoot(null, null, embedded, false, EmbeddedModel.RowPairBytes);
            Say(report, boot.Notes);
        }
        if (boot.Start == null || boot.Start.Status != StartStatus.Ready) return boot.Start;
        Say(report, boot.Source + ": " + boot.Start.Text + "\n");
        if (files.Storage != null) boot.Start.RestoreState(files.Storage, 0);
        Say(report, boot.Start.StateText + "\n");
        return boot.Start;
    }

    private static SensorLoop MakeLoop(NanoBoard board, BoardPins pins, DeviceStart start)
    {
        ISensor sensor = DeviceSensor.Open(board, pins, start.Detector!.PeriodMs);
        LoopSettings settings = new LoopSettings { SamplesPerTurn = DeviceSensor.SamplesPerTurn, SaveMicros = SaveMicros };
        if (start.Detector.PeriodMs == 0) settings.PeriodMicros = sensor.SamplePeriodMicros;
        SensorLoop loop = new SensorLoop(start.Detector, sensor, board.Clock, settings);
        loop.Alarm = new AlarmOutput(board.OpenOutput(pins.Alarm, false));
        if (pins.Buzzer >= 0) loop.Buzzer = new Buzzer(board.OpenOutput(pins.Buzzer, false));
        if (pins.Button >= 0) loop.Button = new AcknowledgeButton(board.OpenInput(pins.Button, PinPull.Up), board.Clock, true);
        loop.State = start.Keeper;
        return loop;
    }

    private static void RunLoop(SensorLoop loop)
    {
        loop.Start();
        loop.Watchdog = new NanoWatchdog(WatchdogMs);
        loop.Run();
    }

    private static void ShowFailure(StatusLed led, IClock clock, IReportSink report, string trouble)
    {
        long repeatAt = clock.NowMicros;
        while (true)
        {
            long now = clock.NowMicros;
            led.ShowFailure(now);
            if (now >= repeatAt)
            {
                Say(report, trouble + "\n");
                repeatAt = now + RepeatMicros;
            }
            clock.SleepUntil(now + StatusLed.TickMicros);
        }
    }

    private static IReportSink OpenReport(BoardPins pins)
    {
        if (pins.ReportPort.Length == 0) return new DebugReport();
        try
        {
            return new SerialReport(pins.ReportPort);
        }
        catch (Exception)
        {
            return new DebugReport();
        }
    }

    private static void Say(IReportSink report, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        report.Write(bytes, bytes.Length);
    }
}
