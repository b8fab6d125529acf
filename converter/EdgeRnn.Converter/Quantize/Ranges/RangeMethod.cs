namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>How a calibration turns what it saw into ranges.</summary>
public enum RangeMethod
{
    /// <summary>
    /// The default, made for recordings as they are. Dirt enters a model through its input only, so there it is judged: what lies
    /// beyond 3 times a channel's usual deviation (<see cref="ChannelLevel"/>, for noise 5 standard deviations) is cut off before
    /// it runs through the model. What the layers make of such an input is no dirt, even where it is rare. Every range is twice
    /// the largest magnitude of this run; of the input, twice the largest distance from the channel's centre. 16 bits can afford
    /// this: a bit of range costs 6 of the 70 dB that the rounding stays below the signal, while 8-bit weights keep some 45. Rare
    /// large values at run time (the anomalies a detector waits for) are told from usual ones up to there, where they saturate.
    /// </summary>
    Robust,

    /// <summary>The largest magnitude seen. One wrong sample decides.</summary>
    MinMax,

    /// <summary>The magnitude that a percentage of the values do not exceed.</summary>
    Percentile,

    /// <summary>The range with the least mean square error of rounding and clipping.</summary>
    MeanSquareError,
}
