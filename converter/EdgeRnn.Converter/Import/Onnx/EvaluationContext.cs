using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>What one evaluation of the source graph works on.</summary>
/// <param name="batchSize">The batch size the file declares, or null.</param>
/// <param name="steps">The number of time steps the file declares, or null.</param>
internal sealed class EvaluationContext(long? batchSize, long? steps)
{
    /// <summary>Elements of one computed tensor of weights.</summary>
    private const long MaxWeights = 1L << 24;

    /// <summary>Elements of one computed tensor of sizes, or of one value of the stream: far more than any layer reads.</summary>
    private const long MaxOthers = 1L << 20;

    /// <summary>Elements all tensors computed in one evaluation may have together.</summary>
    private const long Allowance = 1L << 26;

    private long _spent;

    /// <summary>The canonical graph as far as it has been made.</summary>
    public GraphBuilder Builder { get; } = new();

    /// <summary>The recurrent layers made so far, with the states they start from.</summary>
    public List<RecurrentCell> Cells { get; } = [];

    /// <summary>Elements of each state input for one stream, by its index among the graph's inputs.</summary>
    public Dictionary<int, int> StateSizes { get; } = [];

    /// <summary>What the user should know, one sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The batch size the file declares, or null.</summary>
    public long? BatchSize { get; } = batchSize;

    /// <summary>The number of time steps the file declares for the input, or null.</summary>
    public long? Steps { get; } = steps;

    /// <summary>Whether the layers must start anew with each window of <see cref="Steps"/> steps.</summary>
    public bool NeedsWindow { get; set; }

    /// <summary>Adds a note unless it is there already.</summary>
    public void Note(string sentence)
    {
        if (!Notes.Contains(sentence)) Notes.Add(sentence);
    }

    /// <summary>Refuses shapes whose elements do not fit; called before memory is taken for a computed tensor.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="node">The node that makes it.</param>
    /// <param name="weights">Whether it holds weights.</param>
    public void Spend(IEnumerable<int> shape, OnnxNode node, bool weights = false)
    {
        long count = 1, limit = weights ? MaxWeights : MaxOthers;
        foreach (int size in shape)
        {
            count *= size;
            if (count > limit) throw node.Refuse($"makes a tensor with more than {limit} elements; store smaller weights");
        }
        _spent += count + 1;
        if (_spent > Allowance) throw node.Refuse($"the constants computed so far have more than {Allowance} elements; fold them before export");
    }
}
