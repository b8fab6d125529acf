using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeRnn.Cli.Tests;

/// <summary>A serial line without a wire: what a test writes to it comes out of <see cref="Path"/>.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100;
    private readonly FileStream _device;

    public PseudoTerminal()
    {
        int master = OpenMaster(ReadWrite | NoControllingTerminal);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0);
        byte[] name = new byte[128];
        Assert.Equal(0, NameOf(master, name, name.Length));
        Path = System.Text.Encoding.ASCII.GetString(name).TrimEnd('\0');
        _device = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>What a program opens.</summary>
    public string Path { get; }

    public void Write(byte[] bytes) => _device.Write(bytes);

    public void Dispose() => _device.Dispose();

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int NameOf(int master, [Out] byte[] name, nint length);
}
