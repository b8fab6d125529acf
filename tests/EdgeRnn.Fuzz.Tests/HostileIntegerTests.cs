using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>Quantized models: a valid file, and the same with one thing wrong.</summary>
public sealed class HostileIntegerTests
{
    private const long LargestPower = 0x7F000000, LeastNormal = 0x00800000, Subnormal = 1;

    [Theory]
    [InlineData("Integers", "graph0.inputBits", 31, ModelErrorCode.BadValue, "GRPH: graph input fraction bits")]
    [InlineData("Integers", "graph0.inputBits", -16, ModelErrorCode.BadValue, "GRPH: graph input fraction bits")]
    [InlineData("Integers", "dense.scheme", 5, ModelErrorCode.BadValue, "GRPH: dense scheme")]
    [InlineData("Integers", "dense.scheme", 0, ModelErrorCode.BadTensor, "have another element type, expected float32")]
    [InlineData("Integers", "dense.scheme", 2, ModelErrorCode.BadTensor, "dense: the weights are int16, its scheme needs int8")]
    [InlineData("Integers", "rnn.scheme", 4, ModelErrorCode.BadTensor, "rnn: the weights are int8, its scheme needs int4")]
    [InlineData("Integers", "lstm.scheme", 1, ModelErrorCode.BadTensor, "lstm: the weights are int4, its scheme needs int16")]
    [InlineData("Integers", "dense.outputBits", 31, ModelErrorCode.BadValue, "GRPH: dense fraction bits")]
    [InlineData("Integers", "dense.outputBits", 30, ModelErrorCode.BadGraph, "dense: fraction bits of a result beyond the output's")]
    [InlineData("Integers", "dense.outputBits", -15, ModelErrorCode.BadGraph, "dense: fraction bits of a result beyond the output's")]
    [InlineData("Integers", "dense.parameter0", 39, ModelErrorCode.BadValue, "dense: pre-activation fraction bits")]
    [InlineData("Integers", "dense.parameter0", -16, ModelErrorCode.BadValue, "dense: pre-activation fraction bits")]
    [InlineData("Integers", "dense.parameter0", 12, ModelErrorCode.BadTensor, "dense: bias (tensor")]
    [InlineData("Integers", "dense.activation0.alpha", LargestPower, ModelErrorCode.BadValue, "dense: a factor of")]
    [InlineData("Integers", "rnn.parameter1", 14, ModelErrorCode.BadTensor, "rnn: bias (tensor")]
    [InlineData("Integers", "rnn.activation0.kind", 10, ModelErrorCode.BadValue, "rnn: activation 10 has no integer form")]
    [InlineData("Integers", "rnn.activation0.kind", 6, ModelErrorCode.BadValue, "rnn: softmax cannot be an activation of a recurrent cell")]
    [InlineData("Integers", "lstm.activation0.kind", 5, ModelErrorCode.BadValue, "lstm: an integer gate is sigmoid or hard sigmoid, found activation 5")]
    [InlineData("Integers", "lstm.activation1.kind", 1, ModelErrorCode.BadGraph, "lstm: bounded activations of an integer lstm is 1, expected 2")]
    [InlineData("Integers", "lstm.parameter3", 39, ModelErrorCode.BadValue, "lstm: pre-activation fraction bits")]
    [InlineData("Integers", "lstm.outputBits", 30, ModelErrorCode.BadGraph, "lstm: projection fraction bits")]
    [InlineData("Integers", "coupled.parameter3", 16, ModelErrorCode.BadGraph, "coupled: projection fraction bits without projection is 16, expected 15")]
    [InlineData("Integers", "coupled.outputBits", 14, ModelErrorCode.BadGraph, "coupled: fraction bits of a hidden state without projection is 14, expected 15")]
    [InlineData("Integers", "gru.parameter2", 30, ModelErrorCode.BadValue, "gru: state fraction bits is 30, expected 15 to 29")]
    [InlineData("Integers", "gru.parameter2", 14, ModelErrorCode.BadValue, "gru: state fraction bits is 14")]
    [InlineData("Integers", "gru.outputBits", -15, ModelErrorCode.BadGraph, "gru: state fraction bits beyond the output's")]
    [InlineData("Integers", "gru.activation1.kind", 12, ModelErrorCode.BadValue, "gru: activation 12 has no integer form")]
    [InlineData("Integers", "activation.parameter0", 39, ModelErrorCode.BadValue, "activation: pre-activation fraction bits")]
    [InlineData("Integers", "standardise.parameter1", 39, ModelErrorCode.BadValue, "standardise: pre-activation fraction bits")]
    [InlineData("Integers", "standardise.parameter1", -15, ModelErrorCode.BadGraph, "standardise: pre-activation fraction bits")]
    [InlineData("Integers", "pairwise.outputBits", -15, ModelErrorCode.BadGraph, "pairwise: fraction bits gained")]
    [InlineData("Integers", "argmax.outputBits", 1, ModelErrorCode.BadGraph, "argmax: fraction bits of an index is 1, expected 0")]
    [InlineData("Mixed", "island.outputBits", 31, ModelErrorCode.BadValue, "GRPH: island fraction bits")]
    [InlineData("IntegerDecoder", "graph1.inputBits", 3, ModelErrorCode.BadGraph, "WIND: the decoder's input has 3 fraction bits, it is handed")]
    [InlineData("IntegerDecoder", "feedback.outputBits", 3, ModelErrorCode.BadGraph, "it is fed back 3")]
    [InlineData("IntegerDecoder", "recall.parameter2", 28, ModelErrorCode.BadGraph, "WIND: a state link joins states of equal format, found memory with")]
    [InlineData("IntegerDecoder", "recall.outputBits", 14, ModelErrorCode.BadGraph, "head: fraction bits of column 4 is 14, expected 15")]
    [InlineData("IntegerDecoder", "WIND.link2.decoderLayer", 0, ModelErrorCode.BadGraph, "WIND: a state link joins states of equal size")]
    [InlineData("IntegerDecoder", "WIND.link0.decoderPart", 1, ModelErrorCode.BadGraph, "WIND: a state link joins states of equal format, found encoder with")]
    [InlineData("IntegerDecoder", "WIND.link0.part", 1, ModelErrorCode.BadGraph, "WIND: a state link joins states of equal format, found encoder with")]
    public void Wrong_layer_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("Integers", "conv@0.elementType", 5, ModelErrorCode.BadValue, "element type")]
    [InlineData("Integers", "conv@0.fractionBits", 1, ModelErrorCode.BadValue, "fraction bits")]
    [InlineData("Integers", "conv@1.fractionBits", 39, ModelErrorCode.BadValue, "fraction bits")]
    [InlineData("Integers", "conv@0.scaleLayout", 3, ModelErrorCode.BadValue, "scale layout")]
    [InlineData("Integers", "lstm@0.scaleLayout", 2, ModelErrorCode.BadValue, "scale layout")]
    [InlineData("Integers", "conv@1.scaleLayout", 2, ModelErrorCode.BadValue, "scale layout")]
    [InlineData("Integers", "conv@0.scaleOffset", 4, ModelErrorCode.BadValue, "scale offset")]
    [InlineData("Integers", "conv@0.scaleLength", 7, ModelErrorCode.BadValue, "scale length")]
    [InlineData("Integers", "conv@0.scaleLength", int.MaxValue, ModelErrorCode.BadTensor, "TENS: tensor")]
    [InlineData("Integers", "conv@1.scaleLength", 4, ModelErrorCode.BadValue, "scales")]
    [InlineData("Integers", "conv@0.blockCount", 0, ModelErrorCode.BadValue, "block count")]
    [InlineData("Integers", "conv@0.blockCount", 257, ModelErrorCode.BadValue, "block count")]
    [InlineData("Integers", "conv@0.blockCount", 2, ModelErrorCode.BadValue, "block columns")]
    [InlineData("Integers", "conv@0.block0.columns", 0, ModelErrorCode.BadValue, "block columns")]
    [InlineData("Integers", "conv@0.block0.columns", 5, ModelErrorCode.BadTensor, "blocks leave out 1 columns")]
    [InlineData("Integers", "conv@0.block0.columns", 7, ModelErrorCode.BadValue, "block columns")]
    [InlineData("Integers", "conv@0.scale0", 0, ModelErrorCode.BadTensor, "scale 0 is not a positive normal number")]
    [InlineData("Integers", "conv@0.scale0", Subnormal, ModelErrorCode.BadTensor, "scale 0 is not a positive normal number")]
    [InlineData("Integers", "conv@0.scale0", MinusOne, ModelErrorCode.BadTensor, "scale 0 is not a positive normal number")]
    [InlineData("Integers", "conv@0.scale0", NaN, ModelErrorCode.BadTensor, "scale 0 is not a positive normal number")]
    [InlineData("Integers", "conv@0.scale0", Infinity, ModelErrorCode.BadTensor, "scale 0 is not a positive normal number")]
    [InlineData("Integers", "conv@0.scale0", LargestPower, ModelErrorCode.BadTensor, "conv: the scale of row 0 needs a shift by")]
    [InlineData("Integers", "conv@0.scale0", LeastNormal, ModelErrorCode.BadTensor, "conv: the scale of row 0 needs a shift by")]
    [InlineData("Integers", "dense@0.scale0", LargestPower, ModelErrorCode.BadTensor, "dense: the scale of row 0 needs a shift by")]
    [InlineData("Integers", "lstm@4.scale0", LargestPower, ModelErrorCode.BadTensor, "lstm: the scale of row 0 needs a shift by")]
    [InlineData("Integers", "standardise@1.scale0", LeastNormal, ModelErrorCode.BadTensor, "standardise: the scale of row 0 needs a shift by")]
    [InlineData("Mixed", "embedding@0.scale0", LargestPower, ModelErrorCode.BadTensor, "embedding: the scale of row 0 needs a shift by")]
    [InlineData("Integers", "conv@0.element0", 0x80, ModelErrorCode.BadTensor, "is -128, expected at most 127 either way")]
    [InlineData("Integers", "dense@0.element0", 32640, ModelErrorCode.BadTensor, "is 32640, expected at most 32639 either way")]
    [InlineData("Integers", "dense@0.element0", -32640, ModelErrorCode.BadTensor, "is -32640, expected at most 32639 either way")]
    [InlineData("Integers", "lstm@0.element0", 0x08, ModelErrorCode.BadTensor, "is -8, expected at most 7 either way")]
    [InlineData("Integers", "lstm@0.element0", 0x80, ModelErrorCode.BadTensor, "is -8, expected at most 7 either way")]
    [InlineData("Integers", "conv@1.element0", 1 << 30, ModelErrorCode.BadTensor, "is 1073741824, expected at most 1073741823 either way")]
    [InlineData("Integers", "conv@1.element0", int.MinValue, ModelErrorCode.BadTensor, "is -2147483648, expected at most 1073741823 either way")]
    public void Wrong_tensor_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("Integers", "PREP.integerForm", 2, ModelErrorCode.BadValue, "PREP: integer form")]
    [InlineData("Integers", "PREP.integerForm", 0, ModelErrorCode.WrongLength, "PREP: 60 unexpected bytes")]
    [InlineData("Integers", "PREP.lowest", 1, ModelErrorCode.BadValue, "PREP: lowest value")]
    [InlineData("Integers", "PREP.lowest", -32768, ModelErrorCode.BadValue, "PREP: lowest value")]
    [InlineData("Integers", "PREP.highest", -1, ModelErrorCode.BadValue, "PREP: highest value")]
    [InlineData("Integers", "PREP.highest", 32768, ModelErrorCode.BadValue, "PREP: highest value")]
    [InlineData("Integers", "PREP.offset3", (1L << 62) + 1, ModelErrorCode.BadValue, "PREP: offset of channel 3")]
    [InlineData("Integers", "PREP.offset0", long.MinValue, ModelErrorCode.BadValue, "PREP: offset of channel 0")]
    [InlineData("Integers", "PREP.shift0", 0, ModelErrorCode.BadValue, "PREP: shift of channel 0")]
    [InlineData("Integers", "PREP.shift3", 63, ModelErrorCode.BadValue, "PREP: shift of channel 3")]
    public void Wrong_integer_standardisation_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Fact]
    public void Half_a_byte_that_is_left_over_is_zero()
    {
        // Rows of five 4-bit weights end in the lower half of their third byte.
        byte[] file = (byte[])ValidIntegers.Stream.Clone();
        file[FieldMap.Of(file)["lstm@0.element0"].Offset + 2] |= 0x10;
        Expect(ErnnEdit.Seal(file), ModelErrorCode.BadTensor, "the padding of row 0 is not zero");
    }

    [Fact]
    public void Integers_of_a_float_file_are_refused()
    {
        Expect(ErnnEdit.With(ValidIntegers.Stream, "arithmeticVersion", 0), ModelErrorCode.BadValue, "TENS: tensor 0 element type");
        Expect(ErnnEdit.With(ValidFiles.Stream, "arithmeticVersion", 1), ModelErrorCode.PlanMismatch, "PLAN: bytes of scratch");
        Expect(ErnnEdit.With(ValidFiles.Stream, "dense.scheme", 2), ModelErrorCode.BadValue, "GRPH: dense scheme");
        Expect(ErnnEdit.With(ValidFiles.Stream, "dense.outputBits", 1), ModelErrorCode.BadValue, "GRPH: dense fraction bits");
        Expect(ErnnEdit.With(ValidFiles.Stream, "graph0.inputBits", 1), ModelErrorCode.BadValue, "GRPH: graph input fraction bits");
    }

    [Fact]
    public void State_of_a_float_layer_is_not_linked()
    {
        GruNode gru = new("gru", [new(0, 0, 1)], ValidFiles.Values(6, 1), ValidFiles.Values(6, 2), ValidFiles.Values(6), false);
        Subgraph main = new() { InputSize = 1, Nodes = [gru, gru with { Name = "island" }], Outputs = [new(2, 0, 2)] };
        Subgraph decoder = new() { InputSize = 1, Nodes = [gru], Outputs = [new(1, 0, 2)] };
        StateLink link = new(0, StatePart.Hidden, 0, StatePart.Hidden);
        byte[] file = ErnnWriter.Write(Linked(main, decoder, link, new() { ["island"] = Scheme.F32 }));
        Expect(ErnnEdit.With(file, "WIND.link0.layer", 1), ModelErrorCode.BadGraph, "WIND: a state link joins states of equal size, found island with 0");
    }

    private static QuantizedGraph Linked(Subgraph main, Subgraph decoder, StateLink link, Dictionary<string, Scheme>? layers = null) =>
        ValidIntegers.Quantized(new RecurrentGraph
        {
            Name = "test",
            Main = main,
            Decoder = decoder,
            Window = new WindowPlan { WindowLength = 2, Hop = 2, Answer = WindowAnswer.Decoder, DecoderSteps = 2, StateLinks = [link] },
        }, layers ?? []);
}
