using System.IO;
using System.Linq;
using System.Text;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Containers;

public class JsonTensorsTests
{
    private static NamedTensors Read(string json) => JsonTensors.Parse(Encoding.UTF8.GetBytes(json), "m.json");

    private static string Refusal(string json) => Assert.Throws<ConversionException>(() => Read(json)).Message;

    [Fact]
    public void Nested_arrays_are_tensors_named_by_their_path()
    {
        NamedTensors tensors = Read("""{"weights": {"rnn.weight_ih_l0": [[1, 2, 3], [4, 5, 6.5]]}, "mean": [7]}""");
        Assert.Equal(["weights.rnn.weight_ih_l0", "mean"], tensors.Names);
        Assert.Equal([2, 3], tensors["weights.rnn.weight_ih_l0"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6.5f], tensors["weights.rnn.weight_ih_l0"].Data);
        Assert.Equal([7], tensors["mean"].Data);
    }

    [Fact]
    public void A_list_of_different_tensors_is_named_by_index()
    {
        NamedTensors tensors = Read("""{"layers": [{"type": "gru", "weights": [[[1, 2]], [[3, 4], [5, 6]], [7, 8]]}]}""");
        Assert.Equal(["layers[0].weights[0]", "layers[0].weights[1]", "layers[0].weights[2]"], tensors.Names);
        Assert.Equal([2, 2], tensors["layers[0].weights[1]"].Shape);
        Assert.Equal([7, 8], tensors["layers[0].weights[2]"].Data);
        Assert.Equal("gru", tensors.Attributes["layers[0].type"]);
    }

    [Fact]
    public void A_list_of_equally_shaped_tensors_is_reached_by_index_too()
    {
        NamedTensors tensors = Read("""{"weights": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]}""");
        Assert.Equal([2, 2, 2], tensors["weights"].Shape);
        Assert.Equal([2, 2], tensors["weights[1]"].Shape);
        Assert.Equal([5, 6, 7, 8], tensors["weights[1]"].Data);
        Assert.Equal([7, 8], tensors["weights[1][1]"].Data);
        Assert.False(tensors.TryGet("weights[2]", out _));
        Assert.False(tensors.TryGet("weights" + string.Concat(Enumerable.Repeat("[0]", 100_000)), out _));
    }

    [Theory]
    [InlineData("""{"w": {"data": [1, 2, 3, 4], "shape": [2, 2]}}""")]
    [InlineData("""{"w": {"shape": [2, 2], "dtype": "f4", "data": [[1, 2], [3, 4]]}}""")]
    public void An_object_with_data_and_shape_is_one_tensor(string json)
    {
        Tensor tensor = Read(json)["w"];
        Assert.Equal([2, 2], tensor.Shape);
        Assert.Equal([1, 2, 3, 4], tensor.Data);
    }

    [Fact]
    public void An_empty_shape_is_that_of_a_single_number()
    {
        Tensor tensor = Read("""{"w": {"data": [2.5], "shape": []}}""")["w"];
        Assert.Empty(tensor.Shape);
        Assert.Equal([2.5f], tensor.Data);
    }

    [Fact]
    public void A_shape_without_data_is_a_tensor_of_its_own()
    {
        NamedTensors tensors = Read("""{"layer": {"shape": [1, 8], "kernel": [2]}}""");
        Assert.Equal([1, 8], tensors["layer.shape"].Data);
        Assert.Equal([2], tensors["layer.kernel"].Data);
    }

    [Fact]
    public void Single_values_and_texts_are_attributes()
    {
        NamedTensors tensors = Read("""{"clip": 10.50, "ok": true, "none": null, "in": [null, null, 3], "columns": ["a", "b"], "e": []}""");
        Assert.Empty(tensors.Names);
        Assert.Equal("10.50", tensors.Attributes["clip"]);
        Assert.Equal("true", tensors.Attributes["ok"]);
        Assert.Equal("3", tensors.Attributes["in[2]"]);
        Assert.Equal("b", tensors.Attributes["columns[1]"]);
        Assert.Equal(5, tensors.Attributes.Count);
    }

    [Theory]
    [InlineData("""{"w": [[1, 2], [3]]}""", "m.json: w: a ragged array: element 1 has shape [1], those before it [2]; save a full array")]
    [InlineData("""{"w": [1, [2]]}""", "m.json: w: a ragged array: element 1 has shape [1], those before it []; save a full array")]
    [InlineData("""{"w": [[[1, 2], [3]], [[1]]]}""", "m.json: w[0]: a ragged array: element 1 has shape [1], those before it [2]; save a full array")]
    [InlineData("""{"w": {"data": [1, 2, 3], "shape": [2, 2]}}""",
        "m.json: w: \"shape\" [2, 2] asks for 4 numbers, \"data\" has 3 as [3]; save both from one tensor")]
    [InlineData("""{"w": {"data": [[1, 2, 3]], "shape": [3, 1]}}""",
        "m.json: w: \"shape\" [3, 1] asks for 3 numbers, \"data\" has 3 as [1, 3]; save both from one tensor")]
    [InlineData("""{"w": {"data": [1], "shape": [0.5]}}""", "m.json: w: \"shape\" holds 0.5, expected whole numbers")]
    [InlineData("""{"w": {"data": [1], "shape": [-1]}}""", "m.json: w: shape [-1] is not that of a tensor with at most 67108864 elements")]
    [InlineData("""{"w": [1e40]}""", "m.json: w: 1e40 is no float32")]
    [InlineData("""{"w": [1], "w": [2]}""", "m.json: two tensors are named w; rename one of them")]
    [InlineData("""{"a": {"b": [1]}, "a.b": [2]}""", "m.json: two tensors are named a.b; rename one of them")]
    [InlineData("""[1, 2]""", "m.json: the document is one array without a name; put it in an object")]
    [InlineData("7", "m.json: expected an object or an array, found a single value; save the weights by name")]
    public void What_is_no_tensor_is_refused(string json, string message) => Assert.Equal(message, Refusal(json));

    [Theory]
    [InlineData("""{"w": [1""")]
    [InlineData("""{"w": [1]} x""")]
    [InlineData("""{"w": [NaN]}""")]
    [InlineData("")]
    public void What_is_no_json_is_refused(string json) =>
        Assert.StartsWith("m.json: not a JSON document that can be read: ", Refusal(json), System.StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string brackets = new('[', 200_000);
        Assert.Contains("not a JSON document that can be read", Refusal(brackets), System.StringComparison.Ordinal);
        Assert.Contains("more than 8 axes", Refusal("""{"w": [[[[[[[[[1]]]]]]]]]}"""), System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_around_many_values_is_refused()
    {
        string key = new('k', 100_000);
        string values = string.Join(",", Enumerable.Repeat("\"\"", 1000));
        Assert.Contains("expected 1 to 1024", Refusal($$"""{"{{key}}": [{{values}}]}"""), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Pytorch_and_keras_files_of_others_are_read()
    {
        NamedTensors torch = TensorContainer.Read(SharedData.Path("conformance/rtneural/gru_torch.json"));
        Assert.Equal([24, 8], torch["gru2.weight_ih_l2"].Shape);
        Assert.Equal(18, torch.Names.Count);
        NamedTensors keras = TensorContainer.Read(SharedData.Path("conformance/rtneural/gru.json"));
        Assert.Contains(keras.Names, name => name == "layers[1].weights[0]");
        foreach (string path in Directory.GetFiles(SharedData.Path("models"), "*.json", SearchOption.AllDirectories))
            Assert.NotEmpty(TensorContainer.Read(path).Names);
    }
}
