using System.Linq;
using System.Text;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>Layer records: a valid file, and the same with one thing wrong.</summary>
public sealed class HostileLayerTests
{
    [Theory]
    [InlineData("Stream", "dense.kind", 0, ModelErrorCode.BadValue, "GRPH: kind of layer 1")]
    [InlineData("Stream", "dense.kind", 11, ModelErrorCode.BadValue, "GRPH: kind of layer 1")]
    [InlineData("Stream", "dense.tensorCount", 255, ModelErrorCode.BadValue, "GRPH: dense tensor role")]
    [InlineData("Stream", "dense.outputSize", 0, ModelErrorCode.BadValue, "GRPH: dense output size")]
    [InlineData("Stream", "dense.outputSize", 65536, ModelErrorCode.BadValue, "GRPH: dense output size")]
    [InlineData("Stream", "dense.outputSize", 5, ModelErrorCode.BadTensor, "dense: input weights (tensor")]
    [InlineData("Stream", "dense.tensor0.role", 0, ModelErrorCode.BadValue, "GRPH: dense tensor role")]
    [InlineData("Stream", "dense.tensor0.role", 12, ModelErrorCode.BadValue, "GRPH: dense tensor role")]
    [InlineData("Stream", "dense.tensor1.role", 1, ModelErrorCode.BadValue, "GRPH: dense tensor role")]
    [InlineData("Stream", "dense.tensor1.role", 5, ModelErrorCode.BadTensor, "dense: this kind of layer has no peephole weights")]
    [InlineData("Stream", "dense.tensor0.index", 999, ModelErrorCode.BadTensor, "dense: input weights are tensor 999, the file has 26")]
    [InlineData("Stream", "dense.tensor0.index", 3, ModelErrorCode.BadTensor, "dense: input weights (tensor")]
    [InlineData("Stream", "dense.tensor1.index", 1, ModelErrorCode.BadTensor, "dense: bias (tensor")]
    [InlineData("Stream", "dense.activation0.kind", 14, ModelErrorCode.BadValue, "GRPH: dense activation")]
    [InlineData("Stream", "dense.activation0.alpha", NaN, ModelErrorCode.BadValue, "GRPH: dense activation alpha")]
    [InlineData("Stream", "dense.activation0.beta", Infinity, ModelErrorCode.BadValue, "GRPH: dense activation beta")]
    [InlineData("Stream", "rnn.parameter0", NaN, ModelErrorCode.BadValue, "rnn: pre-activation clip")]
    [InlineData("Stream", "rnn.parameter0", MinusOne, ModelErrorCode.BadValue, "rnn: pre-activation clip")]
    [InlineData("Stream", "rnn.activation0.kind", 6, ModelErrorCode.BadValue, "rnn: softmax cannot be an activation of a recurrent cell or a convolution")]
    [InlineData("Stream", "rnn.outputSize", 6, ModelErrorCode.BadTensor, "rnn: input weights (tensor")]
    [InlineData("Stream", "lstm.parameter0", 3, ModelErrorCode.BadValue, "lstm: gate coupling")]
    [InlineData("Stream", "lstm.parameter0", 1, ModelErrorCode.BadTensor, "lstm: input weights (tensor")]
    [InlineData("Stream", "lstm.parameter1", Infinity, ModelErrorCode.BadValue, "lstm: pre-activation clip")]
    [InlineData("Stream", "lstm.parameter2", 0, ModelErrorCode.BadValue, "lstm: cell size")]
    [InlineData("Stream", "lstm.parameter2", 5, ModelErrorCode.BadTensor, "lstm: input weights (tensor")]
    [InlineData("Stream", "lstm.parameter2", 65536, ModelErrorCode.BadValue, "lstm: cell size")]
    [InlineData("Stream", "lstm.outputSize", 4, ModelErrorCode.BadTensor, "lstm: recurrent weights (tensor")]
    [InlineData("Stream", "lstm.activation2.kind", 6, ModelErrorCode.BadValue, "lstm: softmax cannot be an activation of a recurrent cell or a convolution")]
    [InlineData("Stream", "lstm.tensor5.role", 10, ModelErrorCode.BadValue, "GRPH: lstm tensor role")]
    [InlineData("Stream", "coupled.parameter0", 0, ModelErrorCode.BadTensor, "coupled: input weights (tensor")]
    [InlineData("Stream", "coupled.tensor2.role", 7, ModelErrorCode.BadTensor, "coupled: recurrent weights are missing")]
    [InlineData("Stream", "gru.parameter0", 2, ModelErrorCode.BadValue, "gru: reset after")]
    [InlineData("Stream", "gru.parameter0", 0, ModelErrorCode.BadTensor, "gru: bias (tensor")]
    [InlineData("Stream", "gru.parameter1", MinusOne, ModelErrorCode.BadValue, "gru: pre-activation clip")]
    [InlineData("Stream", "gru.activation0.kind", 6, ModelErrorCode.BadValue, "gru: softmax cannot be an activation of a recurrent cell or a convolution")]
    [InlineData("Stream", "gru.outputSize", 4, ModelErrorCode.BadTensor, "gru: input weights (tensor")]
    [InlineData("Stream", "embedding.segment0.length", 2, ModelErrorCode.BadGraph, "embedding: input size of an embedding")]
    [InlineData("Stream", "embedding.outputSize", 2, ModelErrorCode.BadTensor, "embedding: embedding table (tensor")]
    [InlineData("Stream", "conv.parameter0", 0, ModelErrorCode.BadValue, "conv: kernel size")]
    [InlineData("Stream", "conv.parameter0", 2, ModelErrorCode.BadTensor, "conv: input weights (tensor")]
    [InlineData("Stream", "conv.parameter0", int.MaxValue, ModelErrorCode.BadValue, "conv: kernel size")]
    [InlineData("Stream", "conv.parameter1", 0, ModelErrorCode.BadValue, "conv: dilation")]
    [InlineData("Stream", "conv.parameter1", 0x100001, ModelErrorCode.BadValue, "conv: dilation")]
    [InlineData("Stream", "conv.parameter2", 0, ModelErrorCode.BadValue, "conv: groups")]
    [InlineData("Stream", "conv.parameter2", 3, ModelErrorCode.BadGraph, "conv: input size modulo groups")]
    [InlineData("Stream", "conv.parameter2", int.MaxValue, ModelErrorCode.BadValue, "conv: groups")]
    [InlineData("Stream", "conv.parameter3", 0, ModelErrorCode.BadValue, "conv: stride")]
    [InlineData("Stream", "conv.parameter3", 0x100001, ModelErrorCode.BadValue, "conv: stride")]
    [InlineData("Stream", "conv.parameter4", 2, ModelErrorCode.BadValue, "conv: padded start")]
    [InlineData("Stream", "conv.activation0.kind", 6, ModelErrorCode.BadValue, "conv: softmax cannot be an activation of a recurrent cell or a convolution")]
    [InlineData("Stream", "activation.outputSize", 2, ModelErrorCode.BadGraph, "activation: output size of an activation")]
    [InlineData("Stream", "standardise.outputSize", 2, ModelErrorCode.BadGraph, "standardise: output size of a standardiser")]
    [InlineData("Stream", "standardise.parameter0", NaN, ModelErrorCode.BadValue, "standardise: clip")]
    [InlineData("Stream", "pairwise.outputSize", 4, ModelErrorCode.BadGraph, "pairwise: input size of a pairwise layer")]
    [InlineData("Stream", "pairwise.parameter0", 2, ModelErrorCode.BadValue, "pairwise: multiply")]
    [InlineData("Stream", "argmax.outputSize", 2, ModelErrorCode.BadGraph, "argmax: output size of argmax")]
    [InlineData("Window", "conv.parameter1", 524289, ModelErrorCode.LimitExceeded, "conv: answers first after 1048578 steps and then every 2")]
    public void Wrong_layer_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("dense.parameterCount", 1, "rnn.kind", 4, ModelErrorCode.BadValue, "dense: has 1 activations and 1 parameters, expected 1 and 0")]
    [InlineData("gru.parameterCount", 3, "embedding.kind", 4, ModelErrorCode.BadValue, "gru: has 2 activations and 3 parameters, expected 2 and 2")]
    [InlineData("argmax.activationCount", 1, "coupled.kind", 9, ModelErrorCode.BadValue, "argmax: has 1 activations and 0 parameters, expected 0 and 0")]
    [InlineData("argmax.tensorCount", 1, "coupled.kind", 3, ModelErrorCode.BadValue, "argmax tensor role")]
    public void Record_with_more_than_its_kind_takes_is_refused(string countField, int count, string before, int bytes, ModelErrorCode code, string words)
    {
        byte[] file = ErnnEdit.Insert(ValidFiles.Stream, before, new byte[bytes]);
        ErnnEdit.Set(file, FieldMap.Of(ValidFiles.Stream)[countField], count);
        Expect(ErnnEdit.Seal(file), code, words);
    }

    [Theory]
    [InlineData("gru.parameterCount", 1, "gru.parameter1", 4, ModelErrorCode.BadValue, "gru: parameter pre-activation clip is missing")]
    [InlineData("lstm.activationCount", 2, "lstm.activation2.kind", 9, ModelErrorCode.BadValue, "lstm: activation 2 is missing")]
    [InlineData("dense.tensorCount", 0, "dense.tensor0.role", 6, ModelErrorCode.BadTensor, "dense: input weights are missing")]
    [InlineData("gru.tensorCount", 2, "gru.tensor2.role", 6, ModelErrorCode.BadTensor, "gru: recurrent weights are missing")]
    [InlineData("lstm.tensorCount", 5, "lstm.tensor5.role", 9, ModelErrorCode.BadTensor, "lstm: projection weights are missing")]
    public void Record_with_less_than_its_kind_takes_is_refused(string countField, int count, string from, int bytes, ModelErrorCode code, string words)
    {
        byte[] file = ErnnEdit.Remove(ValidFiles.Stream, from, bytes);
        ErnnEdit.Set(file, FieldMap.Of(ValidFiles.Stream)[countField], count);
        Expect(ErnnEdit.Seal(file), code, words);
    }

    [Fact]
    public void Projection_bias_without_projection_is_refused()
    {
        // coupled: h is as wide as c, so it needs no projection. Its bias b [9] would be asked for as b_p [3].
        byte[] file = ErnnEdit.Insert(ValidFiles.Stream, "coupled.activation0.kind", 7, 0, 0);
        ErnnEdit.Set(file, FieldMap.Of(ValidFiles.Stream)["coupled.tensorCount"], 4);
        Expect(ErnnEdit.Seal(file), ModelErrorCode.BadTensor, "coupled: this kind of layer has no projection bias");
    }

    [Theory]
    [InlineData("rnn\n")]
    [InlineData("\u001b[2J")]
    [InlineData("a\u0085b")]
    public void Name_with_control_characters_is_refused(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        byte[] file = ErnnWriter.Write(ValidFiles.Tiny(new string('x', utf8.Length)));
        int at = FieldMap.Of(file)[new string('x', utf8.Length) + ".nameLength"].Offset + 1;
        utf8.CopyTo(file, at);
        Expect(ErnnEdit.Seal(file), ModelErrorCode.BadValue, "GRPH: the text");
        Assert.Equal(name.Replace(name.Single(char.IsControl), '?'), Model.Load(ErnnWriter.Write(ValidFiles.Tiny(name))).Layers[0].Name);
    }
}
