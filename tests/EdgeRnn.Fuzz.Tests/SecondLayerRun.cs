using System.Collections.Generic;

namespace EdgeRnn.Tests;

/// <summary>One layer running, with its own state. Values of quantized models are whole numbers, which a double holds exactly.</summary>
internal abstract class SecondLayerRun(SecondLayer layer)
{
    /// <summary>The inputs of a conv since Reset.</summary>
    public List<double[]> History { get; } = [];

    /// <summary>Inputs a conv takes before the one that gives its next output.</summary>
    public long StepsUntilOutput
    {
        get
        {
            long first = layer.PaddedStart ? 0 : layer.Reach;
            return History.Count <= first ? first - History.Count : (layer.Stride - (History.Count - first) % layer.Stride) % layer.Stride;
        }
    }

    /// <summary>h; of a quantized model its 16-bit values.</summary>
    public double[] H { get; set; } = [];

    /// <summary>The 32-bit h of an integer gru.</summary>
    public double[] Wide { get; set; } = [];

    /// <summary>c.</summary>
    public double[] C { get; set; } = [];

    /// <summary>What the c of an integer lstm does not hold.</summary>
    public double[] Rest { get; set; } = [];

    /// <summary>An embedding index outside the table was met since this was last set to false.</summary>
    public bool IndexWasInvalid { get; set; }

    protected abstract double[] InitialH { get; }

    protected virtual double[] InitialWide => [];

    protected abstract double[] InitialC { get; }

    protected virtual double[] InitialRest => [];

    public void Reset()
    {
        H = InitialH;
        Wide = InitialWide;
        C = InitialC;
        Rest = InitialRest;
        History.Clear();
    }

    /// <summary>The output for one more input, or null when a conv does not answer yet.</summary>
    public abstract double[]? Step(double[] x);

    /// <summary>Takes over a part of another layer's state.</summary>
    public void Take(SecondLayerRun from, SecondLink link)
    {
        double[] state = link.Part == 0 ? from.H : from.C;
        if (link.DecoderPart == 0) H = state;
        else C = state;
        if (link.Part == 0) Wide = from.Wide;
    }

    /// <summary>Keeps an input of a conv; whether this one gives an output.</summary>
    protected bool Remember(double[] x)
    {
        bool answers = StepsUntilOutput == 0;
        History.Add(x);
        return answers;
    }

    /// <summary>What tap k of a conv sees, or null before the first input.</summary>
    protected double[]? Tap(int k)
    {
        int when = History.Count - 1 - (layer.Kernel - 1 - k) * layer.Dilation;
        return when < 0 ? null : History[when];
    }
}
