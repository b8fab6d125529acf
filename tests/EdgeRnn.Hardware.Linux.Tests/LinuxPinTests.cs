using System.Collections.Generic;
using System.Device.Gpio;
using System.IO;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>Pins over the library's controller.</summary>
public sealed class LinuxPinTests
{
    private const int Pin = 17;

    private readonly FakeGpioDriver _driver = new();
    private readonly VirtualClock _clock = new();
    private readonly LinuxBoard _board;

    public LinuxPinTests() => _board = Boards.With(_clock, _driver);

    private sealed class Listener : IEdgeListener
    {
        public List<(bool IsHigh, long AtMicros)> Edges { get; } = [];

        public void OnEdge(bool isHigh, long atMicros) => Edges.Add((isHigh, atMicros));
    }

    [Fact]
    public void An_output_begins_with_its_level()
    {
        _board.OpenOutput(Pin, true);
        Assert.Equal(PinMode.Output, _driver.ModeOf(Pin));
        Assert.Equal(["17=High"], _driver.Writes);
    }

    [Fact]
    public void An_output_touches_its_pin_only_where_the_level_changes()
    {
        IDigitalOutput output = _board.OpenOutput(Pin, false);
        foreach (bool isHigh in new[] { false, true, true, true, false, false }) Assert.Equal(BusStatus.Ok, output.Write(isHigh));
        Assert.Equal(["17=Low", "17=High", "17=Low"], _driver.Writes);
    }

    [Fact]
    public void A_level_that_did_not_reach_the_pin_is_written_again()
    {
        IDigitalOutput output = _board.OpenOutput(Pin, false);
        _driver.Failure = new IOException("Error 5 (Input/output error)");
        Assert.Equal(BusStatus.Failed, output.Write(true));
        _driver.Failure = null;
        Assert.Equal(BusStatus.Ok, output.Write(true));
        Assert.Equal(["17=Low", "17=High"], _driver.Writes);
    }

    [Theory]
    [InlineData(PinPull.None, PinMode.Input)]
    [InlineData(PinPull.Up, PinMode.InputPullUp)]
    [InlineData(PinPull.Down, PinMode.InputPullDown)]
    public void An_input_has_the_resistor_asked_for(int pull, PinMode mode)
    {
        _board.OpenInput(Pin, pull);
        Assert.Equal(mode, _driver.ModeOf(Pin));
    }

    [Fact]
    public void A_resistor_that_the_driver_does_not_have_is_refused_with_the_pin()
    {
        _driver.HasPulls = false;
        Assert.StartsWith("pin 17: cannot be opened", Assert.Throws<BoardException>(() => _board.OpenInput(Pin, PinPull.Up)).Message);
    }

    [Fact]
    public void An_input_reads_its_level_and_says_where_it_cannot()
    {
        IDigitalInput input = _board.OpenInput(Pin, PinPull.None);
        Assert.Equal(PinLevel.Low, input.Read());
        _driver.Drive(Pin, true);
        Assert.Equal(PinLevel.High, input.Read());
        _driver.Failure = new IOException("Error 5 (Input/output error)");
        Assert.Equal(PinLevel.Failed, input.Read());
    }

    [Fact]
    public void Edges_carry_their_level_and_the_time_of_the_boards_clock()
    {
        Listener listener = new();
        Assert.True(_board.OpenInput(Pin, PinPull.None).Listen(listener));
        _clock.Advance(250);
        _driver.Drive(Pin, true);
        _clock.Advance(50);
        _driver.Drive(Pin, false);
        Assert.Equal([(true, 250), (false, 300)], listener.Edges);
    }

    [Fact]
    public void Another_listener_takes_over_and_none_ends_it()
    {
        Listener first = new(), second = new();
        IDigitalInput input = _board.OpenInput(Pin, PinPull.None);
        Assert.True(input.Listen(first));
        Assert.True(input.Listen(second));
        _driver.Drive(Pin, true);
        Assert.True(input.Listen(null));
        Assert.False(_driver.IsListening(Pin));
        _driver.Drive(Pin, false);
        Assert.Empty(first.Edges);
        Assert.Single(second.Edges);
    }

    [Fact]
    public void A_pin_that_cannot_report_edges_says_so_and_may_be_asked_again()
    {
        Listener listener = new();
        IDigitalInput input = _board.OpenInput(Pin, PinPull.None);
        _driver.Failure = new IOException("Error 5 (Input/output error)");
        Assert.False(input.Listen(listener));
        _driver.Failure = null;
        Assert.True(input.Listen(listener));
        _driver.Drive(Pin, true);
        Assert.Single(listener.Edges);
    }
}
