using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>The state outlives the service.</summary>
[Collection(PiCollection.Name)]
public sealed partial class StateTests
{
    private const int Terminate = 15;

    [Fact]
    public async Task A_signal_to_end_saves_the_state_and_the_next_start_restores_it()
    {
        MemoryStorage storage = new();
        byte[] saved;
        await using (PiRun run = new() { Storage = storage })
        {
            run.StopAt(33);
            await run.Start();
            await run.Reach(33);
            Task<int> ended = run.Host.WaitAsync();
            Assert.Equal(0, Kill(Environment.ProcessId, Terminate));
            // The loop hears of it before the clock goes on.
            Assert.True(SpinWait.SpinUntil(() => !run.Host.Program.IsWanted, TimeSpan.FromMinutes(1)));
            run.GoOn(33);
            Assert.Equal(0, await ended);
            saved = StateOf(run.Host.Program.Loop.Detector);
        }
        await using PiRun next = new() { Storage = storage };
        next.StopAt(0.001);
        await next.Start();
        await next.Reach(0.001);
        Assert.Contains("state restored", next.Host.Program.StateText, StringComparison.Ordinal);
        Assert.Equal(saved, StateOf(next.Host.Program.Loop.Detector));
    }

    [Fact]
    public async Task The_state_of_another_model_is_left_alone_and_learning_begins_anew()
    {
        MemoryStorage storage = new();
        await Run(storage, Pump.OtherModel);
        await using PiRun run = new() { Storage = storage };
        run.StopAt(0.001);
        await run.Start();
        await run.Reach(0.001);
        Assert.Contains("saved state: made", run.Host.Program.StateText, StringComparison.Ordinal);
        Assert.Equal(StateOf(new Detector(Model.Load(Pump.Model))), StateOf(run.Host.Program.Loop.Detector));
    }

    [Fact]
    public async Task A_state_that_was_torn_gives_way_to_the_one_before()
    {
        MemoryStorage storage = new();
        await Run(storage, Pump.Model);
        int newest = BitConverter.ToInt32(storage[0]!, 4) > BitConverter.ToInt32(storage[1]!, 4) ? 0 : 1;
        storage[newest]![^1] ^= 1;
        await using PiRun run = new() { Storage = storage };
        run.StopAt(0.001);
        await run.Start();
        Assert.Contains("state restored", run.Host.Program.StateText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_counted_and_logged_and_samples_go_on()
    {
        await using PiRun run = new() { Storage = new MemoryStorage(10) };
        run.StopAt(16);
        await run.Start();
        await run.End(16);
        Assert.Equal(3, run.Host.Program.Loop.Counters.FailedSaves); // at 7 s, at 14 s, and at the end
        Assert.InRange(run.Host.Program.Loop.Counters.Samples, 1580, 1600);
        Assert.Contains(run.Logs, line => line.Contains("the state could not be saved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_last_save_that_fails_is_logged()
    {
        await using PiRun run = new() { Storage = new MemoryStorage(10) };
        run.StopAt(3); // before the first save
        await run.Start();
        await run.Reach(3);
        Task ended = run.Host.StopAsync();
        Assert.True(SpinWait.SpinUntil(() => !run.Host.Program.IsWanted, TimeSpan.FromMinutes(1)));
        run.GoOn(3);
        await ended;
        Assert.Contains(run.Logs, line => line.Contains("the state could not be saved 1 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_loop_that_hangs_ends_the_service_all_the_same_and_is_named()
    {
        await using PiRun run = new() { StopTimeout = TimeSpan.FromMilliseconds(1) };
        run.StopAt(3);
        await run.Start();
        await run.Reach(3);
        Task<int> ended = run.Host.WaitAsync();
        run.Host.RequestStop();
        Assert.Equal(PiException.BadInput, await ended);
        Assert.Contains(run.Logs, line => line.StartsWith("Critical: the loop did not end within 0.001 s, as where the bus of the MPU-6050", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signal_to_end_that_comes_during_the_start_ends_the_service_in_order()
    {
        await using PiRun run = new();
        await run.Create();
        run.Host.RequestStop();
        await run.Host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await run.Host.WaitAsync());
        Assert.False(run.Host.Sampling.IsRunning);
    }

    private static async Task Run(MemoryStorage storage, byte[] model)
    {
        await using PiRun run = new() { Storage = storage, Model = model };
        run.StopAt(16);
        await run.Start();
        await run.End(16);
    }

    private static byte[] StateOf(Detector detector)
    {
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        return state;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
