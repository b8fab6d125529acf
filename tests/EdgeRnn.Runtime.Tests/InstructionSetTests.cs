using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Tests;

/// <summary>
/// ./check runs the tests again with instruction sets switched off, and this class before each of the reruns: a setting that takes no
/// effect fails, one that this machine has no use for is skipped, and with no setting all that the processor has is on.
/// </summary>
public sealed class InstructionSetTests(ITestOutputHelper output)
{
    // Other settings begin like them: DOTNET_EnableDiagnostics is common in containers.
    private static readonly string[] _instructions = ["HWIntrinsic", "AVX", "SSE", "FMA", "BMI", "AES", "PCLMUL", "POPCNT", "LZCNT", "Arm64"];

    // The runtime's setting, the class it governs, and the processor's word for it in /proc/cpuinfo.
    private static readonly (string Setting, Func<bool> IsOn, string Flag)[] _sets =
    [
        ("DOTNET_EnableAVX", () => Avx.IsSupported, "avx"),
        ("DOTNET_EnableAVX2", () => Avx2.IsSupported, "avx2"),
        ("DOTNET_EnableAVX512", () => Avx512F.IsSupported, "avx512f"),
        ("DOTNET_EnableAVXVNNI", () => AvxVnni.IsSupported, "avx_vnni"),
    ];

    public static TheoryData<string> Settings => [.. _sets.Select(set => set.Setting)];

    [Theory, MemberData(nameof(Settings))]
    public void A_set_that_is_switched_off_is_off_and_one_that_is_not_is_used(string setting)
    {
        (_, Func<bool> isOn, string flag) = _sets.Single(set => set.Setting == setting);
        HashSet<string>? flags = ProcessorFlags();
        if (IsOff(setting))
        {
            Assert.False(isOn(), $"{setting}=0 has no effect");
            Assert.SkipWhen(flags?.Contains(flag) == false, $"this machine has no {flag} to switch off");
        }
        else if (!Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(IsOff))
        {
            Assert.SkipWhen(flags?.Contains(flag) != true, $"this machine has no {flag}");
            Assert.True(isOn(), $"the processor has {flag}, the runtime does not use it");
        }
    }

    [Fact]
    public void Without_intrinsics_there_are_no_vectors()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        output.WriteLine($"vectors of {bits} bits");
        if (IsOff("DOTNET_EnableHWIntrinsic")) Assert.Equal(0, bits);
        else Assert.True(bits >= 128, "no vectors, though nothing switched them off");
        if (IsOff("DOTNET_EnableAVX")) Assert.True(bits <= 128, "AVX is switched off");
    }

    // The runtime says nothing about a name it does not know.
    [Fact]
    public void Every_setting_is_one_whose_effect_is_looked_at()
    {
        string[] known = [.. Settings.Select(row => row.Data), "DOTNET_EnableHWIntrinsic"];
        Assert.Empty(Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOff).Except(known));
    }

    private static bool IsOff(string variable) =>
        _instructions.Any(set => variable.StartsWith("DOTNET_Enable" + set, StringComparison.Ordinal)) &&
        Environment.GetEnvironmentVariable(variable) == "0";

    // Null where the machine does not say.
    private static HashSet<string>? ProcessorFlags()
    {
        const string Processor = "/proc/cpuinfo";
        string? line = File.Exists(Processor) ? File.ReadLines(Processor).FirstOrDefault(text => text.StartsWith("flags", StringComparison.Ordinal)) : null;
        return line == null ? null : [.. line.Split(' ')];
    }
}
