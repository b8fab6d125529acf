
namespace EdgeRnn.Cli.Tests;

/// <summary>The pump of tests/vectors, its normal operation, and its stream with a bearing fault and a stop.</summary>
internal static class CalibratedPump
{
    /// <summary>The step at which the fault begins: 42 s at 100 Hz (tests/vectors/pump).</summary>
    public const int FaultStep = 4200;

    /// <summary>The step at which the pump stops.</summary>
    public const int StopStep = 6000;

    public static string Stream { get; } = PumpFiles.Stream;

    /// <summary>A converted pump, pump.ernn.</summary>
    public static string Model(Workspace workspace, params string[] options)
    {
        string model = workspace.Path("pump.ernn");
        CliRun.Of(["convert", PumpFiles.Weights, "--arch", PumpFiles.Arch, "-o", model, .. options])
            .Succeeds();
        return model;
    }

    /// <summary>The first 30 s of the stream, normal.csv.</summary>
    public static string Normal(Workspace workspace) =>
        workspace.Text("normal.csv", string.Join('\n', PumpFiles.NormalLines));

    /// <summary>Calibrates pump.ernn into watch.ernn.</summary>
    public static CliRun Calibrate(Workspace workspace, params string[] options) =>
        CliRun.Of(["calibrate", Model(workspace), "--data", Normal(workspace), "-o", workspace.Path("watch.ernn"), .. options]);

    /// <summary>A calibrated pump, watch.ernn.</summary>
    public static string Watch(Workspace workspace, params string[] options)
    {
        Calibrate(workspace, options).Succeeds();
        return workspace.Path("watch.ernn");
    }
}
