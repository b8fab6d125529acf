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
        if (decoder != null) CheckDecoder(window, main, decoder);
    }

    public static void CheckLink(LayerGraph main, int mainNode, int mainPart, LayerGraph decoder, int decoderNode,
        int decoderPart)
    {
        Require(mainNode < main.LayerCount && decoderNode < decoder.LayerCount, "a state link names a layer that exists");
        Layer source = main.LayerAt(mainNode), target = decoder.LayerAt(decoderNode);
        int size = PartSize(source, mainPart);
        Require(size > 0 && size == PartSize(target, decoderPart), "a state link joins states of equal size, found " +
            source.Name + " with " + size.ToString() + " and " + target.Name + " with " +
            PartSize(target, decoderPart).ToString());
    }

    /// <summary>Units of a state of a recurrent layer; 0 where the layer has no such state.</summary>
    public static int PartSize(Layer layer, int part)
    {
        if (!layer.OutputIsState) return 0;
        if (part == (int)StatePart.Hidden) return layer.OutputSize;
        return layer is LstmLayer lstm ? lstm.CellSize : 0;
    }

    /// <summary>First float of a state in session memory.</summary>
    public static int PartOffset(Layer layer, int part)
    {
        return part == (int)StatePart.Hidden ? layer.StateOffset : layer.StateOffset + layer.OutputSize;
    }

    private static void CheckDecoder(WindowSettings window, LayerGraph main, LayerGraph decoder)
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
        for (int i = 0; i < input.Count; i++)
            RequireArrival(main.First(input.Values[i]), main.Period(input.Values[i]), window, "the decoder's input");
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
