using System;
using System.ComponentModel;
using System.Diagnostics;

namespace EdgeRnn.Cli.Simulate;

/// <summary>The browser of the person at the terminal.</summary>
internal static class Browser
{
    /// <summary>Opens a page, where somebody sits at a terminal of a desktop.</summary>
    /// <param name="url">The page.</param>
    /// <param name="terminal">Whose output a person reads, or a program.</param>
    /// <returns>Whether a browser was asked to.</returns>
    public static bool TryOpen(string url, Terminal terminal)
    {
        if (!terminal.OutputIsTerminal || !HasDesktop) return false;
        try
        {
            using Process? started = Process.Start(new ProcessStartInfo(url) { UseShellExecute = true });
            return true;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasDesktop => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ||
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) ||
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
}
