using System;
using System.Threading.Tasks;
using Xunit.Runner.InProc.SystemConsole;

namespace EdgeRnn.Page.Tests;

/// <summary>Runs the tests, as any test program; with `screenshots FOLDER` takes pictures of the page, for a person to look at.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["screenshots", var folder] => await Screenshots.TakeAsync(folder),
        ["screenshots", ..] => Usage(),
        _ => await ConsoleRunner.Run(args),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("usage: screenshots FOLDER");
        return 1;
    }
}
