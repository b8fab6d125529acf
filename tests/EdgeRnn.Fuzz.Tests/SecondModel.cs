using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>What a second reader finds in a file.</summary>
internal sealed class SecondModel
{
    public int ModelVersion { get; set; }

    public byte[] ModelId { get; set; } = [];

    public SecondInput? Input { get; set; }

    /// <summary>One graph, or encoder and decoder.</summary>
    public List<SecondGraph> Graphs { get; } = [];

    public SecondWindow? Window { get; set; }

    /// <summary>The five numbers of PLAN.</summary>
    public int[] Plan { get; set; } = [];

    public List<SecondTensor> Tensors { get; } = [];

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
internal sealed record SecondInput(float Clip, float[] Mean, float[] InverseScale, string[] Names, string[] Units);

/// <summary>Features [Offset, Offset + Length) of a value.</summary>
internal readonly record struct SecondSegment(int Value, int Offset, int Length);

/// <summary>A tensor of TENS, row-major.</summary>
internal sealed record SecondTensor(int[] Shape, float[] Data);

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
internal sealed record SecondGraph(int InputSize, SecondLayer[] Layers, SecondSegment[] Outputs)
{
    public int OutputSize => Outputs.Sum(piece => piece.Length);

    public int ValueSize(int value) => value == 0 ? InputSize : Layers[value - 1].OutputSize;
}

/// <summary>A layer record with its tensors.</summary>
internal sealed class SecondLayer
{
    public const int Dense = 1, Rnn = 2, Lstm = 3, Gru = 4, Embedding = 5, Conv = 6, Activation = 7, Standardise = 8, Pairwise = 9, ArgMax = 10;

    public int Kind { get; init; }

    public string Name { get; init; } = "";

    public int OutputSize { get; init; }

    public SecondSegment[] Inputs { get; init; } = [];

    /// <summary>Role to index into TENS.</summary>
    public SortedDictionary<int, int> TensorIndices { get; } = [];

    public Dictionary<int, SecondTensor> Tensors { get; } = [];

    public SecondActivation[] Activations { get; set; } = [];

    public int[] Parameters { get; set; } = [];

    public int InputSize => Inputs.Sum(piece => piece.Length);

    /// <summary>Blocks of W, U and b.</summary>
    public int Gates => Kind switch { Rnn => 1, Lstm => Parameters[0] == 0 ? 4 : 3, Gru => 3, _ => 0 };

    /// <summary>C of an lstm, H of the other cells.</summary>
    public int CellSize => Kind == Lstm ? Parameters[2] : OutputSize;

    /// <summary>Bound on activation inputs; 0 for none.</summary>
    public float Clip => BitConverter.Int32BitsToSingle(Parameters[Kind switch { Lstm or Gru => 1, _ => 0 }]);

    public int Kernel => Parameters[0];

    public int Dilation => Parameters[1];

    public int Groups => Parameters[2];

    public int Stride => Parameters[3];

    public bool PaddedStart => Parameters[4] == 1;

    /// <summary>Inputs before the newest that the oldest tap of a conv sees.</summary>
    public long Reach => (Kernel - 1L) * Dilation;

    public float[] this[int role] => Tensors[role].Data;
}
