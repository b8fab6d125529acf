namespace EdgeRnn.Runtime;

/// <summary>What a tensor is to its layer, with the number it has in an .ernn file.</summary>
internal static class TensorRole
{
    public const int InputWeights = 1;
    public const int Bias = 2;
    public const int RecurrentWeights = 3;
    public const int InitialHidden = 4;
    public const int Peepholes = 5;
    public const int Projection = 6;
    public const int ProjectionBias = 7;
    public const int InitialCell = 8;
    public const int Table = 9;
    public const int Mean = 10;
    public const int InverseScale = 11;

    public const int Last = 11;

    /// <summary>The words for a role in messages.</summary>
    public static string Name(int role)
    {
        switch (role)
        {
            case InputWeights: return "input weights";
            case Bias: return "bias";
            case RecurrentWeights: return "recurrent weights";
            case InitialHidden: return "initial hidden state";
            case Peepholes: return "peephole weights";
            case Projection: return "projection weights";
            case ProjectionBias: return "projection bias";
            case InitialCell: return "initial cell state";
            case Table: return "embedding table";
            case Mean: return "mean";
            default: return "inverse scale";
        }
    }
}
