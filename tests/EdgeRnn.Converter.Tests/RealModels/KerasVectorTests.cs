using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;

namespace EdgeRnn.Tests;

/// <summary>
/// The recurrent-layer cases of keras-js, each through an ARCH file made from the attributes it was recorded with. What Keras calls
/// go_backwards is a finite window read newest step first.
/// </summary>
public sealed class KerasVectorTests
{
    [Theory]
    [InlineData("SimpleRNN")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void Keras_cases_give_the_recorded_output(string layer)
    {
        string path = SharedData.Path($"conformance/keras-vectors/{layer}.json");
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(path));
        Assert.True(cases.RootElement.GetArrayLength() >= 6);
        int index = 0;
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            float[] expected = Numbers(item.GetProperty("expected").GetProperty("data"));
            float[] actual = Run(path, Arch(item, index++), item);
            Assert.True(Agreement.MaxError(expected, actual) <= 1e-5, item.GetProperty("id").GetString());
        }
    }

    private static float[] Run(string path, JsonObject arch, JsonElement item)
    {
        JsonElement attributes = item.GetProperty("attrs");
        float[] input = Numbers(item.GetProperty("input").GetProperty("data"));
        string archPath = Path.Combine(AppContext.BaseDirectory, $"keras-{item.GetProperty("id").GetString()}.arch.json");
        File.WriteAllText(archPath, arch.ToJsonString());
        SchemaCheck.ExpectValid(archPath);
        StreamRunner runner = new(ArchImporter.Import(path, new ImportOptions { ArchPath = archPath }));

        // Stateful cases recorded the second call on the same input.
        IReadOnlyList<float[]> answers = runner.Run(attributes.GetProperty("stateful").GetBoolean() ? [.. input, .. input] : input);
        float[] all = [.. answers.SelectMany(answer => answer)];
        int wanted = item.GetProperty("expected").GetProperty("data").GetArrayLength();
        return all[^wanted..];
    }

    private static JsonObject Arch(JsonElement item, int index)
    {
        JsonElement attributes = item.GetProperty("attrs");
        int steps = item.GetProperty("inputShape")[0].GetInt32(), features = item.GetProperty("inputShape")[1].GetInt32();
        JsonObject arch = new()
        {
            ["version"] = 1,
            ["inputSize"] = features,
            ["layers"] = new JsonArray(Layer(item, attributes, index)),
            ["outputs"] = "cell",
        };
        if (attributes.GetProperty("go_backwards").GetBoolean())
        {
            string answer = attributes.GetProperty("return_sequences").GetBoolean() ? "allSteps" : "lastStep";
            arch["window"] = new JsonObject { ["length"] = steps, ["hop"] = steps, ["answer"] = answer, ["reversedInput"] = true };
            if (attributes.GetProperty("stateful").GetBoolean()) arch["window"]!["carriesState"] = true;
        }
        return arch;
    }

    private static JsonObject Layer(JsonElement item, JsonElement attributes, int index)
    {
        string kind = item.GetProperty("layer").GetString() switch { "SimpleRNN" => "rnn", "LSTM" => "lstm", _ => "gru" };
        JsonObject layer = new() { ["name"] = "cell", ["kind"] = kind };
        layer["inputWeights"] = new JsonObject { ["tensor"] = $"[{index}].weights[0]", ["transpose"] = true };
        layer["recurrentWeights"] = new JsonObject { ["tensor"] = $"[{index}].weights[1]", ["transpose"] = true };
        if (attributes.GetProperty("use_bias").GetBoolean()) layer["bias"] = $"[{index}].weights[2]";
        foreach (string key in kind switch
        {
            "rnn" => ["activation"],
            "lstm" => ["cellActivation", "outputActivation"],
            _ => new[] { "candidateActivation" },
        })
        {
            layer[key] = Activation(attributes.GetProperty("activation").GetString()!);
        }
        if (kind == "rnn") return layer;
        layer["gateOrder"] = "keras";
        layer["gateActivation"] = Activation(attributes.GetProperty("recurrent_activation").GetString()!);
        if (kind == "gru") layer["reset"] = "before";
        return layer;
    }

    private static JsonNode Activation(string name) => name == "hard_sigmoid"
        ? new JsonObject { ["name"] = "hardSigmoid", ["alpha"] = 0.2, ["beta"] = 0.5 } : JsonValue.Create(name);

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];
}
