using System;
using System.IO;
using System.Text.Json.Nodes;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;

namespace EdgeRnn.Tests;

/// <summary>A valid file, and the same with one thing wrong: the refusal names the place and says what was expected.</summary>
public sealed class ArchRefusalTests
{
    internal const string Valid = """
        {
          "version": 1, "inputSize": 3,
          "preprocessing": {"channels": ["x", "y", "z"], "mean": [0, 0, 0], "std": [1, 1, 1], "clip": 10},
          "layers": [
            {"name": "gru", "kind": "gru", "gateOrder": "pytorch", "reset": "after",
             "inputWeights": "w", "recurrentWeights": "u", "inputBias": "b", "recurrentBias": "b"},
            {"name": "lstm", "kind": "lstm", "inputs": ["gru", "input"], "gateOrder": "ifgo",
             "inputWeights": "lw", "recurrentWeights": "lu", "peepholes": "p", "peepholeOrder": "ifo"},
            {"name": "conv", "kind": "conv1d", "inputs": "gru", "layout": "pytorch", "padding": "causal", "weights": "c"},
            {"name": "out", "kind": "dense", "inputs": [{"from": "lstm", "offset": 0, "size": 2}], "weights": {"tensor": "d", "rows": {"offset": 0, "size": 2}}}
          ],
          "outputs": ["out", "conv"],
          "window": {"length": 8, "hop": 4, "answer": "decoder"},
          "decoder": {
            "steps": 4, "stepsPerTick": 1, "feedback": "autoregressive", "handOver": "input",
            "layers": [{"name": "dec", "kind": "gru", "gateOrder": "zrn", "reset": "before", "inputWeights": "w", "recurrentWeights": "u"},
                       {"name": "row", "kind": "dense", "weights": "e"}],
            "outputs": "row",
            "stateLinks": [{"from": "gru", "to": "dec"}]
          }
        }
        """;

    [Fact]
    public void The_file_without_a_mistake_imports()
    {
        using ArchFixture fixture = Fixture();
        fixture.Import(Valid);
    }

    [Theory]
    [InlineData("$.version", "2", "$.version: this program reads version 1, found 2")]
    [InlineData("$.version", null, "$: the key 'version' is missing")]
    [InlineData("$.inputSize", "0", "$.inputSize: expected a whole number, 1 to 65535, found 0")]
    [InlineData("$.inputSize", "3.5", "$.inputSize: expected a whole number")]
    [InlineData("$.layers", "[]", "$.layers: expected at least one element")]
    [InlineData("$.layers[0].kind", "\"transformer\"", "$.layers[0].kind: expected one of rnn, gru")]
    [InlineData("$.layers[0].name", "\"input\"", "$.layers[0].name: 'input' is taken")]
    [InlineData("$.layers[1].name", "\"gru\"", "$.layers[1].name: 'gru' is taken")]
    [InlineData("$.decoder.layers[0].name", "\"gru\"", "$.decoder.layers[0].name: 'gru' is taken")]
    [InlineData("$.layers[0].gateOrder", "\"tflite\"", "$.layers[0].gateOrder: expected pytorch, keras, onnx, tf1 or the letters zrn")]
    [InlineData("$.layers[0].gateOrder", "\"zrr\"", "$.layers[0].gateOrder: expected")]
    [InlineData("$.layers[0].gateOrder", null, "$.layers[0]: the key 'gateOrder' is missing")]
    [InlineData("$.layers[0].reset", null, "$.layers[0]: the key 'reset' is missing")]
    [InlineData("$.layers[0].inputWeights", "\"missing\"", "$.layers[0].inputWeights: weights.json has no tensor 'missing'; it has w, u")]
    [InlineData("$.layers[0].inputWeights", "\"wt\"", "$.layers[0].inputWeights: expected [12, 3], found [3, 12]; add \"transpose\": true")]
    [InlineData("$.layers[0].recurrentWeights", "\"w\"", "$.layers[0].recurrentWeights: expected [3 * units, units], found [12, 3]")]
    [InlineData("$.layers[0].inputBias", "\"p\"", "$.layers[0].inputBias: expected [12], found [15]")]
    [InlineData("$.layers[0].bias", "\"b\"", "$.layers[0]: 'bias' and 'inputBias' exclude each other")]
    [InlineData("$.layers[0].gateActivation", "\"softmax\"", "$.layers[0].gateActivation: softmax needs a whole vector")]
    [InlineData("$.layers[0].gateActivation", "\"hardSigmoid\"", "$.layers[0].gateActivation: hardSigmoid takes alpha and beta")]
    [InlineData("$.layers[0].candidateActivation", "{\"name\": \"tanh\", \"alpha\": 1}", "$.layers[0].candidateActivation: tanh takes no parameter")]
    [InlineData("$.layers[0].preActivationClip", "0", "$.layers[0].preActivationClip: expected a bound above 0")]
    [InlineData("$.layers[1].inputs", "[\"gru\", \"out\"]", "$.layers[1].inputs[1]: no layer 'out' stands before this place; there are input, gru")]
    [InlineData("$.layers[1].coupling", "\"both\"", "$.layers[1].coupling: expected one of none, forgetFromInput, inputFromForget")]
    [InlineData("$.layers[1].peepholeOrder", null, "$.layers[1].peepholes: needs 'peepholeOrder'")]
    [InlineData("$.layers[1].peepholes", null, "$.layers[1].peepholeOrder: there are no 'peepholes'")]
    [InlineData("$.layers[1].projectionBias", "\"b\"", "$.layers[1].projectionBias: there is no 'projection'")]
    [InlineData("$.layers[2].groups", "3", "$.layers[2]: 4 input features do not divide into 3 groups")]
    [InlineData("$.layers[2].weights", "\"d\"", "$.layers[2].weights: expected [outputs, 4, kernel], found [3, 2]")]
    [InlineData("$.layers[3].inputs[0].size", "6", "$.layers[3].inputs[0]: features 0 to 5 are asked for, there are 5")]
    [InlineData("$.layers[3].weights.rows.size", "4", "$.layers[3].weights.rows: rows 0 to 3 are asked for, there are 3")]
    [InlineData("$.layers[3].weights.reshape", "[4, 2]", "$.layers[3].weights.reshape: expected a shape for the 6 elements of [3, 2], found 8")]
    [InlineData("$.layers[3].weights.flat", "{\"offset\": 3, \"shape\": [2, 2]}", "$.layers[3].weights.flat: elements 3 to 6 are asked for, the tensor has 6")]
    [InlineData("$.layers[3].weights.fill", "1", "$.layers[3].weights: 'tensor' and 'fill' exclude each other")]
    [InlineData("$.layers[3].weights", "{\"fill\": 0, \"shape\": [60000, 60000]}", "$.layers[3].weights.fill: the tensors of this file come to more than")]
    [InlineData("$.layers[3].weights", "{\"fill\": 0, \"shape\": [2147483647, 2147483647, 2147483647, 2147483647]}", "come to more than")]
    [InlineData("$.layers[3].weights", "{\"concat\": [\"d\", \"w\"]}", "$.layers[3].weights.concat[1]: [12, 3] cannot follow [3, 2]")]
    [InlineData("$.layers[3].weights", "[[1, 2], [3]]", "$.layers[3].weights: expected rows of 2 along axis 1")]
    [InlineData("$.layers[3].weights", "[[1, 1e999]]", "$.layers[3].weights: element 1 is not a number that float32 can hold")]
    [InlineData("$.layers[3].weights.scale", "1e39", "$.layers[3].weights.scale: expected a number that float32 can hold")]
    [InlineData("$.layers[3].weights", "{\"values\": [[1e38, 1]], \"scale\": 10}", "$.layers[3].weights: element 0 is Infinity; expected finite numbers")]
    [InlineData("$.layers[3].weights", "7", "$.layers[3].weights: expected a tensor: a name, an array of numbers or an object; found 7")]
    [InlineData("$.preprocessing.std", "[1, 0, 1]", "$.preprocessing.std: every value has to be finite and, as a deviation, not zero")]
    [InlineData("$.preprocessing.inverseScale", "[1, 1, 1]", "$.preprocessing: 'std' and 'inverseScale' exclude each other")]
    [InlineData("$.preprocessing.channels", "[\"x\"]", "$.preprocessing.channels: expected 3 texts, one per input feature; found 1")]
    [InlineData("$.window", null, "$.decoder: a decoder runs at the end of a window; add 'window'")]
    [InlineData("$.decoder", null, "$.window.answer: there is no decoder to answer")]
    [InlineData("$.window.answer", "\"lastStep\"", "$.window.answer: with a decoder the answer is \"decoder\"")]
    [InlineData("$.window.hop", "9", "$.window.hop: expected a whole number, 1 to 8, found 9")]
    [InlineData("$.decoder.feedback", "\"zero\"", "$.decoder.handOver: a decoder that reads zeros is handed no input")]
    [InlineData("$.decoder.handOver", null, "$.decoder: without 'handOver' the decoder needs 'inputSize'")]
    [InlineData("$.decoder.inputSize", "4", "$.decoder.inputSize: 'handOver' has 3 features, found 4")]
    [InlineData("$.decoder.outputs", "\"dec\"", "$.decoder: its output of 4 features comes back as its input of 3")]
    [InlineData("$.decoder.stateLinks[0].from", "\"lstm\"", "$.decoder.stateLinks[0]: the two layers are of different kinds")]
    [InlineData("$.decoder.stateLinks[0].to", "\"row\"", "$.decoder.stateLinks[0]: the two layers are of different kinds")]
    [InlineData("$.decoder.stateLinks[0].from", "\"input\"", "$.decoder.stateLinks[0].from: the input is not a layer")]
    [InlineData("$.decoder.stateLinks[0].fromState", "\"hidden\"", "$.decoder.stateLinks[0]: 'fromState' and 'toState' go together")]
    [InlineData("$.metadata", "{\"Source\": \"x\"}", "$.metadata: keys are lower-case words")]
    public void One_mistake_is_refused_with_its_place(string path, string? replacement, string expected)
    {
        using ArchFixture fixture = Fixture();
        JsonNode arch = JsonNode.Parse(Valid)!;
        JsonEdit.Put(arch, path, replacement);
        Assert.Contains(expected, fixture.Refusal(arch.ToJsonString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not valid JSON at line 1")]
    [InlineData("[]", "$: expected an object, found an array")]
    [InlineData("{\"version\": 1,}", "not valid JSON at line 1")]
    [InlineData("{\"version\": 1, \"version\": 1}", "repeated keys are not allowed")]
    [InlineData("{\"version\": 1, \"\\ud800\": 1, \"inputSize\": 1}", "the text at byte 15 is not sound UTF-8 or holds half a character")]
    [InlineData("{\"version\": 1, \"name\": \"\\ud800\"}", "the text at byte 23 is not sound")]
    [InlineData("{\"version\": 1, \"name\": \"x\", \"inputSize\": \"\\udc00\"}", "the text at byte 41 is not sound")]
    public void A_file_that_is_not_strict_json_is_refused(string text, string expected)
    {
        using ArchFixture fixture = Fixture();
        Assert.Contains(expected, fixture.Refusal(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        using ArchFixture fixture = Fixture();
        fixture.Import("\uFEFF" + Valid);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        using ArchFixture fixture = Fixture();
        Assert.Contains("not valid JSON", fixture.Refusal(new string('[', 100000)), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_the_file_cannot_break_the_line_of_a_message()
    {
        using ArchFixture fixture = Fixture();
        JsonNode arch = JsonNode.Parse(Valid)!;
        JsonEdit.Put(arch, "$.layers[0].kind", "\"gru\\nerror: forged\"");
        Assert.Contains("found 'gru?error: forged'", fixture.Refusal(arch.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_arch_file_is_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), "absent.arch.json");
        string message = Assert.Throws<ConversionException>(() => ArchImporter.Import("w.json", new ImportOptions { ArchPath = path })).Message;
        Assert.EndsWith("absent.arch.json: there is no such file; check the path", message, StringComparison.Ordinal);
        message = Assert.Throws<ConversionException>(() => ArchImporter.Import("w.json", new ImportOptions())).Message;
        Assert.Contains("add --arch ARCH.json", message, StringComparison.Ordinal);
    }

    internal static ArchFixture Fixture() => new ArchFixture().With("w", 12, 3).With("u", 12, 4).With("b", 12).With("wt", 3, 12)
        .With("lw", 20, 7).With("lu", 20, 5).With("p", 15).With("c", 2, 4, 3).With("d", 3, 2).With("e", 3, 4);
}
