using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeRnn.Converter.Import.Arch;

namespace EdgeRnn.Tests;

/// <summary>The schema, the parser and the page that describes them say the same.</summary>
public sealed class ArchSchemaTests
{
    // One small file in which every kind of object occurs, valid and with only what is required.
    private const string EveryObject = """
        {
          "version": 1, "inputSize": 2,
          "preprocessing": {"mean": [0, 0]},
          "layers": [
            {"name": "rnn", "kind": "rnn", "activation": "tanh", "inputWeights": {"tensor": "u"}, "recurrentWeights": "u"},
            {"name": "gru", "kind": "gru", "gateOrder": "onnx", "reset": "after", "inputWeights": "u3", "recurrentWeights": "u3"},
            {"name": "lstm", "kind": "lstm", "gateOrder": "onnx", "inputWeights": "u4", "recurrentWeights": "u4"},
            {"name": "dense", "kind": "dense", "weights": {"tensor": "u3", "rows": {"offset": 0, "size": 2}}},
            {"name": "conv", "kind": "conv1d", "layout": "flattened", "padding": "causal", "weights": {"tensor": "u", "flat": {"offset": 0, "shape": [2, 2]}}},
            {"name": "relu", "kind": "activation", "activation": {"name": "elu", "alpha": 1}},
            {"name": "z", "kind": "standardise"},
            {"name": "sum", "kind": "add", "inputs": ["z", "relu"]},
            {"name": "product", "kind": "multiply", "inputs": ["sum", "relu"]},
            {"name": "index", "kind": "argmax"},
            {"name": "row", "kind": "embedding", "table": "u"}
          ],
          "outputs": {"from": "row", "offset": 0, "size": 2},
          "window": {"length": 4, "hop": 2, "answer": "decoder"},
          "decoder": {
            "steps": 3, "feedback": "zero", "inputSize": 2,
            "layers": [{"name": "second", "kind": "rnn", "activation": "relu", "inputWeights": "u", "recurrentWeights": "u"}],
            "outputs": "second",
            "stateLinks": [{"from": "rnn", "to": "second"}]
          },
          "metadata": {"source": "test"}
        }
        """;

    public static TheoryData<string, string> Objects => new()
    {
        { "$", "" },
        { "$.preprocessing", "preprocessing" },
        { "$.layers[0]", "rnn" },
        { "$.layers[1]", "gru" },
        { "$.layers[2]", "lstm" },
        { "$.layers[3]", "dense" },
        { "$.layers[4]", "conv1d" },
        { "$.layers[5]", "activationLayer" },
        { "$.layers[6]", "standardise" },
        { "$.layers[7]", "add" },
        { "$.layers[8]", "multiply" },
        { "$.layers[9]", "argmax" },
        { "$.layers[10]", "embedding" },
        { "$.layers[5].activation", "activationObject" },
        { "$.layers[0].inputWeights", "tensorObject" },
        { "$.layers[3].weights.rows", "range" },
        { "$.layers[4].weights.flat", "tensorObject/properties/flat" },
        { "$.outputs", "slice" },
        { "$.window", "window" },
        { "$.decoder", "decoder" },
        { "$.decoder.stateLinks[0]", "stateLink" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Parser_and_schema_know_the_same_keys(string path, string definition)
    {
        using ArchFixture fixture = Fixture();
        fixture.Import(EveryObject);
        JsonNode arch = JsonNode.Parse(EveryObject)!;
        JsonEdit.At(arch, path)["stranger"] = 1;

        Assert.False(ArchFixture.FitsSchema(arch.ToJsonString()));
        string refusal = fixture.Refusal(arch.ToJsonString());
        string prefix = $"test.arch.json: {path}: unknown key 'stranger'; known here: ";
        Assert.StartsWith(prefix, refusal, StringComparison.Ordinal);

        JsonElement schema = SchemaCheck.Schema;
        if (definition.Length > 0) schema = schema.GetProperty("$defs");
        foreach (string part in definition.Split('/', StringSplitOptions.RemoveEmptyEntries)) schema = schema.GetProperty(part);
        IEnumerable<string> inSchema = schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);
        Assert.Equal(inSchema.Order(StringComparer.Ordinal), refusal[prefix.Length..].Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_graph_of_every_kind_of_layer_runs()
    {
        using ArchFixture fixture = Fixture();
        IReadOnlyList<float[]> answers = new StreamRunner(fixture.Import(EveryObject)).Run([.. Enumerable.Repeat(0.25f, 2 * 8)]);
        Assert.Equal([6, 6, 6], answers.Select(answer => answer.Length));
    }

    [Fact]
    public void Every_object_of_the_schema_is_strict_and_compared_above()
    {
        int strict = Regex.Count(File.ReadAllText(Path.Combine(Repository.Root, "converter", "arch.schema.json")), "\"additionalProperties\": false");
        Assert.Equal(strict, Objects.Count);
    }

    [Fact]
    public void Parser_and_schema_know_the_same_kinds()
    {
        IEnumerable<string> kinds = SchemaCheck.Schema.GetProperty("$defs").EnumerateObject()
            .Where(definition => definition.Value.TryGetProperty("properties", out JsonElement keys) && keys.TryGetProperty("kind", out _))
            .Select(definition => definition.Value.GetProperty("properties").GetProperty("kind").GetProperty("const").GetString()!);
        Assert.Equal(kinds.Order(StringComparer.Ordinal), SubgraphReader.Kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_arch_file_of_the_repository_fits_the_schema()
    {
        string[] files = [.. new[] { "tests/vectors", "converter" }.SelectMany(folder =>
            Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.arch.json", SearchOption.AllDirectories))];
        Assert.NotEmpty(files);
        foreach (string file in files) SchemaCheck.ExpectValid(file);
    }

    [Fact]
    public void The_examples_of_the_page_import()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "converter", "ARCH.md"));
        string[] examples = [.. Regex.Matches(page, "```json\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, examples.Length);

        using ArchFixture pytorch = new ArchFixture().With("rnn.weight_ih_l0", 48, 3).With("rnn.weight_hh_l0", 48, 16)
            .With("rnn.bias_ih_l0", 48).With("rnn.bias_hh_l0", 48).With("head.weight", 3, 16).With("head.bias", 3);
        Assert.Single(new StreamRunner(pytorch.Import(examples[0])).Run(new float[3]));

        using ArchFixture keras = new ArchFixture().With("enc_kernel", 2, 32).With("enc_recurrent", 8, 32).With("enc_bias", 32)
            .With("dec_kernel", 8, 32).With("dec_recurrent", 8, 32).With("dec_bias", 32).With("out_kernel", 8, 2).With("out_bias", 2);
        IReadOnlyList<float[]> answers = new StreamRunner(keras.Import(examples[1])).Run(new float[2 * 36]);
        Assert.Equal([48, 48], answers.Select(answer => answer.Length));
    }

    private static ArchFixture Fixture() => new ArchFixture().With("u", 2, 2).With("u3", 6, 2).With("u4", 8, 2);
}
