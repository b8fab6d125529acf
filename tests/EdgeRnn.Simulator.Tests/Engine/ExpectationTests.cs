using System;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>What sentences mean, on a device whose alarm a step of a voltage begins, and what a wrong sentence says.</summary>
public sealed class ExpectationTests
{
    // The step at 30 s is one sample that moves: the alarm begins with it.
    private const string Step = "events: [ { at: 30 s, set: wire.midVolts, to: 2 } ]";
    private const string Nothing = "";

    [Theory]
    [InlineData(Step, "alarm within 1 s of t=30", "met, at 30")]
    [InlineData(Step, "alarm within 10 s of t=40", "not met, not until 50 s")]
    [InlineData(Step, "alarm at t=30", "met, at 30")]
    [InlineData(Step, "alarm by t=31", "met, at 30")]
    [InlineData(Step, "alarm between t=20 s and t=0.6 min", "met, at 30")]
    [InlineData(Step, "no alarm before t=30", "met, from 0 s to 30 s")]
    [InlineData(Step, "no alarm before t=31", "not met, at 30")]
    [InlineData(Step, "no alarm", "not met, at 30")]
    [InlineData(Nothing, "no alarm", "met, from 0 s to 60 s")]
    [InlineData(Nothing, "alarm", "not met, not until 60 s")]
    [InlineData(Step, "no alarm after t=40", "met, from 40 s to 60 s")]
    [InlineData(Step, "alarm off by t=40", "met, at 40 s")]
    [InlineData(Step, "channel ch0 causes alarm", "met, at 30")]
    [InlineData(Step, "channel ch1 causes alarm", "not met, ch0 at 30")]
    [InlineData(Step, "channel ch0 causes alarm after t=40", "not met, not until 60 s")]
    [InlineData(Nothing, "state is Ready at t=20", "met, at 20 s")]
    [InlineData(Nothing, "state is Calibrating at t=20", "not met, not at 20 s")]
    [InlineData(Nothing, "pin 17 low between t=1 and t=60", "met, from 1 s to 60 s")]
    [InlineData(Nothing, "pin 17 high at t=10", "not met, not at 10 s")]
    [InlineData(Step, "pin 17 high within 1 s of t=30", "met, at 30")]
    [InlineData(Step, "buzzer on within 1 s of t=30", "met, at 30")]
    [InlineData(Nothing, "led dark within 3 s of t=30", "met, at 3")]
    [InlineData(Nothing, "no sensor fault", "met, from 0 s to 60 s")]
    [InlineData("events: [ { at: 30 s, fault: dropout, channel: ch0, for: 5 s } ]", "sensor ok at t=10", "met, at 10 s")]
    public void A_sentence_is_judged(string events, string sentence, string expected)
    {
        string verdict = TinyDevice.Verdict(events, sentence);
        Assert.StartsWith(expected, verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alram within 2 s of t=3", "expected one of alarm, sensor, state, pin, led, buzzer, channel at the beginning, found " +
        "'alram'; did you mean alarm?")]
    [InlineData("alarm wihin 2 s of t=3", "behind 'alarm', found 'wihin'; did you mean within?")]
    [InlineData("alarm within of t=3", "expected a time, as 10 s behind 'alarm within', found 'of'")]
    [InlineData("alarm within 2 s of 3", "expected 't' behind 'alarm within 2 s of', found '3'")]
    [InlineData("alarm within 20 s of t=50", "expected a window that ends within the duration of 60 s, found 70 s")]
    [InlineData("alarm between t=30 and t=20", "expected the later time behind 'and'")]
    [InlineData("alarm at t=30 s please", "expected the end of the sentence behind 'alarm at t = 30 s', found 'please'")]
    [InlineData("pin x high at t=3", "expected the number of a pin behind 'pin', found 'x'")]
    [InlineData("state is Redy at t=3", "did you mean Ready?")]
    [InlineData("sensor", "expected one of fault, ok behind 'sensor', found nothing")]
    [InlineData("no pin 3 high at t=3", "expected one of alarm, sensor behind 'no', found 'pin'")]
    public void A_wrong_sentence_says_what_is_expected_and_where(string sentence, string expected)
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => TinyDevice.Verdict(Nothing, sentence));
        Assert.StartsWith("tiny.yaml:", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("expect[0]: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    // The INA219 measures for a while before its driver has started.
    [Theory]
    [InlineData("pin 17 low before t=5")]
    [InlineData("buzzer off before t=5")]
    [InlineData("state is WarmingUp before t=1")]
    [InlineData("sensor ok before t=5")]
    public void The_time_in_which_a_sensor_starts_is_judged_as_it_was(string sentence)
    {
        Simulation simulation = new(TinyDevice.Read($$"""
            title: A motor
            duration: 10 s
            rate: 10
            sensor: { kind: ina219 }
            channels: [current]
            board: { alarm: 17, led: 27, buzzer: 22 }
            sources: { pump: { kind: pump } }
            signals: { current: pump.current, busVoltage: pump.voltage }
            expect: [ {{sentence}} ]
            """), TinyDevice.Model(1), 1);
        simulation.Run();
        Verdict verdict = Assert.Single(simulation.Verdicts);
        Assert.True(verdict.Met, verdict.Why);
    }

    // Without power an active-low light has its lit level and is dark all the same.
    [Theory]
    [InlineData("led dark between t=31 and t=34", true)]
    [InlineData("led lit within 3 s of t=31", false)]
    [InlineData("buzzer on within 3 s of t=31", false)]
    [InlineData("pin 27 low between t=31 and t=34", true)]
    public void Nothing_is_on_without_power_whatever_its_level(string sentence, bool isMet)
    {
        string head = TinyDevice.Head.Replace("led: 27, buzzer: 22", "led: { pin: 27, activeLow: true }, " +
            "buzzer: { pin: 22, activeLow: true }", StringComparison.Ordinal);
        Simulation simulation = new(TinyDevice.Read($"{head}events: [ {{ at: 30 s, fault: power-loss, for: 5 s }} ]\n" +
            $"expect: [ {sentence} ]"), TinyDevice.Model(1), 1);
        simulation.Run();
        Assert.Equal(isMet, Assert.Single(simulation.Verdicts).Met);
    }

    [Fact]
    public void Two_sentences_may_share_a_line() =>
        Assert.Equal(2, TinyDevice.Run("expect: [ no alarm; state is Ready at t=30 ]").Verdicts.Count);
}
