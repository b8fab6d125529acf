namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>Tests that run the service: one at a time, because a signal reaches every service of a process.</summary>
[CollectionDefinition(Name)]
public sealed class PiCollection
{
    public const string Name = "service";
}
