using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Security.Cryptography;

namespace EdgeRnn.Runtime;

// What .NET adds to the device code: files, names, and a description of the layers.
public sealed partial class Model
{
    private static readonly string[] _identitySections = { "PREP", "GRPH", "WIND", "TENS" };

    /// <summary>Text pairs from the file: source format, producer, labels.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The model's name, or an empty text.</summary>
    public string Name => Metadata.TryGetValue("name", out string? name) ? name : "";

    /// <summary>Names of the input's channels, [InputSize]; empty texts where the file has none.</summary>
    public IReadOnlyList<string> InputNames => ChannelNames;

    /// <summary>Units of the input's channels, [InputSize]; empty texts where the file has none.</summary>
    public IReadOnlyList<string> InputUnits => ChannelUnits;

    /// <summary>
    /// Whether the file holds preprocessing: the raw input is standardised first. Channels that are only named have mean 0 and
    /// scale 1.
    /// </summary>
    public bool HasPreprocessing => InputMean != null;

    /// <summary>
    /// Multiply-accumulates of a step in which every layer of the first graph runs, without window and decoder.
    /// </summary>
    public long MacsPerStep => Main.MacsPerStep;

    /// <summary>The layers in execution order, the decoder's last.</summary>
    public IReadOnlyList<LayerInfo> Layers
    {
        get
        {
            List<LayerInfo> layers = new List<LayerInfo>();
            Describe(Main, layers, layer => true);
            if (Decoder != null) Describe(Decoder, layers, layer => true);
            return layers;
        }
    }

    /// <summary>One line on windows and decoder, or an empty text for a plain stream.</summary>
    public string WindowText
    {
        get
        {
            if (Window == null) return "";
            string text = Window.WindowLength == 0
                ? $"endless window, answers every {Window.Hop} steps"
                : $"windows of {Window.WindowLength} steps every {Window.Hop}";
            if (Window.ReversedInput) text += ", read newest first";
            if (Window.CarriesState) text += ", state carried on";
            if (Decoder == null) return $"{text}, answer: {Words(Window.Answer)}";
            string spread = Window.DecoderStepsPerTick == 0 ? "at once" : $"{Window.DecoderStepsPerTick} per time step";
            return $"{text}; decoder of {Window.DecoderSteps} steps, {spread}, feedback: {Words(Window.Feedback)}";
        }
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">An .ernn file.</param>
    /// <exception cref="ModelException">The file is damaged, foreign, or asks for more than
    /// <see cref="ModelLimits"/>.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, or the file may not be read.</exception>
    public static Model Load(string path)
    {
        return Load(File.ReadAllBytes(path));
    }

    /// <summary>
    /// The identity of a file with valid sections: SHA-256 over arithmeticVersion and the sections that determine the arithmetic.
    /// </summary>
    /// <param name="file">A whole .ernn file; the identity stored in it is ignored.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] ComputeId(byte[] file)
    {
        return ComputeId(new SectionTable(file));
    }

    private static byte[] ComputeId(SectionTable sections)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes((ushort)sections.ArithmeticVersion));
        foreach (string tag in _identitySections)
        {
            if (sections.Find(tag) == null) continue;
            int start = sections.Start(tag), length = sections.End(tag) - start;
            hash.AppendData(sections.File, start - SectionTable.SectionHeaderBytes, 8);
            hash.AppendData(sections.File, start, length);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>A model with the very objects a device has; for reckoning what they take there.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxRowPairBytes">See <see cref="Load(byte[], int, int)"/>.</param>
    /// <param name="tensors">What is there while the model is loaded, and let go after it.</param>
    internal static Model LoadAsOnDevice(byte[] file, int maxRowPairBytes, out TensorTable tensors)
    {
        Model model = new Model();
        WeightPacking packing = new WeightPacking(maxRowPairBytes) { LeavesOutVectors = true };
        tensors = ModelReader.Read(new SectionTable(file), ModelLimits.MaxSessionBytes, packing, true, model);
        return model;
    }

    /// <summary>The memory plan the layers of a draft need; the plan in the draft is not looked at.</summary>
    internal static MemoryPlan PlanOf(byte[] draft)
    {
        Model model = new Model();
        ModelReader.Read(new SectionTable(draft), ModelLimits.MaxSessionBytes, new WeightPacking(0), false, model);
        return model.Plan;
    }

    static partial void ReadMetadata(SectionTable sections, Model model)
    {
        ByteReader? reader = sections.Find("meta");
        if (reader == null) return;
        Dictionary<string, string> pairs = new Dictionary<string, string>();
        for (int left = reader.UInt16(); left > 0; left--)
        {
            string key = reader.ShortText();
            if (!pairs.TryAdd(key, reader.Text(reader.UInt16())))
                throw new ModelException(ModelErrorCode.BadValue, "meta: the key '" + key + "' appears twice");
        }
        reader.End();
        model.Metadata = pairs;
    }

    static partial void VerifyId(SectionTable sections)
    {
        ReadOnlySpan<byte> stored = sections.File.AsSpan(SectionTable.ModelIdOffset, SectionTable.ModelIdBytes);
        if (!stored.SequenceEqual(ComputeId(sections)))
            throw new ModelException(ModelErrorCode.ChecksumMismatch, "header: the model identity does not match the sections");
    }

    // EveryStep becomes "every step".
    private static string Words<T>(T value) where T : struct, Enum
    {
        string words = "";
        foreach (char letter in value.ToString())
            words += char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString();
        return words.TrimStart();
    }

    private static void Describe(LayerGraph graph, List<LayerInfo> layers, Func<Layer, bool> isWanted)
    {
        for (int i = 0; i < graph.LayerCount; i++)
        {
            Layer layer = graph.LayerAt(i);
            if (!isWanted(layer)) continue;
            layers.Add(new LayerInfo(graph.Name, layer.Name, layer.Kind, layer.InputSize, layer.OutputSize, layer.ParameterCount,
                layer.MacsPerStep, layer.WeightBytes, 4 * (layer.StateSize + layer.FloatStateSize + layer.CounterCount),
                layer is QuantizedLayer quantized ? quantized.Scheme : Scheme.F32,
                graph.IsQuantized ? graph.ValueBits(i + 1) : null));
        }
    }
}
