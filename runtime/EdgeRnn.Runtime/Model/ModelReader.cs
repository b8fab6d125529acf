namespace EdgeRnn.Runtime;

/// <summary>
/// Reads an .ernn file into a <see cref="Model"/>. Every offset, size, shape and index is proven here, before the first step; the
/// order of the checks is the order of the file.
/// </summary>
internal static class ModelReader
{
    /// <param name="sections">The file, its header and checksums already proven.</param>
    /// <param name="maxSessionBytes">The most a session may take.</param>
    /// <param name="packing">How the weights are laid out.</param>
    /// <param name="verifyPlan">False for a draft whose memory plan is still to be written.</param>
    /// <param name="model">Receives what was read.</param>
    /// <returns>The tensors the layers were made of; nothing needs them any more.</returns>
    public static TensorTable Read(SectionTable sections, int maxSessionBytes, WeightPacking packing, bool verifyPlan, Model model)
    {
        model.ModelVersion = sections.ModelVersion;
        System.Array.Copy(sections.File, SectionTable.ModelIdOffset, model.Id, 0, SectionTable.ModelIdBytes);
        model.IsQuantized = sections.ArithmeticVersion != 0;
        ByteReader? golden = sections.Find("gold");
        if (golden != null)
        {
            model.GoldenStart = golden.Position;
            model.GoldenEnd = sections.End("gold");
        }
        TensorTable tensors = new TensorTable(sections, packing);

        ByteReader graphs = sections.Require("GRPH");
        int graphCount = graphs.Choice(1, 2, "graph count");
        model.Main = new LayerGraph(graphs, tensors, graphCount == 1 ? "graph" : "encoder", model.IsQuantized);
        model.Decoder = graphCount == 1 ? null : new LayerGraph(graphs, tensors, "decoder", model.IsQuantized);
        graphs.End();
        tensors.RequireAllUsed();
        model.WeightCount = tensors.ElementCount;
        model.WeightBytes = tensors.ByteCount;
        model.RowPairBytes = packing.PairBytes;

        ReadPreprocessing(sections.Find("PREP"), model);
        ReadWindow(sections.Find("WIND"), model);
        model.Plan = Place(maxSessionBytes, model);
        ByteReader plan = sections.Require("PLAN");
        if (!verifyPlan) return tensors;
        model.Plan.Verify(plan);
        model.WarmUpSteps = plan.Count(0, int.MaxValue, "warm-up steps");
        plan.End();
        ByteReader? detector = sections.Find(DetectorSettings.Tag);
        if (detector != null) model.Detector = DetectorSettings.Read(detector, model);
        return tensors;
    }

    private static void ReadPreprocessing(ByteReader? reader, Model model)
    {
        int channels = model.Main.InputSize;
        model.ChannelNames = new string[channels];
        model.ChannelUnits = new string[channels];
        for (int i = 0; i < channels; i++) model.ChannelNames[i] = model.ChannelUnits[i] = "";
        if (reader == null) return;
        int size = reader.Count(1, ModelLimits.MaxFeatures, "channel count");
        if (size != channels)
        {
            throw new ModelException(ModelErrorCode.BadGraph, "PREP: has " + size.ToString() + " channels, the graph reads " +
                channels.ToString());
        }
        bool hasIntegerForm = reader.Choice(0, model.IsQuantized ? 1 : 0, "integer form") == 1;
        reader.Zeros(3, "reserved field");
        model.InputClip = reader.Finite(0, "clip");
        model.InputMean = new float[channels];
        model.InputInverseScale = new float[channels];
        for (int i = 0; i < channels; i++) model.InputMean[i] = reader.Finite(float.MinValue, "mean");
        for (int i = 0; i < channels; i++) model.InputInverseScale[i] = reader.Finite(float.MinValue, "inverse scale");
        for (int i = 0; i < channels; i++)
        {
            model.ChannelNames[i] = reader.ShortText();
            model.ChannelUnits[i] = reader.ShortText();
        }
        if (hasIntegerForm) model.Counts = new CountStandardiser(reader, channels);
        reader.End();
    }

    private static void ReadWindow(ByteReader? reader, Model model)
    {
        if (reader != null)
            model.Window = new WindowSettings(reader, model.Main, model.Decoder);
        else if (model.Decoder != null)
            throw new ModelException(ModelErrorCode.BadSection, "section WIND is missing, a decoder needs it");
    }

    private static MemoryPlan Place(int maxSessionBytes, Model model)
    {
        LayerGraph main = model.Main;
        LayerGraph? decoder = model.Decoder;
        WindowSettings? window = model.Window;
        SetAnswer(model, window, decoder == null ? main : decoder);
        CheckCost(model, main, decoder, window);
        MemoryPlan plan = new MemoryPlan(main, decoder, window == null ? 0 : window.WindowSize(main, decoder),
            model.IsQuantized ? model.OutputSize : 0, model.IsQuantized, maxSessionBytes);
        main.Place(plan);
        if (decoder != null) decoder.Place(plan);
        return plan;
    }

    private static void SetFormats(Model model, int[] outputBits)
    {
        LayerGraph main = model.Main;
        LayerGraph? decoder = model.Decoder;
        model.IsIntegerOnly = main.IsIntegerOnly && (decoder == null || decoder.IsIntegerOnly);
        model.InputFractionBits = main.ValueBits(0);
        model.InputScale = PowerOfTwo(model.InputFractionBits);
        model.OutputBits = outputBits;
        model.OutputScales = new float[outputBits.Length];
        for (int i = 0; i < outputBits.Length; i++) model.OutputScales[i] = (float)PowerOfTwo(-outputBits[i]);
    }

    public static double PowerOfTwo(int exponent)
    {
        double power = 1;
        for (; exponent > 0; exponent--) power *= 2;
        for (; exponent < 0; exponent++) power /= 2;
        return power;
    }

    private static void CheckCost(Model model, LayerGraph main, LayerGraph? decoder, WindowSettings? window)
    {
        long cost = main.CostPerStep;
        model.WorstCaseMacs = main.MacsPerStep;
        if (window != null)
        {
            cost = window.WorstCase(cost, decoder == null ? 0 : decoder.CostPerStep);
            model.WorstCaseMacs = window.WorstCase(model.WorstCaseMacs, decoder == null ? 0 : decoder.MacsPerStep);
        }
        if (cost > ModelLimits.MaxCostPerStep)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, "a step may cost " + cost.ToString() + ", with " +
                model.WorstCaseMacs.ToString() + " multiply-accumulates; a cost of " +
                ModelLimits.MaxCostPerStep.ToString() + " is allowed");
        }
    }

    private static void SetAnswer(Model model, WindowSettings? window, LayerGraph answering)
    {
        long frames = window == null ? 1 : window.FramesPerAnswer;
        if (frames * answering.OutputSize > ModelLimits.MaxSessionBytes / 4)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, "WIND: an answer of " + frames.ToString() + " frames of " +
                answering.OutputSize.ToString() + " features is too large");
        }
        model.FramesPerAnswer = (int)frames;
        model.FrameSize = answering.OutputSize;
        if (model.IsQuantized) SetFormats(model, answering.OutputBits);
    }
}
