using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;

namespace EdgeRnn.Firmware.Pi;

/// <summary><c>edgernn-pi record</c>: a line per sample of a sensor on standard output, until a signal, or so many samples.</summary>
internal static class RecordCommand
{
    private const int LongestLine = 1024;
    private const double UsualRateHz = 100;
    private const int TurnMicros = 50_000; // of a sensor that keeps its samples

    /// <summary>Records on this board.</summary>
    public static int Run(Arguments arguments)
    {
        using Stream output = Console.OpenStandardOutput();
        using LineQueue lines = new(output, LongestLine);
        using CancellationTokenSource stop = new();
        using LinuxBoard board = new(new MonotonicClock(stop.Token));
        int exitCode = Run(arguments, board, lines, stop);
        if (lines.Dropped > 0) Console.Error.WriteLine($"warning: {lines.Dropped} lines were dropped, because what reads them is too slow");
        return exitCode;
    }

    /// <summary>Records on a board.</summary>
    /// <param name="arguments">Sensor, rate, samples, options.</param>
    /// <param name="board">Where the sensor is.</param>
    /// <param name="lines">Takes the lines.</param>
    /// <param name="stop">Set by a signal; ends long waits of the board's clock.</param>
    /// <exception cref="PiException">The sensor cannot be opened, or an option is wrong.</exception>
    public static int Run(Arguments arguments, IBoard board, IReportSink lines, CancellationTokenSource stop)
    {
        string kind = arguments.Text("--sensor") ?? throw new PiException($"--sensor: expected one of {string.Join(", ", SensorFactory.Kinds)}, found nothing; add it");
        double rate = arguments.Number("--rate", UsualRateHz, 0.001, 100_000);
        long samples = (long)arguments.Number("--samples", 0, 0, long.MaxValue);
        Dictionary<string, string> options = arguments.Pairs("--option");
        arguments.End();
        options["rate"] = rate.ToString(CultureInfo.InvariantCulture);
        try
        {
            ISensor sensor = SensorFactory.Create(board, new SensorOptions(kind, options));
            int own = sensor.SamplePeriodMicros, period = own > 0 ? own : (int)Math.Round(1e6 / rate);
            RecordLoop loop = new(sensor, board.Clock, new SampleLine(sensor, lines, true), period, own > 0 ? Math.Max(1, TurnMicros / own) : 1);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, loop, stop));
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, loop, stop));
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

    private static void Stop(PosixSignalContext context, RecordLoop loop, CancellationTokenSource stop)
    {
        context.Cancel = true;
        loop.Stop();
        stop.Cancel();
    }
}
