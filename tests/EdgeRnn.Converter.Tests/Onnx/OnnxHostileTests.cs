using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Onnx;
using EdgeRnn.Converter.Import.Onnx.Proto;
using EdgeRnn.Converter.Tests.Containers;
using EdgeRnn.Tests;
using Google.Protobuf;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Damaged and absurd files end in a one-line error, soon and without much memory.</summary>
public sealed class OnnxHostileTests
{
    private const int Seed = 20261121;
    private const int MutationsPerModel = 20;
    private const int MaxChangedBytes = 4;
    private static readonly TimeSpan _mostForOneFile = TimeSpan.FromSeconds(5);

    [Theory]
    [MemberData(nameof(OwnModelTests.Names), MemberType = typeof(OwnModelTests))]
    public void Damaged_model_is_imported_or_refused(string name)
    {
        byte[] valid = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "vectors", "onnx", name + ".onnx"));
        Random random = new(Seed);
        for (int round = 0; round < MutationsPerModel; round++)
        {
            byte[] damaged = (byte[])valid.Clone();
            for (int change = random.Next(MaxChangedBytes); change >= 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (round % 4 == 0) damaged = damaged[..random.Next(damaged.Length)];
            RequireOrderlyEnd(damaged, $"{name}, seed {Seed}, round {round}");
        }
    }

    // Damage inside the structure: every attribute, index, size and name is changed, which bytes of weights would mostly hide.
    [Theory]
    [MemberData(nameof(OwnModelTests.Names), MemberType = typeof(OwnModelTests))]
    public void Model_with_changed_structure_is_imported_or_refused(string name)
    {
        byte[] valid = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "vectors", "onnx", name + ".onnx"));
        Random random = new(Seed);
        for (int round = 0; round < MutationsPerModel; round++)
        {
            ModelProto model = ModelProto.Parser.ParseFrom(valid);
            StructureDamage.Apply(model.Graph, random);
            RequireOrderlyEnd(model.ToByteArray(), $"{name}, seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void File_that_is_no_protobuf_is_refused()
    {
        Assert.Contains("not an ONNX model", Refusal([1, 2, 3, 255, 255]), StringComparison.Ordinal);
        Assert.Contains("it is not an ONNX model", Refusal([]), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_nested_too_deeply_are_refused()
    {
        GraphProto graph = new();
        for (int depth = 0; depth < 40; depth++)
            graph = new GraphProto { Node = { new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", G = graph } } } } };
        OnnxModelBuilder model = OnnxModelBuilder.Gru().Output("Y");
        model.Model.Graph.Node.Add(graph.Node);
        Assert.Contains("not an ONNX model, or damaged", model.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_of_an_absurd_shape_is_refused_before_it_is_made()
    {
        OnnxModelBuilder Model(long size) => OnnxModelBuilder.Gru(initial: "h").Integers("shape", size, 1, 2)
            .Node("ConstantOfShape", "zeros", ["shape"], ["h"]).FirstNodeLast().Output("Y");
        Assert.Single(Model(1).Import().Main.Nodes);
        Assert.StartsWith("ConstantOfShape 'zeros': makes a tensor with more than", Model(1 << 30).Refusal(), StringComparison.Ordinal);
        Assert.StartsWith("ConstantOfShape 'zeros': makes an axis of size", Model(long.MaxValue).Refusal(), StringComparison.Ordinal);
        Assert.StartsWith("ConstantOfShape 'zeros': makes an axis of size -1", Model(-1).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_overflow_are_refused() => Assert.Equal(
        "Mul 'square': computes a size that is too large for any tensor; export the model again",
        OnnxModelBuilder.Gru(initial: "h").Integers("big", long.MaxValue, 1, 2).Node("Mul", "square", ["big", "big"], ["shape"])
            .Node("ConstantOfShape", "zeros", ["shape"], ["h"]).FirstNodeLast().Output("Y").Refusal());

    [Fact]
    public void Weights_outside_the_model_are_refused_by_name()
    {
        OnnxModelBuilder model = OnnxModelBuilder.Gru().Output("Y");
        model.Model.Graph.Initializer[0].DataLocation = 1;
        model.Model.Graph.Initializer[0].ExternalData.Add(new ExternalDataProto { Key = "location", Value = "../../secret.bin" });
        Assert.Equal("tensor 'W': its elements are outside the model, in '../../secret.bin'; save the model with the weights inside " +
            "(onnx.save_model with save_as_external_data=False)", model.Refusal());
    }

    [Theory]
    [InlineData(6, "it uses operator set 6, expected 7 to 23; export the model with an opset_version in that range")]
    [InlineData(24, "it uses operator set 24, expected 7 to 23; export the model with an opset_version in that range")]
    public void Operator_sets_outside_the_range_are_refused(int opset, string message) =>
        Assert.Equal("model.onnx: " + message, OnnxModelBuilder.Gru(opset).Output("Y").Refusal());

    [Fact]
    public void Tensor_with_too_few_elements_is_refused()
    {
        OnnxModelBuilder model = OnnxModelBuilder.Gru().Output("Y");
        model.Model.Graph.Initializer[1].FloatData.RemoveAt(0);
        Assert.Equal("tensor 'R': its shape needs 12 elements of float, the file has 11; export the model again", model.Refusal());
    }

    private static string Refusal(byte[] file)
    {
        using TemporaryFolder folder = new();
        return Assert.Throws<ConversionException>(() => OnnxImporter.Import(folder.File("model.onnx", file), new ImportOptions())).Message;
    }

    private static void RequireOrderlyEnd(byte[] file, string what)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("model.onnx", file);
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            OnnxImporter.Import(path, new ImportOptions());
        }
        catch (ConversionException refusal)
        {
            Assert.False(refusal.Message.Any(char.IsControl), $"{what}: {refusal.Message}");
        }
        catch (Exception error)
        {
            Assert.Fail($"{what}: {error}");
        }
        Assert.True(watch.Elapsed < _mostForOneFile, $"{what}: {watch.Elapsed}");
    }
}
