namespace EdgeRnn.Runtime;

/// <summary>The kinds of layer and their numbers in an .ernn file.</summary>
internal static class LayerKind
{
    public const int Dense = 1;
    public const int Rnn = 2;
    public const int Lstm = 3;
    public const int Gru = 4;
    public const int Embedding = 5;
    public const int Conv = 6;
    public const int Activation = 7;
    public const int Standardise = 8;
    public const int Pairwise = 9;
    public const int ArgMax = 10;

    public const int Last = 10;
}
