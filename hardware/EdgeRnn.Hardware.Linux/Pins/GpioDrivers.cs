using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.IO;
using System.Linq;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// Finds a driver for pins that works on this system. The library's own choice ends where libgpiod 1 is not installed, which newer
/// systems no longer have: here libgpiod 2 comes first, then libgpiod 1, then the files under /sys/class/gpio.
/// </summary>
internal static class GpioDrivers
{
    private const string SysFs = "/sys/class/gpio";

    // chip: its number, or below 0 for the one that has the pins of the connector.
    public static GpioDriver Open(int chip)
    {
        DevicePackages.Require("GPIO");
        return FirstThatOpens(
        [
            ("libgpiod 2", () => new LibGpiodV2Driver(chip >= 0 ? chip : Connector(LibGpiodV2Driver.GetAvailableChips()))),
            ("libgpiod 1", () => new LibGpiodDriver(chip >= 0 ? chip : Connector(LibGpiodDriver.GetAvailableChips()))),
            // The library looks at its files with the first pin, when nobody expects it any more.
            ("sysfs", () => Directory.Exists(SysFs) ? new SysFsDriver() : throw new IOException($"{SysFs} does not exist")),
        ]);
    }

    public static GpioDriver FirstThatOpens(IReadOnlyList<(string Name, Func<GpioDriver> Open)> candidates)
    {
        List<string> tried = [];
        foreach ((string name, Func<GpioDriver> open) in candidates)
        {
            try
            {
                return open();
            }
            catch (Exception exception)
            {
                // A library that is missing shows as one of many exceptions, some of them wrapped by the loading of a type.
                tried.Add($"{name}: {LinuxErrors.Reason(exception)}");
            }
        }
        throw new BoardException($"GPIO: no driver works ({string.Join("; ", tried)}); " +
            "install libgpiod 2 or 1, and add the user to the group gpio");
    }

    // On a Raspberry Pi the processor's pins: chip 0 up to Pi 4, and 0 or 4 on a Pi 5, as its kernel numbers them.
    public static int Connector(IEnumerable<GpioChipInfo> chips)
    {
        List<GpioChipInfo> byNumber = [.. chips.OrderBy(chip => chip.Id)];
        GpioChipInfo? found = byNumber.Find(chip => chip.Label.StartsWith("pinctrl-", StringComparison.Ordinal));
        found ??= byNumber.FirstOrDefault();
        return found?.Id ?? throw new BoardException("this system has no GPIO chip, or none that this user may open");
    }
}
