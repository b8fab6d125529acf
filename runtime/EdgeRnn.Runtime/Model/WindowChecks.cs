namespace EdgeRnn.Runtime;

/// <summary>The proofs that a window's settings fit its graphs. See FORMAT.md, section WIND, for the rules.</summary>
internal static class WindowChecks
{
    public static void Check(WindowSettings window, LayerGraph main, LayerGraph? decoder)
    {
        bool decodes = window.Answer == WindowAnswer.Decoder;
        Require(decodes == (decoder != null), "the answer is the decoder's exactly when there is a decoder");
        Require(decodes == (window.DecoderSteps > 0), "decoder steps are given exactly when there is a decoder");
        Require(window.WindowLength > 0 || decodes, "an endless window needs a decoder");
        Require(window.WindowLength > 0 || !window.ReversedInput, "an endless window cannot be read backwards");
        Require(!window.ReversedInput || window.Answer != WindowAnswer.EveryStep, "a window read backwards answers at its end");
        Require(!window.CarriesState || (window.WindowLength > 0 && window.Hop == window.WindowLength),
            "state is carried between windows side by side, hop must be the window length");
        Require(decodes || (window.LinkCount == 0 && window.DecoderInput.Count == 0 && !window.ReversedTarget &&
            window.Feedback == DecoderFeedback.Zero), "decoder settings need a decoder");
        if (window.Answer == WindowAnswer.LastStep) RequireArrival(main.FirstOutput, main.OutputPeriod, window, "the output");
        if (window.Answer == WindowAnswer.AllSteps)
            Require(main.FirstOutput == 0 && main.OutputPeriod == 1, "answers of all steps need an output at every step");
        if (decoder != null) CheckDecoder(window, main, decoder, main.IsQuantized);
    }

    public static void CheckLink(LayerGraph main, int mainNode, int mainPart, LayerGraph decoder, int decoderNode,
        int decoderPart)
    {
        Require(mainNode < main.LayerCount && decoderNode < decoder.LayerCount, "a state link names a layer that exists");
        Layer source = main.LayerAt(mainNode), target = decoder.LayerAt(decoderNode);
        int size = source.PartSize((StatePart)mainPart), targetSize = target.PartSize((StatePart)decoderPart);
        Require(size > 0 && size == targetSize, "a state link joins states of equal size, found " + source.Name + " with " +
            size.ToString() + " and " + target.Name + " with " + targetSize.ToString());
        string format = FormatText(source, (StatePart)mainPart), targetFormat = FormatText(target, (StatePart)decoderPart);
        Require(format == targetFormat, "a state link joins states of equal format, found " + source.Name + " with " + format + " and " +
            target.Name + " with " + targetFormat);
    }

    // 32-bit numbers that landed where products expect 16 bits would give other bits on every machine.
    private static string FormatText(Layer layer, StatePart part)
    {
        return layer.PartBits(part).ToString() + " fraction bits in 16 and " + layer.WidePartBits(part).ToString() + " in 32";
    }

    private static void CheckDecoder(WindowSettings window, LayerGraph main, LayerGraph decoder, bool isQuantized)
    {
        SegmentList input = window.DecoderInput;
        main.CheckSegments(input, "decoder input");
        Require(input.Count == 0 || input.TotalLength == decoder.InputSize, "the decoder's input has " +
            decoder.InputSize.ToString() + " features, it is handed " + input.TotalLength.ToString());
        Require(window.Feedback != DecoderFeedback.Zero || input.Count == 0, "zero feedback hands nothing over");
        Require(window.Feedback != DecoderFeedback.Repeat || input.Count > 0, "repeat feedback needs a context");
        Require(window.Feedback != DecoderFeedback.Autoregressive || decoder.OutputSize == decoder.InputSize,
            "autoregressive feedback needs an output as wide as the input");
        Require(window.DecoderStepsPerTick == 0 || (long)window.DecoderStepsPerTick * window.Hop >= window.DecoderSteps,
            "a decoder spread over steps must end before the next answer is due, found " + window.DecoderSteps.ToString() +
            " steps, " + window.DecoderStepsPerTick.ToString() + " at a time, every " + window.Hop.ToString());
        Require(decoder.FirstOutput == 0 && decoder.OutputPeriod == 1, "a decoder answers at each of its steps");
        if (isQuantized) CheckFormats(window, main, decoder);
        for (int i = 0; i < input.Count; i++)
            RequireArrival(main.First(input.Values[i]), main.Period(input.Values[i]), window, "the decoder's input");
    }

    // What only moves must have the format of the place it moves to.
    private static void CheckFormats(WindowSettings window, LayerGraph main, LayerGraph decoder)
    {
        int bits = decoder.ValueBits(0);
        for (int i = 0; i < window.DecoderInput.Count; i++)
        {
            int found = main.ValueBits(window.DecoderInput.Values[i]);
            Require(found == bits, "the decoder's input has " + bits.ToString() + " fraction bits, it is handed " + found.ToString());
        }
        if (window.Feedback != DecoderFeedback.Autoregressive) return;
        int[] output = decoder.OutputBits;
        for (int i = 0; i < output.Length; i++)
        {
            Require(output[i] == bits, "the decoder's input has " + bits.ToString() + " fraction bits, it is fed back " +
                output[i].ToString());
        }
    }

    // At the step that ends a window (or, without windows, at every hop) the value must have just arrived. Where state is
    // carried on, a strided convolution carries its phase on too, and every window has to end in the same one.
    private static void RequireArrival(long first, long period, WindowSettings window, string what)
    {
        int length = window.WindowLength;
        bool arrives = length > 0
            ? first <= length - 1 && (length - 1 - first) % period == 0
            : first <= window.Hop - 1 && period == 1;
        if (window.CarriesState && length % period != 0) arrives = false;
        Require(arrives, what + " does not arrive at the last step of the window");
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition) throw new ModelException(ModelErrorCode.BadGraph, "WIND: " + rule);
    }
}
