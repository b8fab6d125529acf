using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Tests;

/// <summary>./check runs these tests again with instruction sets switched off; here is shown that they are off then.</summary>
public sealed class InstructionSetTests(ITestOutputHelper output)
{
    [Fact]
    public void Instruction_sets_that_are_switched_off_are_not_used()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        output.WriteLine($"vectors of {bits} bits");
        if (IsOff("DOTNET_EnableHWIntrinsic")) Assert.Equal(0, bits);
        if (IsOff("DOTNET_EnableAVX")) Assert.True(bits <= 128, "AVX is switched off");
        if (IsOff("DOTNET_EnableAVX2")) Assert.False(Avx2.IsSupported);
        if (IsOff("DOTNET_EnableAVX512")) Assert.False(Avx512F.IsSupported);
    }

    private static bool IsOff(string variable) => Environment.GetEnvironmentVariable(variable) == "0";
}
