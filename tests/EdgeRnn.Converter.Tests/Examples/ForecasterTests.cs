using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The forecaster for a single sensor, which ships with edgernn: what train_forecaster.py writes, and what PyTorch makes of it.</summary>
public sealed class ForecasterTests
{
    /// <summary>In standard deviations, as for other trained GRUs; measured 7.2e-7.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>In standard deviations: 8-bit weights; measured 2.4e-3.</summary>
    private const double IntegerTolerance = 0.01;

    private static readonly string _folder = Path.Combine(Repository.Root, "converter", "EdgeRnn.Cli", "Examples", "forecaster");

    [Fact]
    public void Its_tensors_are_those_the_script_writes()
    {
        NamedTensors tensors = TensorContainer.Read(Path.Combine(_folder, "forecaster.pt"));
        Dictionary<string, int[]> expected = new()
        {
            ["difference.weight"] = [2, 1, 2],
            ["rnn.weight_ih_l0"] = [48, 2],
            ["rnn.weight_hh_l0"] = [48, 16],
            ["rnn.bias_ih_l0"] = [48],
            ["rnn.bias_hh_l0"] = [48],
            ["head.weight"] = [1, 16],
            ["head.bias"] = [1],
        };
        Assert.Equal(expected.Keys.Order(), tensors.Names.Order());
        foreach ((string name, int[] shape) in expected) Assert.Equal(shape, tensors[name].Shape);
    }

    [Fact]
    public void Its_first_layer_gives_the_value_and_its_difference()
    {
        // [output][input][lag], the oldest sample first.
        float[] weights = TensorContainer.Read(Path.Combine(_folder, "forecaster.pt"))["difference.weight"].Data;
        Assert.Equal([0, 1, -1, 1], weights);
    }

    [Fact]
    public void Standardised_samples_give_the_forecasts_of_pytorch()
    {
        (float[] samples, float[] expected) = Vector();
        Agreement.Within(Tolerance, expected, new StreamRunner(Import()).RunFlat(samples));
    }

    [Fact]
    public void In_integers_the_forecasts_hardly_move()
    {
        (float[] samples, float[] expected) = Vector();
        IntegerConverter converter = new(Import(), new StepArray([samples], 1));
        Session session = new(Model.Load(converter.Convert(new QuantizationSettings { Default = Scheme.W8A16 })));
        float[] actual = new float[expected.Length];
        for (int step = 0; step < actual.Length; step++) session.Step(samples, step, actual, step);
        Agreement.Within(IntegerTolerance, expected, actual);
    }

    private static (float[] Samples, float[] Forecasts) Vector()
    {
        string folder = Path.Combine(Repository.Root, "tests", "vectors", "detect");
        return (NpyFile.Read(Path.Combine(folder, "forecaster.x.npy")).Data, NpyFile.Read(Path.Combine(folder, "forecaster.y.npy")).Data);
    }

    private static RecurrentGraph Import() => ArchImporter.Import(Path.Combine(_folder, "forecaster.pt"),
        new ImportOptions { ArchPath = Path.Combine(_folder, "forecaster.arch.json") });
}
