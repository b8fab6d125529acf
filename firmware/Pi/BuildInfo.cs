namespace EdgeRnn.Firmware.Pi;

/// <summary>What this program was built from.</summary>
internal static class BuildInfo
{
    /// <summary>The project's version.</summary>
    public static string Version { get; } = typeof(BuildInfo).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The device packages it was built with, or that it was built with contracts, which reach no pin and no bus.</summary>
    public static string DevicePackages { get; } = EdgeRnn.Hardware.Linux.DevicePackages.Description;
}
