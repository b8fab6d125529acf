using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Onnx;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>The models of tests/vectors/onnx, made with PyTorch and onnx.helper by the make.py beside them.</summary>
public sealed class OwnModelTests
{
    private const double Tolerance = 1e-5;

    /// <summary>Every model of the folder.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    private static string Folder => Path.Combine(Repository.Root, "tests", "vectors", "onnx");

    [Theory]
    [MemberData(nameof(Names))]
    public void Model_gives_the_reference_outputs(string name)
    {
        RecurrentGraph graph = Import(name);
        Tensor x = NpyFile.Read(Path.Combine(Folder, name + "_x.npy")), y = NpyFile.Read(Path.Combine(Folder, name + "_y.npy"));
        Assert.Equal(x.Shape[1], graph.Main.InputSize);
        Assert.Equal(y.Shape[1], graph.Main.OutputSize);
        Agreement.Within(Tolerance, y.Data, new StreamRunner(graph).RunFlat(x.Data));
        if (graph.Window != null) return; // the oracle runs plain streams
        IEnumerable<double> oracle = GraphReference.Run(graph, x.Data.Chunk(x.Shape[1])).OfType<double[]>().SelectMany(row => row);
        Agreement.Within(Tolerance, y.Data, [.. oracle.Select(value => (float)value)]);
    }

    internal static RecurrentGraph Import(string name, ImportOptions? options = null) =>
        OnnxImporter.Import(Path.Combine(Folder, name + ".onnx"), options ?? new ImportOptions());
}
