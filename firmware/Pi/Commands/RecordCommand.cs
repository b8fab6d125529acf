using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace EdgeRnn.Firmware.Pi;

/// <summary><c>edgernn-pi record</c>: a line per sample of a sensor on standard output, until a signal, or so many samples.</summary>
internal static class RecordCommand
{
    private const int StandardOutput = 1;
    private const int LongestLine = 1024;
    private const double UsualRateHz = 100;
    private const int TurnMicros = 50_000; // of a sensor that keeps its samples
    private const int MostPerTurn = 16;    // half of what the smallest device keeps

    /// <summary>Records on this board.</summary>
    public static int Run(Arguments arguments)
    {
        using FileStream output = OutputTo(StandardOutput);
        using CancellationTokenSource stop = new();
        using LineQueue lines = new(output, LongestLine, stop.Cancel);
        using LinuxBoard board = new(new MonotonicClock(stop.Token));
        int exitCode = Run(arguments, board, lines, stop);
        if (lines.Dropped > 0) Console.Error.WriteLine($"warning: {lines.Dropped} lines were dropped, because what reads them is too slow");
        return exitCode;
    }

    /// <summary>Records on a board.</summary>
    /// <param name="arguments">Sensor, rate, samples, options.</param>
    /// <param name="board">Where the sensor is.</param>
    /// <param name="lines">Takes the lines.</param>
    /// <param name="stop">Set by a signal, or where nobody reads the lines any more; ends long waits of the board's clock.</param>
    /// <exception cref="PiException">The sensor cannot be opened, or an option is wrong.</exception>
    public static int Run(Arguments arguments, IBoard board, IReportSink lines, CancellationTokenSource stop)
    {
        string kind = arguments.Text("--sensor") ??
            throw new PiException($"--sensor: expected one of {string.Join(", ", LinuxSensors.Kinds)}, found nothing; add it");
        double rate = arguments.Number("--rate", UsualRateHz, 0.001, 100_000);
        long samples = (long)arguments.Number("--samples", 0, 0, long.MaxValue);
        Dictionary<string, string> options = arguments.Pairs("--option");
        arguments.End();
        options["rate"] = rate.ToString(CultureInfo.InvariantCulture);
        try
        {
            ISensor sensor = LinuxSensors.Create(board, new SensorOptions(kind, options));
            int own = sensor.SamplePeriodMicros, period = own > 0 ? own : (int)Math.Round(1e6 / rate);
            RecordLoop loop = new(sensor, board.Clock, new SampleLine(sensor, lines, true), period,
                own > 0 ? Math.Clamp(TurnMicros / own, 1, MostPerTurn) : 1);
            using CancellationTokenRegistration stopped = stop.Token.Register(loop.Stop);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
            int status = loop.Start();
            if (status != SensorStatus.Ok) throw new PiException($"{sensor.Name}: {SensorStatus.Describe(status)}");
            loop.Run(samples);
            return 0;
        }
        catch (SensorOptionException wrong)
        {
            throw new PiException($"--option {wrong.Option}: {wrong.Message}");
        }
        catch (BoardException missing)
        {
            throw new PiException($"{board.Name}: {missing.Message}");
        }
    }

    // The console's own stream keeps silent where nobody reads any more. This one fails, and the recording ends: nothing else tells it that
    // the ssh session it was started in is gone.
    internal static FileStream OutputTo(nint handle) => new(new SafeFileHandle(handle, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
