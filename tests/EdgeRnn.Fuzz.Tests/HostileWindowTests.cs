using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>WIND: a valid file, and the same with one thing wrong.</summary>
public sealed class HostileWindowTests
{
    [Theory]
    [InlineData("Window", "WIND.windowLength", -1, ModelErrorCode.BadValue, "WIND: window length")]
    [InlineData("Window", "WIND.windowLength", 0x100001, ModelErrorCode.BadValue, "WIND: window length")]
    [InlineData("Window", "WIND.windowLength", int.MaxValue, ModelErrorCode.BadValue, "WIND: window length")]
    [InlineData("Window", "WIND.windowLength", 8, ModelErrorCode.BadGraph, "WIND: the output does not arrive at the last step of the window")]
    [InlineData("Window", "WIND.windowLength", 0, ModelErrorCode.BadGraph, "WIND: an endless window needs a decoder")]
    [InlineData("Window", "WIND.hop", 0, ModelErrorCode.BadValue, "WIND: hop")]
    [InlineData("Window", "WIND.hop", 10, ModelErrorCode.BadValue, "WIND: hop")]
    [InlineData("Window", "WIND.hop", int.MaxValue, ModelErrorCode.BadValue, "WIND: hop")]
    [InlineData("Window", "WIND.answer", 4, ModelErrorCode.BadValue, "WIND: answer")]
    [InlineData("Window", "WIND.answer", 2, ModelErrorCode.BadGraph, "WIND: answers of all steps need an output at every step")]
    [InlineData("Window", "WIND.answer", 3, ModelErrorCode.BadGraph, "WIND: the answer is the decoder's exactly when there is a decoder")]
    [InlineData("Window", "WIND.reversedInput", 2, ModelErrorCode.BadValue, "WIND: reversed input")]
    [InlineData("Window", "WIND.carriesState", 2, ModelErrorCode.BadValue, "WIND: carried state")]
    [InlineData("Window", "WIND.carriesState", 1, ModelErrorCode.BadGraph, "WIND: state is carried between windows side by side")]
    [InlineData("Decoder", "WIND.carriesState", 1, ModelErrorCode.BadGraph, "WIND: state is carried between windows side by side")]
    [InlineData("Window", "WIND.feedback", 3, ModelErrorCode.BadValue, "WIND: feedback")]
    [InlineData("Window", "WIND.feedback", 1, ModelErrorCode.BadGraph, "WIND: decoder settings need a decoder")]
    [InlineData("Window", "WIND.reversedTarget", 2, ModelErrorCode.BadValue, "WIND: reversed target")]
    [InlineData("Window", "WIND.reversedTarget", 1, ModelErrorCode.BadGraph, "WIND: decoder settings need a decoder")]
    [InlineData("Window", "WIND.decoderSteps", -1, ModelErrorCode.BadValue, "WIND: decoder steps")]
    [InlineData("Window", "WIND.decoderSteps", 0x100001, ModelErrorCode.BadValue, "WIND: decoder steps")]
    [InlineData("Window", "WIND.decoderSteps", 1, ModelErrorCode.BadGraph, "WIND: decoder steps are given exactly when there is a decoder")]
    [InlineData("Window", "WIND.stepsPerTick", 1, ModelErrorCode.BadValue, "WIND: decoder steps per tick")]
    [InlineData("Window", "WIND.decoderInputCount", -1, ModelErrorCode.BadValue, "WIND: decoder input pieces")]
    [InlineData("Window", "WIND.decoderInputCount", 1025, ModelErrorCode.BadValue, "WIND: decoder input pieces")]
    [InlineData("Window", "WIND.decoderInputCount", 1, ModelErrorCode.WrongLength, "WIND: 2 bytes wanted")]
    [InlineData("Window", "WIND.stateLinkCount", 1025, ModelErrorCode.BadValue, "WIND: state links")]
    [InlineData("Window", "WIND.stateLinkCount", 1, ModelErrorCode.WrongLength, "WIND: 2 bytes wanted")]
    [InlineData("Decoder", "WIND.answer", 1, ModelErrorCode.BadGraph, "WIND: the answer is the decoder's exactly when there is a decoder")]
    [InlineData("Decoder", "WIND.decoderSteps", 0, ModelErrorCode.BadValue, "WIND: decoder steps per tick")]
    [InlineData("Decoder", "WIND.decoderSteps", 7, ModelErrorCode.BadGraph, "WIND: a decoder spread over steps must end before the next answer")]
    [InlineData("Decoder", "WIND.stepsPerTick", 7, ModelErrorCode.BadValue, "WIND: decoder steps per tick")]
    [InlineData("Decoder", "WIND.stepsPerTick", 1, ModelErrorCode.BadGraph, "WIND: a decoder spread over steps must end before the next answer")]
    [InlineData("Decoder", "WIND.feedback", 0, ModelErrorCode.BadGraph, "WIND: zero feedback hands nothing over")]
    [InlineData("Decoder", "WIND.decoderInput0.value", 2, ModelErrorCode.BadGraph, "decoder input: reads value 2")]
    [InlineData("Decoder", "WIND.decoderInput0.offset", 1, ModelErrorCode.BadGraph, "decoder input: reads features 1 to 3 of value 0, which has 2")]
    [InlineData("Decoder", "WIND.decoderInput0.length", 1, ModelErrorCode.BadGraph, "WIND: the decoder's input has 2 features, it is handed 1")]
    [InlineData("Decoder", "WIND.decoderInput0.length", 0, ModelErrorCode.BadValue, "WIND: decoder input segment length")]
    [InlineData("Decoder", "WIND.link0.layer", 1, ModelErrorCode.BadGraph, "WIND: a state link names a layer that exists")]
    [InlineData("Decoder", "WIND.link0.decoderLayer", 1, ModelErrorCode.BadGraph, "WIND: a state link joins states of equal size")]
    [InlineData("Decoder", "WIND.link0.decoderLayer", 3, ModelErrorCode.BadGraph, "WIND: a state link names a layer that exists")]
    [InlineData("Decoder", "WIND.link0.part", 2, ModelErrorCode.BadValue, "WIND: state link part")]
    [InlineData("Decoder", "WIND.link1.decoderPart", 2, ModelErrorCode.BadValue, "WIND: state link part")]
    [InlineData("Decoder", "graph1.inputSize", 1, ModelErrorCode.BadGraph, "decoder: reads features 0 to 2 of value 0, which has 1")]
    [InlineData("Decoder", "taps.parameter3", 2, ModelErrorCode.BadGraph, "WIND: a decoder answers at each of its steps")]
    [InlineData("Decoder", "taps.parameter4", 0, ModelErrorCode.BadGraph, "WIND: a decoder answers at each of its steps")]
    public void Wrong_window_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("Window", ModelErrorCode.BadGraph, "WIND: a window read backwards answers at its end", "answer", 0, "reversedInput", 1)]
    [InlineData("Decoder", ModelErrorCode.BadGraph, "WIND: an endless window cannot be read backwards", "windowLength", 0, "reversedInput", 1)]
    [InlineData("Decoder", ModelErrorCode.BadGraph, "WIND: decoder steps are given exactly", "decoderSteps", 0, "stepsPerTick", 0)]
    public void Settings_that_contradict_each_other_are_refused(string name, ModelErrorCode code, string words, string field, long value, string field2, long value2)
    {
        byte[] file = ValidFiles.Named(name);
        Expect(ErnnEdit.With(ErnnEdit.With(file, "WIND." + field, value), "WIND." + field2, value2), code, words);
    }

    [Fact]
    public void Feedback_that_does_not_fit_the_decoder_is_refused()
    {
        byte[] repeat = ErnnEdit.Remove(ValidFiles.Decoder, "WIND.decoderInput0.value", 10);
        ErnnEdit.Set(repeat, FieldMap.Of(ValidFiles.Decoder)["WIND.decoderInputCount"], 0);
        ErnnEdit.Set(repeat, FieldMap.Of(ValidFiles.Decoder)["WIND.feedback"], 1);
        Expect(ErnnEdit.Seal(repeat), ModelErrorCode.BadGraph, "WIND: repeat feedback needs a context");
        Expect(ErnnEdit.With(ValidFiles.Decoder, "graph1.output0.length", 1), ModelErrorCode.BadGraph, "WIND: autoregressive feedback needs an output as wide");
    }

    [Fact]
    public void State_link_to_c_of_a_layer_without_one_is_refused()
    {
        Subgraph gru = new() { InputSize = 1, Nodes = [new GruNode("gru", [new(0, 0, 1)], ValidFiles.Values(6, 1), ValidFiles.Values(6, 2), ValidFiles.Values(6), false)], Outputs = [new(1, 0, 2)] };
        RecurrentGraph graph = new()
        {
            Name = "test",
            Main = gru,
            Decoder = gru,
            Window = new WindowPlan { WindowLength = 2, Hop = 2, Answer = WindowAnswer.Decoder, DecoderSteps = 2, StateLinks = [new(0, StatePart.Cell, 0, StatePart.Hidden)] },
        };
        Expect(graph, ModelErrorCode.BadGraph, "WIND: a state link joins states of equal size, found gru with 0 and gru with 2");
    }

    [Fact]
    public void Decoder_input_that_has_not_arrived_is_refused()
    {
        ConvNode late = new("late", [new(0, 0, 1)], ValidFiles.Values(1, 1, 4), null, Activation.Linear);
        Subgraph encoder = new() { InputSize = 1, Nodes = [late], Outputs = [new(0, 0, 1)] };
        Subgraph decoder = new() { InputSize = 1, Nodes = [], Outputs = [new(0, 0, 1)] };
        RecurrentGraph Graph(int windowLength, int hop) => new()
        {
            Name = "test",
            Main = encoder,
            Decoder = decoder,
            Window = new WindowPlan { WindowLength = windowLength, Hop = hop, Answer = WindowAnswer.Decoder, DecoderSteps = 1, Feedback = DecoderFeedback.Repeat, DecoderInput = [new(1, 0, 1)] },
        };
        ErnnWriter.Write(Graph(4, 4));
        ErnnWriter.Write(Graph(0, 4));
        Expect(Graph(3, 3), ModelErrorCode.BadGraph, "WIND: the decoder's input does not arrive");
        Expect(Graph(0, 3), ModelErrorCode.BadGraph, "WIND: the decoder's input does not arrive");
    }
}
