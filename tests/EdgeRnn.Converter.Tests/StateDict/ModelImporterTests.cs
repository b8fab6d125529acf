using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Tests.Containers;

namespace EdgeRnn.Converter.Tests.StateDict;

public sealed class ModelImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Refusal(string path, ImportOptions? options = null)
    {
        string message = Assert.Throws<ConversionException>(() => ModelImporter.Import(path, options ?? new ImportOptions())).Message;
        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message[(path.Length + 2)..];
    }

    [Theory]
    [InlineData("model.bin")]
    [InlineData("model.onnx")]
    [InlineData("model")]
    public void Content_decides_before_the_extension(string name)
    {
        RecurrentGraph graph = ModelImporter.Import(_folder.File(name, Vectors.Bytes("gru_linear.pt")), new ImportOptions());
        Assert.Equal(2, graph.Main.Nodes.Count);
    }

    [Theory]
    [InlineData("m.pt", "a damaged zip archive")]
    [InlineData("m.safetensors", "the header is said to have")]
    [InlineData("m.json", "not a JSON document that can be read")]
    public void The_extension_decides_where_content_says_nothing(string name, string message) =>
        Assert.Contains(message, Refusal(_folder.File(name, "text that is nothing")), StringComparison.Ordinal);

    private const string _tensorsAndArch = "which is not read; save its tensors with numpy.save into a folder and describe the layers in ARCH.json (--arch)";

    [Theory]
    [InlineData("m.h5", "x", "a Keras HDF5 file")]
    [InlineData("m", "\u0089HDF\r\n\u001a\n", "a Keras HDF5 file")]
    [InlineData("m.keras", "PK\u0003\u0004", "a Keras model")]
    [InlineData("m.tflite", "x", "a TensorFlow Lite model")]
    [InlineData("m.bin", "\u001c\0\0\0TFL3", "a TensorFlow Lite model")]
    [InlineData("m.pb", "\n\u0005", "a TensorFlow graph")]
    [InlineData("m.ckpt", "x", "a TensorFlow checkpoint")]
    [InlineData("m.bin", "x", "raw bytes")]
    public void Formats_without_a_reader_are_refused_with_what_to_do(string name, string content, string format) =>
        Assert.Equal($"{format}, {_tensorsAndArch}", Refusal(_folder.File(name, System.Text.Encoding.Latin1.GetBytes(content))));

    [Fact]
    public void An_unknown_file_is_refused_with_what_is_accepted() => Assert.Equal(
        "neither its first bytes nor its name say what it is; expected .pt, .pth, .safetensors, .json, .nam, .onnx or a folder of .npy files with --arch ARCH.json",
        Refusal(_folder.File("m.xyz", "text")));

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Equal("there is no such file; check the path", Refusal(System.IO.Path.Combine(_folder.Root, "no.pt")));

    [Fact]
    public void A_folder_needs_an_arch_file()
    {
        _folder.File("a.npy", "");
        Assert.Equal("a folder of .npy files does not say how its tensors are used; add --arch ARCH.json", Refusal(_folder.Root));
    }

    [Fact]
    public void Options_that_do_not_apply_are_refused()
    {
        string torch = Vectors.Path("gru_linear.pt");
        Dictionary<string, string> pair = new() { ["a"] = "b" };
        Assert.Equal("--bind does not apply to a PyTorch state_dict; leave it out", Refusal(torch, new ImportOptions { Bindings = pair }));
        Assert.Equal("--state does not apply to a PyTorch state_dict; leave it out", Refusal(torch, new ImportOptions { StatePairs = pair }));
        string onnx = _folder.File("m.onnx", "x");
        Assert.Equal("--arch does not apply to an ONNX model; leave it out", Refusal(onnx, new ImportOptions { ArchPath = "a.json" }));
    }

    [Fact]
    public void A_list_of_typed_layers_in_json_is_a_keras_model()
    {
        string json = """{"in_shape": [null, null, 1], "layers": [{"type": "dense", "activation": "", "shape": [null, null, 2], "weights": [[[1, 2]], [3, 4]]}]}""";
        RecurrentGraph graph = ModelImporter.Import(_folder.File("m.json", json), new ImportOptions());
        Assert.Equal([1, 2], Assert.IsType<DenseNode>(graph.Main.Nodes[0]).Weights.Data);
    }
}
