using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>What systemd hears, on a socket as it opens one.</summary>
[Collection(PiCollection.Name)]
public sealed class NotifyTests
{
    private const long WatchdogMicros = 2_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Systemd_hears_ready_watchdog_and_stopping(bool isAbstract)
    {
        string name = isAbstract ? $"@edgernn-{Guid.NewGuid():N}" : Path.Combine(Path.GetTempPath(), $"edgernn-{Guid.NewGuid():N}");
        using Socket systemd = Listen(name);
        await using PiRun run = new() { NotifySocket = name, WatchdogMicros = WatchdogMicros };
        run.StopAt(10);
        await run.Start();
        await run.End(10);
        List<string> heard = Heard(systemd);
        Assert.Equal("READY=1\nSTATUS=started", Assert.Single(heard, text => text.StartsWith("READY=1", StringComparison.Ordinal)));
        Assert.Equal("STOPPING=1\nSTATUS=stopping", Assert.Single(heard, text => text.StartsWith("STOPPING=1", StringComparison.Ordinal)));
        // Every half second of ten, from the first sample on; the loop's turns are 50 ms apart.
        Assert.InRange(heard.Count(text => text == "WATCHDOG=1"), 18, 20);
        if (!isAbstract) File.Delete(name);
    }

    [Fact]
    public async Task The_watchdog_hears_nothing_while_samples_are_missing()
    {
        string name = $"@edgernn-{Guid.NewGuid():N}";
        using Socket systemd = Listen(name);
        await using PiRun run = new() { NotifySocket = name, WatchdogMicros = WatchdogMicros };
        run.Pump.TakeAway(3, 100);
        run.StopAt(3.5);
        run.StopAt(20);
        await run.Start();
        await run.Reach(3.5);
        int before = Heard(systemd).Count(text => text == "WATCHDOG=1");
        run.GoOn(3.5);
        await run.Reach(20);
        Assert.InRange(before, 4, 7);
        Assert.DoesNotContain("WATCHDOG=1", Heard(systemd));
        await run.End(20);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_a_warning()
    {
        await using PiRun run = new() { NotifySocket = "@edgernn-nobody-listens", WatchdogMicros = WatchdogMicros };
        run.StopAt(1);
        await run.Start();
        Assert.Contains(run.Logs, line => line.StartsWith("Warning: NOTIFY_SOCKET: '@edgernn-nobody-listens' cannot be reached", StringComparison.Ordinal));
        Assert.Null(run.Host.Program.Loop.Watchdog);
    }

    [Theory]
    [InlineData("30000000", null, 30_000_000)]
    [InlineData("30000000", "", 30_000_000)]
    [InlineData("30000000", "77", 30_000_000)]
    [InlineData("30000000", "78", 0)]
    [InlineData(null, null, 0)]
    [InlineData("soon", null, 0)]
    public void The_watchdog_watches_where_systemd_says_so_of_this_process(string? micros, string? process, long expected) =>
        Assert.Equal(expected, SystemdWatchdog.TimeoutOf(micros, process, 77));

    [Fact]
    public void The_watchdog_is_fed_at_most_every_quarter_of_its_time()
    {
        string name = $"@edgernn-{Guid.NewGuid():N}";
        using Socket systemd = Listen(name);
        using NotifySocket socket = new(name);
        VirtualClock clock = new();
        SystemdWatchdog watchdog = new(socket, clock, 4000);
        for (int i = 0; i < 100; i++)
        {
            watchdog.Feed();
            clock.Advance(100);
        }
        Assert.Equal(10, Heard(systemd).Count); // 10 000 us in steps of 1000
    }

    private static Socket Listen(string name)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
        socket.ReceiveBufferSize = 1 << 20;
        socket.Blocking = false;
        return socket;
    }

    private static List<string> Heard(Socket socket)
    {
        List<string> heard = [];
        byte[] bytes = new byte[4096];
        while (socket.Available > 0 || socket.Poll(0, SelectMode.SelectRead))
        {
            int count = socket.Receive(bytes, 0, bytes.Length, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success) break;
            heard.Add(Encoding.UTF8.GetString(bytes, 0, count));
        }
        return heard;
    }
}
