using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>A layer record with its tensors.</summary>
internal sealed class SecondLayer
{
    public const int Dense = 1, Rnn = 2, Lstm = 3, Gru = 4, Embedding = 5, Conv = 6, Activation = 7, Standardise = 8, Pairwise = 9, ArgMax = 10;

    public int Kind { get; init; }

    public string Name { get; init; } = "";

    public int OutputSize { get; init; }

    /// <summary>0 float, 1 w16a16, 2 w8a16, 3 w8a8, 4 w4a16.</summary>
    public int Scheme { get; init; }

    public bool IsInteger => Scheme != 0;

    /// <summary>Fraction bits of the output in a quantized model.</summary>
    public int OutputBits { get; init; }

    /// <summary>Fraction bits of each piece of the input in a quantized model.</summary>
    public int[] InputBits { get; init; } = [];

    public SecondSegment[] Inputs { get; init; } = [];

    /// <summary>Role to index into TENS.</summary>
    public SortedDictionary<int, int> TensorIndices { get; } = [];

    public Dictionary<int, SecondTensor> Tensors { get; } = [];

    public SecondActivation[] Activations { get; set; } = [];

    public int[] Parameters { get; set; } = [];

    public int InputSize => Inputs.Sum(piece => piece.Length);

    /// <summary>Fraction bits of each feature of the input.</summary>
    public int[] ColumnBits => [.. Inputs.SelectMany((piece, i) => Enumerable.Repeat(InputBits[i], piece.Length))];

    /// <summary>Fraction bits of the pre-activation of an integer layer: of its gates, in a cell that has some.</summary>
    public int PreBits => Kind switch { Lstm or Gru => 15, Rnn or Standardise => Parameters[1], Conv => Parameters[5], _ => Parameters[0] };

    /// <summary>Fraction bits of W_p y + b_p of an integer lstm.</summary>
    public int ProjectionBits => Parameters[3];

    /// <summary>Fraction bits of the 32-bit state of an integer gru.</summary>
    public int StateBits => Parameters[2];

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

    public bool IsCell => Kind is Rnn or Lstm or Gru;

    /// <summary>Inputs before the newest that the oldest tap of a conv sees.</summary>
    public long Reach => (Kernel - 1L) * Dilation;

    public float[] this[int role] => Tensors[role].Data;
}
