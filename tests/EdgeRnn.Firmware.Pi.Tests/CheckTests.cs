using System;
using System.IO;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary><c>edgernn-pi check</c> refuses what the service would refuse at its start, and touches no hardware.</summary>
public sealed class CheckTests
{
    private const string Sensor = """ "sensor": { "kind": "mpu6050", "temperature": true }""";

    [Fact]
    public void A_configuration_that_fits_its_model_passes() =>
        Assert.Contains("edgernn.json: ok", Check($$"""{ {{Sensor}}, "alarm": { "pin": 17 }, "led": { "pin": 27 } }"""), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_made_where_the_state_is_to_be_kept()
    {
        using PiFolder folder = new(Pump.Model);
        string state = Path.Combine(folder.Root, "state");
        Check(folder, $$"""{ {{Sensor}}, "state": { "folder": "{{state}}" } }""");
        Assert.False(Directory.Exists(state));
    }

    [Theory]
    [InlineData("""{ "sensor": { "kind": "mpu" } }""", "sensor.kind: expected one of ads1115, ")]
    [InlineData("""{ "sensor": { "kind": "binding:mpu" } }""", "sensor.kind: expected one of binding:ads1115, ")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "temperature": true, "ranges": 4 } }""", "sensor.ranges: ")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "temperature": true, "address": "0x99" } }""", "sensor.address: ")]
    [InlineData("""{ "sensor": { "kind": "mpu6050" } }""", "sensor.channels: expected some of ax, ay, az, gx, gy, gz")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "temperature": true, "channels": ["ax", "ay", "az", "gx"] } }""", "sensor.channels: expected gx in degC")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "temperature": true }, "alarm": { "pin": 17 }, "led": { "pin": 17 } }""", "pin 17: expected one use, found two")]
    public void A_configuration_the_service_would_refuse_is_refused(string configuration, string expected)
    {
        PiException error = Assert.Throws<PiException>(() => Check(configuration));
        Assert.Contains("edgernn.json: " + expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static string Check(string configuration)
    {
        using PiFolder folder = new(Pump.Model);
        return Check(folder, configuration);
    }

    private static string Check(PiFolder folder, string configuration)
    {
        string file = Path.Combine(folder.Root, "edgernn.json");
        File.WriteAllText(file, configuration.Insert(1, """ "model": "model.ernn", """));
        using StringWriter output = new();
        Assert.Equal(0, CheckCommand.Run(new Arguments(["check", "--config", file]), output));
        return output.ToString();
    }
}
