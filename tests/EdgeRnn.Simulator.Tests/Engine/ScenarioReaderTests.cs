using System;
using System.Linq;
using System.Text;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>A right scenario, and the same with one thing wrong: each is one line that says where and what.</summary>
public sealed class ScenarioReaderTests
{
    private const string Right = """
        title: A machine wears
        duration: 3 min
        sensor: { kind: mpu6050, rate: 100, fifo: true }
        board: { alarm: 17, led: { pin: 27, activeLow: true } }
        sources:
          machine: { kind: rotating-machine, speedRpm: 1475 }
        events:
          - { at: 60 s, set: machine.bearing, to: 1, over: 30 s }
          - { at: 90 s, fault: spike, channel: ax, by: 30 }
          - { at: 95 s, fault: power-loss, for: 5 s }
        expect:
          - no alarm before t=60
        """;

    [Fact]
    public void A_right_scenario_is_read()
    {
        Scenario scenario = Read(Right);
        Assert.Equal("A machine wears", scenario.Title);
        Assert.Equal(180_000_000, scenario.DurationMicros);
        Assert.Equal(new PinUse(27, true), scenario.Pins.Led);
        Assert.Equal([60_000_000, 90_000_000, 95_000_000], scenario.Events.Select(next => next.AtMicros));
        Assert.Contains(scenario.Signals, signal => signal.Input == 0);
        Assert.Equal(1UL, scenario.Seed);
    }

    [Fact]
    public void The_same_as_JSON_is_the_same()
    {
        Scenario scenario = Read("""
            {
            	"title": "A machine", "duration": 180,
            	"sensor": { "kind": "mpu6050", "rate": 100 },
            	"sources": { "machine": { "kind": "rotating-machine" } },
            	"events": [ { "at": 60.5, "set": "machine.bearing", "to": 1 } ]
            }
            """);
        Assert.Equal(60_500_000, Assert.Single(scenario.Events).AtMicros);
    }

    [Theory]
    [InlineData("duration: 3 min", "duraton: 3 min", ":2: duraton: there is no such entry here; did you mean duration?")]
    [InlineData("title: A machine wears\n", "", "title: one line that says what happens, found none")]
    [InlineData("duration: 3 min", "duration: 3 mn", ":2: duration: expected a time as 30 s")]
    [InlineData("duration: 3 min", "duration: -3 s", ":2: duration: expected a time as 30 s")]
    [InlineData("duration: 3 min", "duration: 900 d", ":2: duration: expected a time from")]
    [InlineData("duration: 3 min", "duration: 3 min\nduration: 4 min", ":3: duration: expected once, found a second time")]
    [InlineData("duration: 3 min", "duration: 3 min\ndurations: 4", ":3: durations: there is no such entry here; expected some of")]
    [InlineData("duration: 3 min", "duration: 3 min\nrate: 0.0001", ":3: rate: expected a number from 0.0005 to 100000, found '0.0001'")]
    [InlineData("duration: 3 min", "duration: 3 min\nmodel: \"\\0\"", ":3: model: expected the path of an .ernn file, found '?'")]
    [InlineData("kind: rotating-machine, speedRpm: 1475", "kind: csv, file: \"\\0\"", ":6: sources.machine.file: '?' cannot be read")]
    [InlineData("kind: mpu6050", "kind: mpu6051", ":3: sensor.kind: expected one of")]
    [InlineData("kind: mpu6050", "kind: mpu6051", "did you mean mpu6050?")]
    [InlineData("rate: 100, ", "rates: 100, ", ":3: sensor.rates: there is no such option of the mpu6050")]
    [InlineData("rate: 100, ", "rate: fast, ", ":3: sensor.rate: expected a number")]
    [InlineData("alarm: 17", "alarm: 17000", ":4: board.alarm: expected a whole number from 0 to 1023")]
    [InlineData("alarm: 17", "alarm: 27", ":4: board.led: expected a pin of its own, found 27, which alarm has")]
    [InlineData("alarm: 17", "alram: 17", ":4: board.alram: there is no such entry here; expected some of alarm, button, buzzer, led; " +
        "did you mean alarm?")]
    [InlineData("kind: rotating-machine", "kind: rotating-machin", ":6: sources.machine.kind: expected one of")]
    [InlineData("speedRpm: 1475", "speedRpm: 147500", ":6: sources.machine.speedRpm: expected a number from 0 to 12000")]
    [InlineData("machine.bearing", "machine.bearings", ":8: events[0].set: there is no setting of machine 'bearings'")]
    [InlineData("machine.bearing", "pump.bearing", ":8: events[0].set: there is no source 'pump'; expected one of machine")]
    [InlineData("to: 1,", "to: 2,", ":8: events[0].to: expected a number from 0 to 1, found '2'")]
    [InlineData("at: 60 s", "at: 600 s", ":8: events[0].at: expected a time within the duration of 180 s, found '600 s'")]
    [InlineData("fault: spike", "fault: spkie", ":9: events[1].fault: expected one of no-answer, short-read,")]
    [InlineData("fault: spike", "fault: spkie", "found 'spkie'; did you mean spike?")]
    [InlineData("channel: ax", "channel: av", ":9: events[1].channel: there is no input of a sensor 'av'")]
    [InlineData(", by: 30", "", ":9: events[1]: expected by: a number")]
    [InlineData(", by: 30", ", by: nan", ":9: events[1].by: expected a number")]
    [InlineData("fault: spike", "set: machine.load, fault: spike", ":9: events[1]: expected one of set, fault and press, found 2 of them")]
    [InlineData("fault: power-loss, for: 5 s", "fault: power-loss", ":10: events[2]: expected for: how long there is no power")]
    [InlineData("fault: power-loss", "press: button", ":10: events[2].press: expected a button under board, found none")]
    [InlineData("no alarm before t=60", "no alarm befor t=60", ":12: expect[0]: 'no alarm befor t=60': expected one of at, before,")]
    [InlineData("no alarm before t=60", "no alarm before t=600", "expected a time within the duration of 180 s, found t=600 s")]
    [InlineData("events:", "events: &all", ":7: events: expected no anchor")]
    public void One_thing_wrong_is_one_line(string part, string instead, string expected)
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Read(Right.Replace(part, instead, StringComparison.Ordinal)));
        Assert.StartsWith("wear.yaml:", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- 1")]
    [InlineData("title: [")]
    [InlineData("{ \"title\": \"a\" ")]
    [InlineData("a: &a [1]\nb: *a")]
    [InlineData("a: !!python/object:os.system [rm]")]
    [InlineData("--- \ntitle: a\n--- \ntitle: b")]
    [InlineData("\tb: 1")]
    [InlineData("? [a]\n: b")]
    public void What_is_no_scenario_is_refused_with_a_line(string text)
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Read(text));
        Assert.StartsWith("wear.yaml", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Deep_and_long_files_are_refused()
    {
        Assert.Contains("levels", Assert.Throws<ScenarioException>(() => Read("a: " + new string('[', 100_000))).Message,
            StringComparison.Ordinal);
        string many = "a: [" + string.Concat(Enumerable.Repeat("1,", 100_000)) + "]";
        Assert.Contains("entries", Assert.Throws<ScenarioException>(() => Read(many)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_any_bytes_changed_is_read_or_refused_with_a_line()
    {
        const int seed = 20261121;
        Random random = new(seed);
        for (int round = 0; round < LongRun.Choose(300, 20_000); round++)
        {
            StringBuilder text = new(Right);
            for (int i = 0; i < 3; i++) text[random.Next(text.Length)] = (char)random.Next(1, 127);
            try
            {
                Read(text.ToString());
            }
            catch (ScenarioException wrong)
            {
                Assert.True(!wrong.Message.Contains('\n'), $"seed {seed}, round {round}: {wrong.Message}");
            }
        }
    }

    // Patterns that try every way to read this would take minutes.
    [Theory]
    [InlineData("machine.ax", ' ', "!")]
    [InlineData("machine.ax ", '1', "!")]
    [InlineData("machine.", 'a', " -!")]
    public void A_long_signal_is_refused_at_once(string begin, char filler, string end)
    {
        string signal = begin + new string(filler, 200_000) + end;
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Read($"{Right}\nsignals: {{ ax: \"{signal}\" }}"));
        Assert.Contains("signals.ax: expected at most 200 letters, found 200", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_that_share_a_line_are_counted_each()
    {
        Assert.Equal(200, Read(Expecting(200)).Expectations.Count);
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Read(Expecting(201)));
        Assert.Contains(":12: expect[0]: expected at most 200 sentences, found more", wrong.Message, StringComparison.Ordinal);

        static string Expecting(int sentences) => Right.Replace("no alarm before t=60", string.Join(';',
            Enumerable.Repeat("no alarm", sentences)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_reaches_no_sensor_is_refused() =>
        Assert.Contains("sources.room: expected one of its outputs to reach a sensor",
        Assert.Throws<ScenarioException>(() => Read("""
            title: t
            duration: 1 s
            sensor: { kind: mcp3008 }
            sources:
              room: { kind: room }
            """)).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_unit_needs_a_scale() => Assert.Contains("signals.ch0: expected ch0 in V, found temperature in degC",
        Assert.Throws<ScenarioException>(() => Read("""
            title: t
            duration: 1 s
            sensor: { kind: mcp3008 }
            sources:
              room: { kind: room }
            signals: { ch0: room.temperature }
            """)).Message, StringComparison.Ordinal);

    private static Scenario Read(string text) => Scenario.Parse(text, "wear.yaml", AppContext.BaseDirectory);
}
