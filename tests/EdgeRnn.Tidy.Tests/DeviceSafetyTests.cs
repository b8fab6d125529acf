using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>The runtime's shared source stays within the language, the library and the limits of devices.</summary>
public sealed class DeviceSafetyTests(ITestOutputHelper output)
{
    private const int MaxConstantBytes = 60_000; // more in one assembly is silently corrupted there
    private const int MaxCodeBytes = 65_536;     // more in one assembly breaks the packer

    [Fact]
    public void Shared_source_is_safe_for_devices()
    {
        List<string> breaches = [.. Modules.Portable.Types.SelectMany(DeviceSafetyScan.Breaches).Distinct()];
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    [Fact]
    public void Shared_source_holds_every_type_a_device_needs()
    {
        IEnumerable<string> types = Modules.Portable.Types.Select(type => type.Name);
        foreach (string needed in new[] { "Model", "Session", "ModelReader", "GruLayer", "LstmLayer", "WeightMatrix" }) Assert.Contains(needed, types);
    }

    [Fact]
    public void Shared_source_fits_two_device_assemblies_the_detector_in_one_of_its_own()
    {
        int core = CodeBytes(Modules.Core), detector = CodeBytes(Modules.Portable) - core;
        output.WriteLine($"code of the two device assemblies: {core:N0} and {detector:N0} of {MaxCodeBytes:N0} bytes");
        Assert.InRange(core, 1, MaxCodeBytes);
        Assert.InRange(detector, 1, MaxCodeBytes);
        Assert.InRange(Modules.Portable.AllTypes().SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length), 0, MaxConstantBytes);
    }

    [Fact]
    public void The_first_assembly_holds_the_detectors_settings_and_nothing_else_of_it()
    {
        string[] types = [.. Modules.Core.Types.Select(type => type.Name)];
        Assert.Contains("DetectorSettings", types);
        Assert.DoesNotContain("Detector", types);
        Assert.Contains("Detector", Modules.Portable.Types.Select(type => type.Name));
    }

    [Fact]
    public void The_scan_accepts_device_code() => Assert.Empty(BreachesOf("Sound"));

    [Theory]
    [InlineData("GenericType`1", "generic type")]
    [InlineData("GenericMethod", "generic method")]
    [InlineData("GenericCall", "generic method !!0[] System.Array::Empty")]
    [InlineData("GenericField", "generic System.Collections.Generic.List")]
    [InlineData("SpanParameter", "generic System.Span")]
    [InlineData("StructLocal", "as a local")]
    [InlineData("NullableReturn", "generic System.Nullable")]
    [InlineData("TupleReturn", "generic System.ValueTuple")]
    [InlineData("Rectangular", "rectangular array")]
    [InlineData("Boxing", "box System.Int32")]
    [InlineData("Lambda", "made by the compiler")]
    [InlineData("Iterator", "made by the compiler")]
    [InlineData("Interpolation", "DefaultInterpolatedStringHandler")]
    [InlineData("CheckedArithmetic", "checked arithmetic")]
    [InlineData("Pinned", "unsafe")]
    [InlineData("DecimalField", "struct System.Decimal")]
    [InlineData("FloatMath", "System.MathF.Sqrt(Single) is not in DeviceMembers")]
    [InlineData("Filter", "exception filter")]
    [InlineData("VolatileField", "modifier System.Runtime.CompilerServices.IsVolatile")]
    [InlineData("NestedStruct", "struct; each use of it allocates")]
    public void The_scan_finds(string planted, string expected) =>
        Assert.Contains(BreachesOf(planted), breach => breach.Contains(expected, StringComparison.Ordinal));

    private static int CodeBytes(ModuleDefinition module) =>
        module.AllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);

    private static List<string> BreachesOf(string planted) =>
        [.. DeviceSafetyScan.Breaches(Modules.Tests.AllTypes().Single(type => type.Name == planted))];
}
