using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>What a second reader finds in a file.</summary>
internal sealed class SecondModel
{
    /// <summary>Whether values are integers: arithmeticVersion 1.</summary>
    public bool IsQuantized { get; set; }

    public int ModelVersion { get; set; }

    public byte[] ModelId { get; set; } = [];

    public SecondInput? Input { get; set; }

    /// <summary>One graph, or encoder and decoder.</summary>
    public List<SecondGraph> Graphs { get; } = [];

    public SecondWindow? Window { get; set; }

    /// <summary>The five numbers of PLAN.</summary>
    public int[] Plan { get; set; } = [];

    public List<SecondTensor> Tensors { get; } = [];

    /// <summary>Section detc, where there is one.</summary>
    public SecondDetector? Detector { get; set; }

    public Dictionary<string, string> Metadata { get; } = [];

    public SecondGraph Main => Graphs[0];

    public SecondGraph Decoder => Graphs[1];

    public int FrameSize => Window?.Answer == SecondWindow.DecoderAnswer ? Decoder.OutputSize : Main.OutputSize;

    public int FramesPerAnswer => Window?.Answer switch
    {
        SecondWindow.AllSteps => Window.WindowLength,
        SecondWindow.DecoderAnswer => Window.DecoderSteps,
        _ => 1,
    };
}

/// <summary>PREP.</summary>
internal sealed record SecondInput(float Clip, float[] Mean, float[] InverseScale, string[] Names, string[] Units, SecondCounts? Counts);

/// <summary>The standardisation of whole numbers in integers.</summary>
internal sealed record SecondCounts(int Lowest, int Highest, long[] Offsets, int[] Multipliers, int[] Shifts);

/// <summary>Features [Offset, Offset + Length) of a value.</summary>
internal readonly record struct SecondSegment(int Value, int Offset, int Length);

/// <summary>An activation with its parameters.</summary>
internal readonly record struct SecondActivation(int Kind, float Alpha, float Beta);

/// <summary>A copy from a state of the first graph to one of the decoder; part 0 is h, 1 is c.</summary>
internal readonly record struct SecondLink(int Layer, int Part, int DecoderLayer, int DecoderPart);

/// <summary>WIND.</summary>
internal sealed record SecondWindow(int WindowLength, int Hop, int Answer, bool ReversedInput, bool CarriesState, int Feedback, bool ReversedTarget,
    int DecoderSteps, int StepsPerTick, SecondSegment[] DecoderInput, SecondLink[] Links)
{
    public const int EveryStep = 0, LastStep = 1, AllSteps = 2, DecoderAnswer = 3;
    public const int Zero = 0, Repeat = 1, Autoregressive = 2;

    public bool Endless => WindowLength == 0;
}

/// <summary>One graph of GRPH.</summary>
internal sealed record SecondGraph(bool IsQuantized, int InputSize, int InputBits, SecondLayer[] Layers, SecondSegment[] Outputs)
{
    public IEnumerable<int> OutputBits => Outputs.SelectMany(piece => Enumerable.Repeat(ValueBits(piece.Value), piece.Length));

    public int OutputSize => Outputs.Sum(piece => piece.Length);

    public int ValueSize(int value) => value == 0 ? InputSize : Layers[value - 1].OutputSize;

    public int ValueBits(int value) => value == 0 ? InputBits : Layers[value - 1].OutputBits;
}
