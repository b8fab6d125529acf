using System.IO;
using System.Threading;
using EdgeRnn.Hardware.Linux;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// <c>edgernn-pi check</c>: everything that can be known before hardware is touched, as a deployment asks with --device before it switches.
/// </summary>
internal static class CheckCommand
{
    /// <summary>Checks.</summary>
    /// <exception cref="PiException">Something is wrong.</exception>
    public static int Run(Arguments arguments, TextWriter output)
    {
        bool isDevice = arguments.Flag("--device");
        PiSettings settings = RunCommand.SettingsOf(arguments);
        if (isDevice && !DevicePackages.AreReal)
            throw new PiException("this program was built with UseDevicePackages false: it reaches no bus and no pin; " +
                "publish it again with -p:UseDevicePackages=true");
        WatchedModel model = ModelOf(settings);
        output.WriteLine($"{settings.File}: ok");
        output.WriteLine($"{settings.ModelPath}: {(model.HasSelfTest ? "self-test passed" : "no golden steps, so no self-test")}");
        output.WriteLine($"built with {BuildInfo.DevicePackages}");
        return 0;
    }

    // Sensor, channels, units, rate and pins as the service takes them, on a board that is not there. A binding takes a real one: its options show when it runs.
    private static WatchedModel ModelOf(PiSettings settings)
    {
        if (LinuxSensors.IsBinding(settings.Sensor.Kind)) return WatchedModel.Load(settings.ModelPath);
        using NotifySocket nobody = new(null);
        using LineQueue lines = new(Stream.Null, RunCommand.LongestLine);
        using CancellationTokenSource stop = new();
        HostParts parts = new() { Board = new AbsentBoard(settings.File, new MonotonicClock(stop.Token)), Lines = lines, Stop = stop };
        return DeviceProgram.Create(settings with { StateFolder = null }, parts, nobody).Model;
    }
}
