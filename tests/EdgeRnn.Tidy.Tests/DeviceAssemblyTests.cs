using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>The assemblies of a device, as its compiler makes them from the same source, stay within its language and its limits.</summary>
public sealed class DeviceAssemblyTests(ITestOutputHelper output)
{
    private const int MaxConstantBytes = 60_000; // more in one assembly is silently corrupted there
    private const int MaxCodeBytes = 65_536;     // more in one assembly breaks the packer

    // Where the libraries themselves are made of structs: each use allocates, and the adapters' comments say so.
    private static readonly string[] _atTheEdge =
    [
        "EmbeddedModel.Read: box EdgeRnn.Firmware.Nano.EmbeddedModel/Resource",
        "NanoI2cBus.Read: struct System.Device.I2c.I2cTransferResult",
        "NanoI2cBus.Read: struct System.SpanByte",
        "NanoI2cBus.Write: struct System.Device.I2c.I2cTransferResult",
        "NanoI2cBus.Write: struct System.SpanByte",
        "NanoInput.Read: struct System.Device.Gpio.PinValue",
        "NanoOutput..ctor: struct System.Device.Gpio.PinValue",
        "NanoOutput.Write: struct System.Device.Gpio.PinValue",
        "NanoSpiBus.Transfer: struct System.SpanByte",
    ];

    public static TheoryData<string> Assemblies => [.. Modules.Device.Select(module => module.Assembly.Name.Name)];

    public static TheoryData<string> Libraries => [.. Modules.Device.Select(module => module.Assembly.Name.Name).Where(name => !IsProgram(name))];

    public static TheoryData<string> Programs => [.. Modules.Device.Select(module => module.Assembly.Name.Name).Where(IsProgram)];

    [Fact]
    public void A_device_has_four_libraries_and_a_program_for_each_family_of_boards() => Assert.Equal(
    [
        "EdgeRnn.Firmware", "EdgeRnn.Firmware.Nano.Esp32", "EdgeRnn.Firmware.Nano.Pico", "EdgeRnn.Firmware.Nano.Stm32", "EdgeRnn.Hardware",
        "EdgeRnn.Runtime.Core", "EdgeRnn.Runtime.Detection",
    ], Modules.Device.Select(module => module.Assembly.Name.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Libraries))]
    public void Libraries_are_safe_for_devices(string name) => Assert.Equal([], BreachesOf(Module(name)));

    [Theory, MemberData(nameof(Programs))]
    public void Programs_are_safe_but_where_libraries_are_made_of_structs(string name) =>
        Assert.Equal(_atTheEdge, BreachesOf(Module(name)).Select(breach => breach.Replace(" as a local", "", StringComparison.Ordinal)).Distinct());

    [Theory, MemberData(nameof(Assemblies))]
    public void Assemblies_are_within_the_limits_of_the_packer(string name)
    {
        ModuleDefinition module = Module(name);
        int code = module.AllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);
        int constants = module.AllTypes().SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length);
        output.WriteLine($"{name}: {code:N0} of {MaxCodeBytes:N0} bytes of code, {constants:N0} of {MaxConstantBytes:N0} bytes of constants");
        Assert.InRange(code, 1, MaxCodeBytes);
        Assert.InRange(constants, 0, MaxConstantBytes);
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Assemblies_reference_the_libraries_of_devices_alone(string name)
    {
        string[] known = [.. Modules.DeviceContracts.Concat(Modules.Device).Select(module => module.Assembly.Name.Name)];
        Assert.All(Module(name).AssemblyReferences, reference => Assert.Contains(reference.Name, known));
    }

    // Firmware for STM32 boards has no file system, only ESP32 chips have their own library: a program that names an absent one does not start.
    [Theory]
    [InlineData("EdgeRnn.Firmware.Nano.Stm32", "System.IO.FileSystem", false)]
    [InlineData("EdgeRnn.Firmware.Nano.Stm32", "nanoFramework.Hardware.Esp32", false)]
    [InlineData("EdgeRnn.Firmware.Nano.Pico", "System.IO.FileSystem", true)]
    [InlineData("EdgeRnn.Firmware.Nano.Pico", "nanoFramework.Hardware.Esp32", false)]
    [InlineData("EdgeRnn.Firmware.Nano.Esp32", "System.IO.FileSystem", true)]
    [InlineData("EdgeRnn.Firmware.Nano.Esp32", "nanoFramework.Hardware.Esp32", true)]
    public void A_program_names_only_what_its_firmware_has(string program, string library, bool expected) =>
        Assert.Equal(expected, Module(program).AssemblyReferences.Any(reference => reference.Name == library));

    // The same source twice: what the scans of the .NET build say holds for devices, as long as both hold the same types.
    [Fact]
    public void Devices_have_every_type_of_the_shared_source_and_no_other()
    {
        IEnumerable<string> shared = NamesIn(Modules.Portable).Concat(NamesIn(Modules.Firmware));
        IEnumerable<string> device = Modules.Device.Where(module => !IsProgram(module.Assembly.Name.Name)).SelectMany(NamesIn);
        Assert.Equal(shared.Order(StringComparer.Ordinal), device.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("System.Object..ctor()", true)]
    [InlineData("System.Array.Copy(Array, Int32, Array, Int32, Int32)", true)]
    [InlineData("System.Single.NaN", true)]
    [InlineData("System.Math.Floor(Double)", false)] // firmware for the smallest boards leaves it out
    [InlineData("System.Math.Max(Int64, Int64)", false)]
    [InlineData("System.Runtime.CompilerServices.IsVolatile..ctor()", false)]
    public void Members_are_those_of_the_contracts(string member, bool expected) => Assert.Equal(expected, DeviceMembers.Names.Contains(member));

    private static bool IsProgram(string name) => name.StartsWith("EdgeRnn.Firmware.Nano.", StringComparison.Ordinal);

    private static ModuleDefinition Module(string name) => Modules.Device.Single(module => module.Assembly.Name.Name == name);

    private static List<string> BreachesOf(ModuleDefinition module) =>
        [.. module.Types.SelectMany(DeviceSafetyScan.Breaches).Distinct().Order(StringComparer.Ordinal)];

    // Attributes that the compiler adds for .NET alone have their own namespaces.
    private static IEnumerable<string> NamesIn(ModuleDefinition module) =>
        module.AllTypes().Select(type => type.FullName).Where(name => name.StartsWith("EdgeRnn.", StringComparison.Ordinal));
}
