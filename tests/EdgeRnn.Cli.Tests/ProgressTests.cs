using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

public sealed class ProgressTests
{
    private const string HideCursor = "\u001b[?25l", ShowCursor = "\u001b[?25h";

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_progress_bar_that_is_interrupted_gives_the_cursor_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs a terminal made by the program script");
        Assert.SkipWhen(Interrupts.AreIgnored, "Ctrl-C is ignored here, as in a background job of a shell");
        string skab = SharedData.Path("data/skab"), models = SharedData.Path("models/skab-gru16");
        string command = $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "edgernn.dll")}' eval skab --choose --data '{skab}' --models '{models}'";
        ProcessStartInfo start = new("/usr/bin/script", ["-q", "-e", "-c", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            StringBuilder shown = new();
            Stopwatch watch = Stopwatch.StartNew();
            while (!shown.ToString().Contains(HideCursor, StringComparison.Ordinal) && watch.Elapsed < _longest)
            {
                int read = process.StandardOutput.Read();
                Assert.True(read >= 0, $"ended before it showed a bar: {shown}");
                shown.Append((char)read);
            }
            process.StandardInput.Write('\u0003');
            process.StandardInput.Flush();
            string rest = process.StandardOutput.ReadToEnd();
            Assert.Contains(ShowCursor, rest, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", rest, StringComparison.Ordinal);
            Assert.True(process.WaitForExit(_longest));
            Assert.NotEqual(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
