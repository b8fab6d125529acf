using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Tests;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>The pump of tests/vectors in the units of an MPU-6050: its stream, and a detector that watches it, calibrated on the first 30 s.</summary>
internal static class Pump
{
    public const int PeriodMicros = 10_000;

    /// <summary>When the bearing begins to fail, in seconds.</summary>
    public const int FaultSeconds = 42;

    private const int NormalRows = 3000;
    private const double Gravity = 9.80665;

    private static readonly string _folder = Path.Combine(Repository.Root, "tests/vectors/pump");
    private static readonly Lazy<float[][]> _rows = new(ReadRows);
    private static readonly Lazy<byte[]> _model = new(() => Make(true, 50));
    private static readonly Lazy<byte[]> _float = new(() => Make(false, 50));
    private static readonly Lazy<byte[]> _other = new(() => Make(true, 57));

    /// <summary>Acceleration in m/s2, temperature in degC: [steps][4].</summary>
    public static float[][] Rows => _rows.Value;

    /// <summary>The model's file, in integers, which compute the same bits everywhere; with golden steps and a detector.</summary>
    public static byte[] Model => _model.Value;

    /// <summary>The same in float.</summary>
    public static byte[] FloatModel => _float.Value;

    /// <summary>The same network with other settings of the detector.</summary>
    public static byte[] OtherModel => _other.Value;

    /// <summary>The row measured at a time.</summary>
    public static float[] At(long micros) => Rows[Math.Clamp((int)(micros / PeriodMicros), 0, Rows.Length - 1)];

    private static float[][] ReadRows() => [.. File.ReadLines(Path.Combine(_folder, "stream.csv")).Skip(1).Select(line =>
    {
        float[] cells = [.. line.Split(',').Skip(1).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
        for (int i = 0; i < 3; i++) cells[i] = (float)(cells[i] * Gravity);
        return cells;
    })];

    private static byte[] Make(bool inIntegers, int warmUpSteps)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgernn-pump-");
        try
        {
            string arch = Path.Combine(folder.FullName, "pump.arch.json");
            File.WriteAllText(arch, InMetres());
            RecurrentGraph graph = ModelImporter.Import(Path.Combine(_folder, "pump.pt"), new ImportOptions { ArchPath = arch });
            StepArray normal = StepArray.OfRows([.. Rows.Take(NormalRows)]);
            byte[] network = inIntegers ? new IntegerConverter(graph, normal).Convert(new QuantizationSettings()) : ErnnWriter.Write(graph);
            byte[] file = GoldenSteps.Append(WarmUpField.Write(network, warmUpSteps));
            CalibrationResult result = Calibration.Run(Runtime.Model.Load(file), normal, new CalibrationOptions { FixedFromData = true });
            return DetectorSection.Write(file, result.Settings);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    // The network reads standardised values: in another unit the mean and deviation are other numbers, and the weights stay.
    private static string InMetres()
    {
        JsonNode arch = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "pump.arch.json")))!;
        JsonNode preprocessing = arch["preprocessing"]!;
        for (int i = 0; i < 3; i++)
        {
            preprocessing["units"]![i] = "m/s2";
            preprocessing["mean"]![i] = preprocessing["mean"]![i]!.GetValue<double>() * Gravity;
            preprocessing["std"]![i] = preprocessing["std"]![i]!.GetValue<double>() * Gravity;
        }
        return arch.ToJsonString();
    }
}
