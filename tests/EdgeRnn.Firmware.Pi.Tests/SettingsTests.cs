using System;
using System.IO;
using EdgeRnn.Tests;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>A configuration file, and the same with one thing wrong.</summary>
public sealed class SettingsTests
{
    private const string Valid = """
        {
          // What watches what.
          "model": "model.ernn", "log": "json",
          "sensor": { "kind": "mpu6050", "bus": 1, "address": "0x69", "rate": 200, "channels": ["ax", "az"], "samplesPerTurn": 4 },
          "alarm": { "pin": 17, "activeLow": true }, "led": { "pin": 27 },
          "buzzer": { "pin": 22, "activeLow": false }, "button": { "pin": 23, "activeLow": true },
          "report": { "stdout": true, "periodMs": 500 }, "state": { "folder": "state", "saveSeconds": 60 },
          "health": { "address": "127.0.0.1:8078", "silenceSeconds": 2.5 }
        }
        """;

    [Fact]
    public void A_valid_file_is_read_whole()
    {
        string folder = Path.GetFullPath("etc");
        PiSettings settings = SettingsFile.Parse(Path.Combine(folder, "edgernn.json"), Valid, null);
        Assert.Equal(Path.Combine(folder, "model.ernn"), settings.ModelPath);
        Assert.Equal("mpu6050", settings.Sensor.Kind);
        Assert.Equal(0x69, settings.Sensor.Whole("address", 0, 0, 127));
        Assert.Equal(200, settings.RateHz);
        Assert.Equal(["ax", "az"], settings.Channels);
        Assert.Equal(4, settings.SamplesPerTurn);
        Assert.Equal(new PinChoice(17, true), settings.Alarm);
        Assert.Equal(new PinChoice(27, false), settings.Led);
        Assert.Equal(new PinChoice(22, false), settings.Buzzer);
        Assert.Equal(new PinChoice(23, true), settings.Button);
        Assert.Equal(500, settings.ReportMs);
        Assert.Equal(Path.Combine(folder, "state"), settings.StateFolder);
        Assert.Equal(60, settings.SaveSeconds);
        Assert.Equal("127.0.0.1:8078", settings.HealthAddress.ToString());
        Assert.Equal(2.5, settings.SilenceSeconds);
        Assert.True(settings.LogsJson);
    }

    [Fact]
    public void Little_needs_to_be_said()
    {
        PiSettings settings = SettingsFile.Parse("edgernn.json", """{ "sensor": { "kind": "mpu6050" } }""", "/var/lib/edgernn:/other");
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "model.ernn"), settings.ModelPath);
        Assert.Equal("/var/lib/edgernn", settings.StateFolder);
        Assert.Equal("127.0.0.1:8077", settings.HealthAddress.ToString());
        Assert.Null(settings.Alarm);
        Assert.Null(settings.Buzzer);
        Assert.Null(settings.Button);
        Assert.Equal(1000, settings.ReportMs);
    }

    [Theory]
    [InlineData("\"bus\": 1", "\"bus\": 1, \"bsu\": 1", "sensor.bsu: there is no such option of the mpu6050; expected some of rate, fifo, range")]
    [InlineData("\"0x69\"", "\"0x12\"", "sensor.address: expected a whole number from 104 to 105, found '0x12'; correct it")]
    [InlineData("\"mpu6050\"", "\"mpu\"", "sensor.kind: expected one of ads1115, adxl345, bme280")]
    public void A_wrong_option_of_the_sensor_is_named(string part, string wrong, string expected)
    {
        Simulator.SimulatedBoard board = new();
        PiSettings settings = SettingsFile.Parse("edgernn.json", Valid.Replace(part, wrong, StringComparison.Ordinal), null);
        using PiFolder folder = new(Pump.Model);
        using NotifySocket socket = new(null);
        PiException error = Assert.Throws<PiException>(() => DeviceProgram.Create(settings with { ModelPath = folder.Model },
            new HostParts { Board = board, Lines = new NoLines() }, socket));
        Assert.StartsWith($"edgernn.json: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("\"log\"", "\"lgo\"", "lgo: there is no such setting; expected some of model, sensor")]
    [InlineData("\"json\"", "\"xml\"", "log: expected systemd or json, found 'xml'")]
    [InlineData("\"kind\": \"mpu6050\"", "\"knid\": \"mpu6050\"", "sensor.kind: expected a text in quotes, found nothing; add it")]
    [InlineData("\"sensor\": {", "\"sensors\": {", "sensor: expected an object in braces, found nothing; add it")]
    [InlineData("\"pin\": 17", "\"pin\": \"17\"", "alarm.pin: expected a whole number from 0 to 1023, found \"17\"; correct it")]
    [InlineData("\"pin\": 17", "\"pin\": -1", "alarm.pin: expected a whole number from 0 to 1023, found -1")]
    [InlineData("\"pin\": 17, ", "", "alarm.pin: expected a whole number from 0 to 1023, found nothing; add it")]
    [InlineData("\"activeLow\": true", "\"activeHigh\": true", "alarm.activeHigh: there is no such setting; expected some of pin, activeLow")]
    [InlineData("\"pin\": 22", "\"pin\": 1024", "buzzer.pin: expected a whole number from 0 to 1023, found 1024")]
    [InlineData("\"pin\": 23", "\"pins\": 23", "button.pin: expected a whole number from 0 to 1023, found nothing; add it")]
    [InlineData("{ \"pin\": 27 }", "27", "led: expected an object in braces, found 27")]
    [InlineData("500", "0", "report.periodMs: expected a whole number from 1 to")]
    [InlineData("\"stdout\": true", "\"stdout\": 1", "report.stdout: expected true or false, found 1")]
    [InlineData("\"saveSeconds\": 60", "\"saveSeconds\": 1.5", "state.saveSeconds: expected a whole number from 0 to 604800, found 1.5")]
    [InlineData("127.0.0.1:8078", "127.0.0.1", "health.address: expected an address with a port, as 127.0.0.1:8077, found '127.0.0.1'")]
    [InlineData("127.0.0.1:8078", "raspberrypi:8078", "health.address: expected an address with a port")]
    [InlineData("[\"ax\", \"az\"]", "\"ax\"", "sensor.channels: expected a list of texts in brackets, found \"ax\"")]
    [InlineData("\"rate\": 200", "\"rate\": 0", "sensor.rate: expected a number from 0.001 to 100000, found 0")]
    [InlineData("\"rate\": 200", "\"rate\": [200]", "sensor.rate: expected a number from 0.001 to 100000, found a list")]
    [InlineData("\"samplesPerTurn\": 4", "\"samplesPerTurn\": 0", "sensor.samplesPerTurn: expected a whole number from 1 to 1024, found 0")]
    [InlineData("\"periodMs\": 500", "\"periodMs\": 2147484", "report.periodMs: expected a whole number from 1 to 2147483, found 2147484")]
    [InlineData("\"led\"", "\"alarm\"", "expected JSON, found something else")]
    [InlineData("\"alarm\": {", "\"alarm\" {", "line 5: expected JSON, found something else")]
    public void A_file_with_one_thing_wrong_is_refused_in_one_line(string part, string wrong, string expected)
    {
        Assert.Contains(part, Valid, StringComparison.Ordinal);
        PiException error = Assert.Throws<PiException>(() => SettingsFile.Parse("edgernn.json", Valid.Replace(part, wrong, StringComparison.Ordinal), null));
        Assert.StartsWith("edgernn.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "expected JSON")]
    [InlineData("[]", "expected an object in braces, found a list")]
    [InlineData("null", "expected an object in braces, found null")]
    public void What_is_no_object_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<PiException>(() => SettingsFile.Parse("edgernn.json", text, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_says_where_to_find_one()
    {
        PiException error = Assert.Throws<PiException>(() => SettingsFile.Load("absent/edgernn.json", null));
        Assert.StartsWith("absent/edgernn.json: expected a configuration file, found none: there is no such file; copy edgernn.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_that_ships_is_valid()
    {
        string path = Path.Combine(Repository.Root, "firmware/Pi/edgernn.json");
        Assert.Equal("mpu6050", SettingsFile.Parse(path, File.ReadAllText(path), null).Sensor.Kind);
    }
}
