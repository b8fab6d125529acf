using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.StateDict;
using EdgeRnn.Converter.Tests.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.StateDict;

public class StateDictInferenceTests
{
    /// <summary>A JSON state_dict of tensors filled with 0.5: <c>rnn.weight_ih_l0:12,3 head.bias:2</c>.</summary>
    private static string Json(string tensors) => "{" + string.Join(", ", tensors.Split(' ').Select(tensor =>
    {
        (string name, string shape) = (tensor.Split(':')[0], tensor.Split(':')[1]);
        int count = shape.Split(',').Aggregate(1, (product, size) => product * int.Parse(size, CultureInfo.InvariantCulture));
        return $"\"{name}\": {{\"shape\": [{shape}], \"data\": [{string.Join(",", Enumerable.Repeat("0.5", count))}]}}";
    })) + "}";

    private static RecurrentGraph Infer(string json) => StateDictImporter.Import(JsonTensors.Parse(Encoding.UTF8.GetBytes(json), "m.json"));

    private static string Refusal(string json)
    {
        string message = Assert.Throws<ConversionException>(() => Infer(json)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private const string _gru = "rnn.weight_ih_l0:12,3 rnn.weight_hh_l0:12,4 rnn.bias_ih_l0:12 rnn.bias_hh_l0:12";
    private const string _head = "head.weight:2,4 head.bias:2";

    [Fact]
    public void Every_layer_is_shown_to_the_user()
    {
        RecurrentGraph graph = Infer(Json($"{_gru} {_head}"));
        Assert.Equal(["rnn: GRU 3 -> 4, reset after", "head: linear 4 -> 2",
            "No activation is assumed behind head; a state_dict stores none; ARCH.json (--arch) can say otherwise."], graph.Notes);
        Assert.Equal("m", graph.Name);
        Assert.Equal(3, graph.Main.InputSize);
        Assert.Equal([new Segment(2, 0, 2)], graph.Main.Outputs);
        Assert.True(Assert.IsType<GruNode>(graph.Main.Nodes[0]).ResetAfter);
    }

    [Theory]
    [InlineData("weight_ih_l0:4,3 weight_hh_l0:4,4", "rnn: RNN 3 -> 4, tanh")]
    [InlineData("weight_ih_l0:12,3 weight_hh_l0:12,4", "gru: GRU 3 -> 4, reset after")]
    [InlineData("weight_ih:16,3 weight_hh:16,4", "lstm: LSTM 3 -> 4")]
    [InlineData("weight_ih_l0:16,3 weight_hh_l0:16,2 weight_hr_l0:2,4", "lstm: LSTM 3 -> 2, 4 cells projected")]
    [InlineData("module.a.weight_ih_l0:4,3 module.a.weight_hh_l0:4,4", "a: RNN 3 -> 4, tanh")]
    [InlineData("conv.weight:4,3,5 conv.bias:4", "conv: convolution 3 -> 4 over 5 steps")]
    [InlineData("tokenEmbedding.weight:9,4", "tokenEmbedding: embedding of 9 indices -> 4")]
    [InlineData("table.weight:9,4 gru.weight_ih_l0:6,4 gru.weight_hh_l0:6,2", "table: embedding of 9 indices -> 4")]
    [InlineData("fc.weight:9,4", "fc: linear 4 -> 9")]
    public void The_first_layer_follows_from_names_and_shapes(string tensors, string note) => Assert.Equal(note, Infer(Json(tensors)).Notes[0]);

    [Fact]
    public void What_a_state_dict_cannot_say_is_noted()
    {
        Assert.Contains("rnn: tanh is assumed; PyTorch stores relu the same way; ARCH.json (--arch) can say otherwise.",
            Infer(Json("weight_ih_l0:4,3 weight_hh_l0:4,4")).Notes);
        Assert.Contains("conv: stride 1, dilation 1, one group and no padding are assumed, so the first 4 samples have no answer; " +
            "ARCH.json (--arch) can say otherwise.", Infer(Json("conv.weight:4,3,5 conv.bias:4")).Notes);
        Assert.Contains("Between head.0 and head.2 numbers are missing, as an activation in nn.Sequential leaves them; ARCH.json (--arch) can say otherwise.",
            Infer(Json("head.0.weight:4,3 head.0.bias:4 head.2.weight:2,4 head.2.bias:2")).Notes);
    }

    [Theory]
    [InlineData("rnn.weight_hh_l0:12,4", "rnn.weight_hh_l0:12,5", "rnn: weight_ih [12, 3], weight_hh [12, 5] with 5 units are no RNN")]
    [InlineData("rnn.weight_hh_l0:12,4 ", "", "rnn.weight_hh_l0: missing beside")]
    [InlineData("rnn.bias_hh_l0:12", "rnn.bias_hh_l0:8", "rnn.bias_hh_l0: shape [8], expected [12]")]
    [InlineData("rnn.weight_ih_l0:12,3", "rnn.weight_ih_l0:12,3,1", "rnn.weight_ih_l0: shape [12, 3, 1], expected 2 axes")]
    [InlineData("head.weight:2,4", "head.weight:2,5", "the layers do not follow one another in file order: rnn 3 -> 4, head 5 -> 2; describe the model in ARCH.json")]
    [InlineData("head.bias:2", "head.bias:3", "head.bias: shape [3], expected [2]")]
    [InlineData("head.bias:2", "head.bias:2 norm.weight:2 norm.bias:2",
        "tensors that belong to no layer the names of PyTorch describe: norm.weight, norm.bias; describe the model in ARCH.json (--arch)")]
    [InlineData("head.bias:2", "head.bias:2 scale:1", "tensors that belong to no layer the names of PyTorch describe: scale;")]
    [InlineData("rnn.bias_hh_l0:12", "rnn.bias_hh_l0:12 rnn.weight_ih_l2:12,4 rnn.weight_hh_l2:12,4", "describe: rnn.weight_ih_l2, rnn.weight_hh_l2;")]
    [InlineData("rnn.bias_hh_l0:12", "rnn.bias_hh_l0:12 rnn.weight_ih_l1:12,5 rnn.weight_hh_l1:12,4", "rnn.l1: reads 5 features, rnn.l0 below it makes 4")]
    [InlineData("rnn.bias_hh_l0:12", "rnn.bias_hh_l0:12 rnn.weight_ih_l0_reverse:12,3", "rnn: a bidirectional layer (rnn.weight_ih_l0_reverse)")]
    [InlineData("rnn.bias_hh_l0:12", "rnn.bias_hh_l0:12 rnn.weight_hr_l0:2,4", "weight_hr [2, 4] with 4 units are no RNN")]
    public void A_state_dict_with_one_thing_wrong_is_refused(string right, string wrong, string message)
    {
        string tensors = $"{_gru} {_head}";
        Assert.NotNull(Infer(Json(tensors)));
        string found = Refusal(Json(tensors.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.StartsWith("m.json: ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"fc.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""");
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. header, 0, 0, 0, 0, 0, 0, 0xC0, 0x7F];
        string message = Assert.Throws<ConversionException>(() => StateDictImporter.Import(SafetensorsFile.Parse(file, "m.st"))).Message;
        Assert.Equal("m.st: fc.weight: element 1 is not a finite float32; the training diverged or the file is damaged", message);
    }

    [Fact]
    public void In_a_file_with_sorted_names_the_order_follows_from_sizes()
    {
        RecurrentGraph graph = StateDictImporter.Import(Vectors.Tensors("gru_linear.safetensors"));
        Assert.Equal(["rnn", "head"], graph.Main.Nodes.Select(node => node.Name));
        Assert.Contains("The names in the file are sorted, so the order of the layers is taken from their sizes: rnn 3 -> 4, head 4 -> 2.", graph.Notes);
    }

    [Theory]
    // Sizes alone would allow dense first.
    [InlineData("dense.bias:3 dense.weight:3,4 gru.weight_hh_l0:12,4 gru.weight_ih_l0:12,3", "gru dense")]
    [InlineData("fc1.bias:4 fc1.weight:4,4 fc2.bias:4 fc2.weight:4,4", "fc1 fc2")]
    [InlineData("layers.10.bias:4 layers.10.weight:4,4 layers.2.bias:4 layers.2.weight:4,4", "layers.2 layers.10")]
    public void Where_sizes_leave_the_order_open_recurrent_layers_come_first_and_numbers_count(string tensors, string order) =>
        Assert.Equal(order.Split(' '), Infer(Json(tensors)).Main.Nodes.Select(node => node.Name));

    [Theory]
    [InlineData("a.bias:4 a.weight:4,4 b.bias:4 b.weight:4,4", "the layers fit in several orders, and the file keeps none: a 4 -> 4, b 4 -> 4;")]
    [InlineData("a.bias:4 a.weight:4,3 b.bias:4 b.weight:4,5", "the layers do not follow one another in any order: a 3 -> 4, b 5 -> 4;")]
    public void Where_nothing_tells_the_order_it_is_not_guessed(string tensors, string message) =>
        Assert.Contains(message, Refusal(Json(tensors)), StringComparison.Ordinal);

    private const string _withPreprocessing = """
        {"columns": ["a", "b"], "mean": [1, 2], "std": [0.5, 4], "clip": 10, "threshold": 3, "history": [1, 2, 3],
        "weights": {"fc.weight": [[1, 2]], "fc.bias": [3]}}
        """;

    [Fact]
    public void A_standardiser_beside_the_weights_becomes_preprocessing()
    {
        RecurrentGraph graph = Infer(_withPreprocessing);
        Preprocessing preprocessing = graph.Preprocessing!;
        Assert.Equal([1, 2], preprocessing.Mean);
        Assert.Equal([2, 0.25f], preprocessing.InverseScale);
        Assert.Equal(10, preprocessing.Clip);
        Assert.Equal(["a", "b"], preprocessing.ChannelNames);
        Assert.Contains("The input is standardised with mean and std found beside the weights, clipped to +-10.", graph.Notes);
        Assert.Contains("Ignored beside the weights: history.", graph.Notes);
        Assert.Equal("fc", graph.Main.Nodes[0].Name);
    }

    [Theory]
    [InlineData("[0.5, 4]", "[0.5]", "mean has 2 and std 1 numbers, expected 2 each")]
    [InlineData("\"std\": [0.5, 4],", "", "mean has 2 and std 0 numbers, expected 2 each")]
    [InlineData("[0.5, 4]", "[0.5, 0]", "std[1] is 0, expected a positive number")]
    [InlineData("[0.5, 4]", "[0.5, -4]", "std[1] is -4, expected a positive number")]
    [InlineData("\"clip\": 10", "\"clip\": -1", "clip is -1, expected 0 (none) or the largest magnitude")]
    [InlineData("\"clip\": 10", "\"clip\": \"no\"", "clip is no, expected 0 (none) or the largest magnitude")]
    public void A_standardiser_that_does_not_fit_is_refused(string right, string wrong, string message) =>
        Assert.Contains(message, Refusal(_withPreprocessing.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Published_detectors_carry_their_standardiser()
    {
        RecurrentGraph skab = StateDictImporter.Import(TensorContainer.Read(SharedData.Path("models/skab-gru16/other_1.json")));
        Assert.Equal(8, skab.Preprocessing!.Mean.Length);
        Assert.Equal("RateRMS", skab.Preprocessing.ChannelNames[7]);
        RecurrentGraph nab = StateDictImporter.Import(TensorContainer.Read(SharedData.Path("models/nab-machine-temp-gru16/model.json")));
        Assert.Equal([82.01881100449334f], nab.Preprocessing!.Mean);
        Assert.Equal(20, nab.Preprocessing.Clip);
    }
}
