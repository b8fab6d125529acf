using System;

namespace EdgeRnn.Accuracy;

/// <summary><c>[--scheme w8a16] [--models NAME,...] [--json] [--write]</c>: what the integer path does to real models.</summary>
public static class Program
{
    /// <summary>What makes the quantized files of the table.</summary>
    public static IModelQuantizer Quantizer { get; } = new ConverterQuantizer();

    /// <summary>Returns 0, 1 when nothing could be measured, or 2 when a target was missed.</summary>
    public static int Main(string[] args) =>
        new AccuracyCommand(Sources.BesideCheckout, Quantizer, Console.Out, Console.Error).Run(args);
}
