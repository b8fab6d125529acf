using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>WIND: its fields, and what they ask of the graphs.</summary>
internal static class SecondWindowRules
{
    private const int MostSteps = 1 << 20, MostPieces = 1024;

    // The segments are checked against the first graph in Check, once the fields before them are known.
    public static SecondWindow Read(SecondCursor cursor)
    {
        int windowLength = cursor.I32(0, MostSteps, "windowLength");
        int hop = cursor.I32(1, windowLength == 0 ? MostSteps : windowLength, "hop");
        int answer = cursor.U8(3, "answer");
        bool reversedInput = cursor.U8(1, "reversedInput") == 1;
        bool carriesState = cursor.U8(1, "carriesState") == 1;
        int feedback = cursor.U8(2, "feedback");
        bool reversedTarget = cursor.U8(1, "reversedTarget") == 1;
        int decoderSteps = cursor.I32(0, MostSteps, "decoderSteps");
        int stepsPerTick = cursor.I32(0, decoderSteps, "decoderStepsPerTick");
        int inputCount = cursor.I32(0, MostPieces, "decoderInputCount"), linkCount = cursor.I32(0, MostPieces, "stateLinkCount");

        SecondSegment[] input = new SecondSegment[inputCount];
        for (int i = 0; i < inputCount; i++)
            input[i] = new SecondSegment(cursor.U16(), cursor.I32(0, 65535, "offset"), cursor.I32(1, 65535, "length"));
        SecondLink[] links = new SecondLink[linkCount];
        for (int i = 0; i < linkCount; i++)
            links[i] = new SecondLink(cursor.U16(), cursor.U8(1, "part"), cursor.U16(), cursor.U8(1, "part"));
        return new SecondWindow(windowLength, hop, answer, reversedInput, carriesState, feedback, reversedTarget, decoderSteps,
            stepsPerTick, input, links);
    }

    public static void Check(SecondModel model)
    {
        SecondWindow window = model.Window!;
        bool decodes = window.Answer == SecondWindow.DecoderAnswer;
        Must(!window.ReversedInput || (!window.Endless && window.Answer != SecondWindow.EveryStep), "reversed input has a finite window that answers once");
        Must(!window.CarriesState || (!window.Endless && window.Hop == window.WindowLength), "carried state has windows side by side");
        Must(!window.Endless || decodes, "an endless window has a decoder");
        Must(decodes == window.DecoderSteps > 0, "decoderSteps is above 0 exactly with answer 3");
        Must(decodes == (model.Graphs.Count == 2), "two graphs exactly with answer 3");

        SecondRate[] rates = SecondRates.Of(model.Main);
        SecondRate output = SecondRates.Joint(model.Main.Outputs, rates);
        if (window.Answer == SecondWindow.LastStep) Must(ArrivesAtTheEnd(output, window), "the output arrives at the last step of the window");
        if (window.Answer == SecondWindow.AllSteps) Must(output is { First: 0, Period: 1 }, "the output arrives at every step");
        if (decodes)
        {
            CheckDecoder(model, window, rates);
            return;
        }
        Must(window is { Feedback: 0, ReversedTarget: false, DecoderInput: [], Links: [] }, "without a decoder its fields are 0");
    }

    private static bool ArrivesAtTheEnd(SecondRate rate, SecondWindow window) =>
        window.Endless ? rate.Period == 1 && rate.First < window.Hop
        : rate.ArrivesAt(window.WindowLength - 1) && (!window.CarriesState || window.WindowLength % rate.Period == 0);

    private static void CheckDecoder(SecondModel model, SecondWindow window, SecondRate[] rates)
    {
        SecondGraph main = model.Main, decoder = model.Decoder;
        Must(window.StepsPerTick == 0 || (long)window.StepsPerTick * window.Hop >= window.DecoderSteps, "the decoder ends before its next start");
        Must(SecondRates.Joint(decoder.Outputs, SecondRates.Of(decoder)) is { First: 0, Period: 1 }, "the decoder's output has first 0, period 1");

        foreach (SecondSegment piece in window.DecoderInput)
        {
            Must(piece.Value <= main.Layers.Length, "the piece is of a value of the first graph");
            Must(piece.Offset + piece.Length <= main.ValueSize(piece.Value), "the piece lies inside its value");
        }
        if (window.DecoderInput.Length > 0)
        {
            Must(window.DecoderInput.Sum(piece => (long)piece.Length) == decoder.InputSize, "the segments are the decoder's inputSize");
            Must(window.DecoderInput.All(piece => ArrivesAtTheEnd(rates[piece.Value], window)), "every segment arrives at the end of the window");
        }
        if (window.Feedback == SecondWindow.Zero) Must(window.DecoderInput.Length == 0, "feedback zero has no segments");
        if (window.Feedback == SecondWindow.Repeat) Must(window.DecoderInput.Length > 0, "repeat has segments");
        if (window.Feedback == SecondWindow.Autoregressive)
        {
            Must(decoder.OutputSize == decoder.InputSize, "the decoder's output is as wide as its input");
            Must(decoder.OutputBits.All(bits => bits == decoder.InputBits), "what is fed back has the decoder's inputBits");
        }
        Must(window.DecoderInput.All(piece => main.ValueBits(piece.Value) == decoder.InputBits), "what is handed over has the decoder's inputBits");

        foreach (SecondLink link in window.Links)
        {
            Must(StateOf(main, link.Layer, link.Part) == StateOf(decoder, link.DecoderLayer, link.DecoderPart), "linked states are of equal size and format");
        }
    }

    // Its size and what it looks like: the format of its 16-bit values, and of its 32-bit numbers.
    private static (int Size, int? Bits, int? WideBits) StateOf(SecondGraph graph, int layer, int part)
    {
        Must(layer < graph.Layers.Length, "a link names a layer");
        SecondLayer linked = graph.Layers[layer];
        Must(linked.IsCell, "a link names a layer with h");
        Must(part == 0 || linked.Kind == SecondLayer.Lstm, "only an lstm has c");
        Must(linked.IsInteger || !graph.IsQuantized, "the state of a float layer of a quantized model is not linked");
        int size = part == 0 ? linked.OutputSize : linked.CellSize;
        if (!linked.IsInteger) return (size, null, null);
        if (part == 1) return (size, null, 23);
        return (size, linked.OutputBits, linked.Kind == SecondLayer.Gru ? linked.StateBits : null);
    }
}
