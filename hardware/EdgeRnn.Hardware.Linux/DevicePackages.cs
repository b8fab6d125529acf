using System.Device.Gpio;
using System.Linq;
using System.Reflection;

namespace EdgeRnn.Hardware.Linux;

/// <summary>Which device packages the program was built with: the real ones, or contracts that only compile (UseDevicePackages).</summary>
public static class DevicePackages
{
    private static readonly Assembly _gpio = typeof(GpioController).Assembly;

    /// <summary>Whether devices can be reached.</summary>
    public static bool AreReal { get; } =
        !_gpio.GetCustomAttributes<AssemblyMetadataAttribute>().Any(attribute => attribute.Key == "Contract");

    /// <summary>What to print at the start of a program: <c>contracts</c>, or as <c>System.Device.Gpio 4.2.0</c>.</summary>
    public static string Description { get; } = AreReal ? $"{_gpio.GetName().Name} {Version}" : "contracts";

    /// <summary>Says what to do where a device is asked for and cannot be reached.</summary>
    /// <param name="what">What is asked for.</param>
    /// <exception cref="BoardException">The program was built with contracts.</exception>
    internal static void Require(string what)
    {
        if (AreReal) return;
        throw new BoardException($"{what}: this program was built with contracts, which only compile; " +
            "build it with -p:UseDevicePackages=true");
    }

    // Builds may add a plus sign and their commit.
    private static string Version
    {
        get
        {
            string? informational = _gpio.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            return informational?.Split('+')[0] ?? _gpio.GetName().Version?.ToString(3) ?? "of unknown version";
        }
    }
}
