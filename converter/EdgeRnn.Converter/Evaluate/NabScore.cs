using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The score of a detector on a corpus by one profile.</summary>
/// <param name="Profile">The weights.</param>
/// <param name="Threshold">Of all series; positive infinity detects nothing.</param>
/// <param name="Files">In the order of the traces.</param>
public sealed record NabScore(NabProfile Profile, double Threshold, IReadOnlyList<NabFileScore> Files)
{
    /// <summary>Sum over the series.</summary>
    public double Raw => Files.Sum(file => file.Raw);

    /// <summary>
    /// 0 for a detector that says nothing, 100 for one that notices every window in its first row and is never wrong; below 0 for
    /// one worse than silence; NaN in a corpus without windows.
    /// </summary>
    public double Normalised => Normalise(Raw, Files.Sum(file => file.Windows), Profile);

    /// <summary>The counts of rows over all series.</summary>
    public Confusion Rows => Files.Aggregate(default(Confusion), (sum, file) => sum + file.Rows);

    /// <summary>
    /// 100 (raw - null) / (perfect - null), null being every window missed and perfect every one noticed at once; NaN without
    /// windows.
    /// </summary>
    /// <param name="raw">Sum over the series.</param>
    /// <param name="windows">Scored windows in them.</param>
    /// <param name="profile">The weights.</param>
    public static double Normalise(double raw, int windows, NabProfile profile)
    {
        if (windows == 0) return double.NaN;
        double nothing = -profile.FalseNegativeWeight * windows;
        return 100 * (raw - nothing) / (profile.TruePositiveWeight * windows - nothing);
    }

    /// <summary>The 95 % interval of <see cref="Normalised"/> over series; the threshold stays.</summary>
    /// <param name="seed">Of the bootstrap.</param>
    public MetricInterval Interval(int seed) => FileBootstrap.Interval(Files.Count, draws =>
    {
        double raw = Files.Select((file, i) => draws[i] * file.Raw).Sum();
        return Normalise(raw, Files.Select((file, i) => draws[i] * file.Windows).Sum(), Profile);
    }, seed);
}
