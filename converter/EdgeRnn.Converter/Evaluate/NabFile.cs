using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// What a detection in each row of a series is worth by NAB's rule (Lavin and Ahmad 2015), before the weights of a profile.
/// </summary>
/// <remarks>
/// S(p) = 2 / (1 + exp(5 p)) - 1, and -1 beyond p = 3. In a window of w rows that ends in row b, row i is at
/// p = -(b - i + 1) / w and worth S(p) / S(-1), so 1 at the start; behind it, at p = (i - b) / (w - 1), it is worth S(p), and
/// before the first window -1. The first min(floor(0.15 n), 750) rows are probation, which is not scored.
/// </remarks>
public sealed class NabFile
{
    /// <summary>The share of a series in which a detector may learn.</summary>
    public const double ProbationShare = 0.15;

    /// <summary>Most rows of probation.</summary>
    public const int MostProbation = 750;

    /// <summary>Beyond this relative distance a detection is as bad as one far from any window.</summary>
    private const double FarAway = 3;

    private readonly int[] _windowOf; // [rows] index of the window, -1 outside
    private readonly double[] _worth; // [rows]

    /// <param name="name">The path of the series in the corpus.</param>
    /// <param name="rowCount">Rows of the series, at least 1.</param>
    /// <param name="windows">In order, without overlap, inside the series.</param>
    /// <exception cref="ArgumentException">The windows are not so.</exception>
    public NabFile(string name, int rowCount, IReadOnlyList<NabWindow> windows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 1);
        int free = 0;
        foreach (NabWindow window in windows)
        {
            if (window.First < free || window.Last < window.First || window.Last >= rowCount)
            {
                throw new ArgumentException($"{name}: rows {window.First} to {window.Last} are no window; " +
                    $"expected one from {free} on, of {rowCount} rows");
            }
            free = window.Last + 1;
        }
        Name = name;
        RowCount = rowCount;
        Windows = windows;
        Probation = ProbationOf(rowCount);
        _windowOf = new int[rowCount];
        _worth = new double[rowCount];
        FillRows();
    }

    /// <summary>The path of the series in the corpus.</summary>
    public string Name { get; }

    /// <summary>Rows of the series.</summary>
    public int RowCount { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<NabWindow> Windows { get; }

    /// <summary>Rows from the start that are not scored.</summary>
    public int Probation { get; }

    /// <summary>Windows that reach beyond the probation; the others do not count.</summary>
    public int ScoredWindows => Windows.Count(IsScored);

    /// <summary>Rows from the start of a series of this length that are not scored.</summary>
    public static int ProbationOf(int rowCount) => Math.Min((int)Math.Floor(ProbationShare * rowCount), MostProbation);

    /// <summary>Whether a window has a row that is scored.</summary>
    public bool IsScored(NabWindow window) => window.Last >= Probation;

    /// <summary>The window a row lies in, or -1.</summary>
    public int WindowOf(int row) => _windowOf[row];

    /// <summary>What a detection in this row is worth by a profile: above 0 in a window, mostly below 0 outside.</summary>
    public double Worth(int row, NabProfile profile) =>
        _worth[row] * (_windowOf[row] >= 0 ? profile.TruePositiveWeight : profile.FalsePositiveWeight);

    /// <summary>[rows] whether each lies in a window.</summary>
    public bool[] Labels() => Array.ConvertAll(_windowOf, window => window >= 0);

    private static double Sigmoid(double position) => position > FarAway ? -1 : 2 / (1 + Math.Exp(5 * position)) - 1;

    private void FillRows()
    {
        int passed = -1; // the last window that has begun
        for (int row = 0; row < RowCount; row++)
        {
            if (passed + 1 < Windows.Count && row == Windows[passed + 1].First) passed++;
            bool isInside = passed >= 0 && row <= Windows[passed].Last;
            _windowOf[row] = isInside ? passed : -1;
            if (passed < 0)
            {
                _worth[row] = -1;
                continue;
            }
            NabWindow window = Windows[passed];
            // Behind a window of one row the position is infinite, so far away.
            _worth[row] = isInside ? Sigmoid(-(window.Last - row + 1) / (double)window.Width) / Sigmoid(-1)
                : Sigmoid((row - window.Last) / (double)(window.Width - 1));
        }
    }
}
