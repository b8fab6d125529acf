using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Hardware;

namespace EdgeRnn.Tests.Motion;

/// <summary>
/// Faults of bus, power and device, which every motion sensor reports and outlives; no sample is ever made of parts of two.
/// </summary>
public sealed class MotionFaultTests
{
    public static TheoryData<string> Names => MotionRig.Names;

    public static TheoryData<string> I2cNames => MotionRig.I2cNames;

    public static TheoryData<string> SpiNames => MotionRig.SpiNames;

    [Theory, MemberData(nameof(Names))]
    public void Another_device_is_told_by_its_identity(string name)
    {
        MotionRig rig = MotionRig.Make(name);
        rig.Faults.Stuck[rig.IdentityRegister] = 0x42;
        Assert.Equal(SensorStatus.WrongDevice, rig.Sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, rig.Sensor.Read(new float[7], 0));
        rig.Faults.Stuck[rig.IdentityRegister] = rig.Identity;
        Assert.Equal(SensorStatus.Ok, rig.Sensor.Start());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_line_that_nobody_drives_is_no_device(string name)
    {
        foreach (byte open in new byte[] { 0x00, 0xFF })
        {
            MotionRig rig = MotionRig.Make(name);
            rig.Faults.Stuck[rig.IdentityRegister] = open;
            Assert.Equal(BusStatus.NoAnswer, rig.Sensor.Start());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_device_that_does_not_keep_a_setting_is_not_started(string name)
    {
        MotionRig rig = MotionRig.Make(name);
        rig.Faults.Stuck[rig.SettingRegister] = 0x7F;
        Assert.Equal(SensorStatus.LostSettings, rig.Sensor.Start());
        rig.Faults.Stuck.Clear();
        Assert.Equal(SensorStatus.Ok, rig.Sensor.Start());
    }

    [Theory, MemberData(nameof(I2cNames))]
    public void A_start_reports_whichever_transfer_is_not_acknowledged(string name) =>
        FaultSweep.OfStart(() => Pair(name), faults => faults.NoAnswers = 1, (_, status) => status == BusStatus.NoAnswer);

    // A write over SPI that nobody heard is seen when the setting is read back, or, of what is written last, at the first read.
    [Theory, MemberData(nameof(SpiNames))]
    public void A_start_over_SPI_reports_a_device_that_goes_away_at_any_transfer(string name) =>
        FaultSweep.OfStart(() => Pair(name), faults => faults.NoAnswers = int.MaxValue, (transfer, status) =>
            transfer == 0 ? status == BusStatus.NoAnswer : status is SensorStatus.LostSettings or SensorStatus.Ok);

    [Theory, MemberData(nameof(SpiNames))]
    public void A_device_on_SPI_that_goes_away_at_any_transfer_gives_no_sample_it_did_not_measure(string name)
    {
        for (int transfer = 0; transfer < 30; transfer++)
        {
            MotionRig rig = MotionRig.Settled(name);
            List<int> numbers = [];
            rig.Pass(20);
            rig.Faults.GoodTransfers = transfer;
            rig.Faults.NoAnswers = int.MaxValue;
            int reads = 0;
            while (rig.ReadAll(numbers) == SensorStatus.NoSample) Assert.True(++reads < 50);
            Assert.Equal(SensorStatus.LostSettings, rig.ReadAll(numbers));
            Assert.Equal(Enumerable.Range(numbers.FirstOrDefault(), numbers.Count), numbers);
        }
    }

    [Theory, MemberData(nameof(I2cNames))]
    public void A_transfer_that_is_not_acknowledged_costs_no_sample(string name)
    {
        for (int transfer = 0; transfer < 30; transfer++)
        {
            MotionRig rig = MotionRig.Settled(name);
            List<int> numbers = [];
            rig.Pass(20);
            rig.Faults.GoodTransfers = transfer;
            rig.Faults.NoAnswers = 1;
            int status = rig.ReadAll(numbers);
            if (status == BusStatus.NoAnswer) status = rig.ReadAll(numbers);
            Assert.Equal(SensorStatus.NoSample, status);
            Assert.Equal(20, numbers.Count);
            Assert.Equal(Enumerable.Range(numbers[0], 20), numbers);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void After_a_short_read_samples_are_whole_and_what_is_lost_was_reported(string name)
    {
        int torn = 0;
        for (int transfer = 0; transfer < 30; transfer++)
        {
            foreach (int bytes in new[] { 0, 1, 5, 13, 27 })
            {
                MotionRig rig = MotionRig.Settled(name);
                List<int> numbers = [], statuses = [];
                rig.Pass(20);
                rig.Faults.GoodTransfers = transfer;
                (rig.Faults.ShortReads, rig.Faults.ShortReadBytes) = (1, bytes);
                for (int turn = 0; turn < 20; turn++)
                {
                    int status = rig.ReadAll(numbers);
                    if (status == SensorStatus.NoSample) rig.Pass(1);
                    else statuses.Add(status);
                }
                bool isLost = numbers[^1] - numbers[0] + 1 > numbers.Count || numbers.Count < 20;
                // A short read of anything but the FIFO takes nothing.
                Assert.True(statuses is [] or [BusStatus.ShortTransfer] or [BusStatus.ShortTransfer, SensorStatus.Overflow],
                    string.Join(' ', statuses));
                if (isLost) Assert.Equal(SensorStatus.Overflow, statuses[^1]);
                if (statuses.Count == 2) torn++;
            }
        }
        Assert.True(torn > 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_device_that_was_away_is_started_again(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        List<int> numbers = [], after = [];
        rig.Pass(3);
        rig.Faults.IsAway = true;
        bool isI2c = !MotionRig.SpiNames.Any(row => row.Data == name);
        Assert.Equal(isI2c ? BusStatus.NoAnswer : SensorStatus.LostSettings, rig.ReadAll(numbers));
        Assert.Equal(BusStatus.NoAnswer, rig.Sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, rig.ReadAll(numbers));
        rig.Device.PowerUp();
        rig.Faults.IsAway = false;
        rig.Clock.Advance(rig.Device.StartUpMicros);
        Assert.Equal(SensorStatus.Ok, rig.Sensor.Start());
        rig.Pass(rig.Settling + 5);
        Assert.Equal(SensorStatus.NoSample, rig.ReadAll(after));
        Assert.Equal(5, after.Count);
        Assert.Empty(numbers);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_bus_that_was_away_while_the_device_kept_measuring_goes_on_without_a_start(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        List<int> numbers = [];
        rig.Faults.IsAway = true;
        rig.Pass(12);
        Assert.NotEqual(SensorStatus.Ok, rig.Read(numbers));
        rig.Faults.IsAway = false;
        Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
        Assert.Equal(12, numbers.Count);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_loss_of_power_that_nobody_saw_is_found_without_a_wrong_sample(string name)
    {
        foreach (bool useFifo in new[] { true, false })
        {
            MotionRig rig = MotionRig.Settled(name, useFifo);
            rig.Pass(4);
            rig.Device.PowerUp();
            for (int turn = 0; turn < 20; turn++)
            {
                Assert.Equal(SensorStatus.LostSettings, rig.Sensor.Read(new float[7], 0));
                rig.Pass(1);
            }
            Assert.Equal(SensorStatus.Ok, rig.Sensor.Start());
            rig.Pass(rig.Settling + 1);
            Assert.Equal(SensorStatus.Ok, rig.Sensor.Read(new float[7], 0));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_FIFO_that_cannot_be_emptied_is_no_endless_row_of_overflows(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        rig.Pass(rig.Depth);
        rig.Faults.Stuck[rig.FullRegister] = rig.FullValue;
        Assert.Equal(SensorStatus.Overflow, rig.Read([]));
        for (int i = 0; i < 5; i++) Assert.Equal(SensorStatus.LostSettings, rig.Read([]));
        rig.Faults.Stuck.Clear();
        rig.Pass(1);
        Assert.Equal(SensorStatus.Ok, rig.Read([]));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_device_that_has_stopped_measuring_is_found(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        rig.Device.ClockErrorPpm = -999_999;
        List<int> numbers = [];
        for (int turn = 0; turn < 8; turn++)
        {
            rig.Pass(1);
            Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
        }
        rig.Pass(1);
        Assert.Equal(SensorStatus.LostSettings, rig.ReadAll(numbers));
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_the_FIFO_a_device_that_has_stopped_measuring_is_not_taken_for_one_at_rest(string name)
    {
        MotionRig rig = MotionRig.Settled(name, useFifo: false);
        Assert.Equal(SensorStatus.Ok, rig.Read([]));
        rig.Device.ClockErrorPpm = -999_999;
        for (int turn = 0; turn < 8; turn++) rig.Pass(1);
        Assert.Equal(SensorStatus.Ok, rig.Read([]));
        rig.Pass(1);
        Assert.Equal(SensorStatus.LostSettings, rig.Read([]));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_clock_that_jumps_loses_no_sample(string name)
    {
        MotionRig rig = MotionRig.Settled(name);
        List<int> numbers = [];
        foreach (long jump in new long[] { -5_000_000, 60_000_000 })
        {
            rig.Pass(3);
            rig.Clock.Jump(rig.Clock.NowMicros + jump);
            Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
            rig.Pass(3);
            Assert.Equal(SensorStatus.NoSample, rig.ReadAll(numbers));
        }
        Assert.Equal(Enumerable.Range(numbers[0], 12), numbers);
    }

    private static (ISensor, Simulator.BusFaults) Pair(string name)
    {
        MotionRig rig = MotionRig.Make(name);
        return (rig.Sensor, rig.Faults);
    }
}
