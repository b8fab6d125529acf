using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// The usual centre and deviation of one channel of a recording, which single wrong samples do not move. The centre is the
/// median. The deviation is taken in blocks of 256 samples: in each the distance that nine of ten samples do not exceed, and of
/// these the largest. So what lasts counts even where it is rare in the whole (speech in an hour of silence), and what is
/// scattered does not, up to 3 wrong samples in 100. A sample equal to the one before says nothing new and is left out: a stuck
/// sensor weighs as one sample, and of a channel that rests at zero the events count.
/// </summary>
/// <param name="centre">The median of the channel, or of a part of it.</param>
internal sealed class ChannelLevel(double centre)
{
    private const int BlockLength = 256;
    private const int SmallestBlock = 32; // a shorter rest counts only where there is no block
    private const double UsualShare = 0.9;

    private readonly List<double> _block = new(BlockLength);
    private double _previous = double.NaN;
    private bool _hasBlock;

    /// <summary>The median.</summary>
    public double Centre => centre;

    /// <summary>The usual largest distance from the centre.</summary>
    public double Deviation { get; private set; }

    /// <summary>The largest distance from the centre, outliers included.</summary>
    public double LargestDistance { get; private set; }

    /// <summary>Adds the next finite sample.</summary>
    public void Add(double sample)
    {
        if (sample == _previous) return;
        _previous = sample;
        double distance = Math.Abs(sample - centre);
        LargestDistance = Math.Max(LargestDistance, distance);
        _block.Add(distance);
        if (_block.Count == BlockLength) EndBlock(BlockLength);
    }

    /// <summary>Counts the samples that no full block holds. Nothing may be added after it.</summary>
    public void End() => EndBlock(_hasBlock ? SmallestBlock : 1);

    private void EndBlock(int smallest)
    {
        if (_block.Count < smallest) return;
        _block.Sort();
        Deviation = Math.Max(Deviation, _block[(int)Math.Ceiling(UsualShare * _block.Count) - 1]);
        _block.Clear();
        _hasBlock = true;
    }
}
