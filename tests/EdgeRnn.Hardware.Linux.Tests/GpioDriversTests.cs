using System;
using System.Device.Gpio;
using System.IO;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>Which driver and chip pins go through.</summary>
public sealed class GpioDriversTests
{
    [Fact]
    public void The_first_driver_that_opens_is_taken()
    {
        using FakeGpioDriver works = new();
        GpioDriver found = GpioDrivers.FirstThatOpens(
        [
            ("a", () => throw new DllNotFoundException("libgpiod.so.3")),
            ("b", () => works),
            ("c", () => throw new InvalidOperationException("was not to be tried")),
        ]);
        Assert.Same(works, found);
    }

    // As the library throws where a part of it is missing: in a wrapper of its own, and from the loading of a type.
    [Fact]
    public void Where_no_driver_opens_one_line_says_what_was_tried()
    {
        DllNotFoundException missing = new("Unable to load shared library\nand more");
        BoardException refusal = Assert.Throws<BoardException>(() => GpioDrivers.FirstThatOpens(
        [
            ("libgpiod 2", () => throw new IOException("Exception while calling libgpiod", missing)),
            ("libgpiod 1", () => throw new TypeInitializationException("LibGpiodDriver", missing)),
            ("sysfs", () => throw new DirectoryNotFoundException("Could not find a part of the path '/sys/class/gpio'.")),
        ]));
        Assert.Equal("GPIO: no driver works (libgpiod 2: not installed; libgpiod 1: not installed; " +
            "sysfs: Could not find a part of the path '/sys/class/gpio'); " +
            "install libgpiod 2 or 1, and add the user to the group gpio", refusal.Message);
    }

    [Theory]
    [InlineData(0, "0:pinctrl-bcm2711:58", "1:raspberrypi-exp-gpio:8")] // Pi 4
    [InlineData(4, "0:gpio-brcmstb@107d508500:32", "4:pinctrl-rp1:54")] // Pi 5, older kernels
    [InlineData(0, "10:gpio-brcmstb@107d508500:32", "0:pinctrl-rp1:54", "4:pinctrl-rp1:54")] // Pi 5, newer kernels
    [InlineData(1, "2:gpio-b:8", "1:gpio-a:8")]
    public void The_chip_is_the_one_with_the_pins_of_the_connector(int expected, params string[] chips) =>
        Assert.Equal(expected, GpioDrivers.Connector(Array.ConvertAll(chips, ChipOf)));

    [Fact]
    public void Without_a_chip_there_is_nothing_to_open() => Assert.Throws<BoardException>(() => GpioDrivers.Connector([]));

    private static GpioChipInfo ChipOf(string text)
    {
        string[] parts = text.Split(':');
        return new GpioChipInfo(int.Parse(parts[0]), $"gpiochip{parts[0]}", parts[1], int.Parse(parts[2]));
    }
}
