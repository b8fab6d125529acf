using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>
/// A piece of the physical world, computed. The same seed, settings and changes give the same bits, on every machine; when and how
/// often values are asked for changes none of them. For one thread.
/// </summary>
public interface ISource
{
    /// <summary>Which one, as <c>rotating-machine</c>.</summary>
    string Kind { get; }

    /// <summary>What can be measured of it.</summary>
    IReadOnlyList<Quantity> Outputs { get; }

    /// <summary>By what it can be set; none for a recording.</summary>
    IReadOnlyList<SourceSetting> Settings { get; }

    /// <summary>The value of an output.</summary>
    /// <param name="output">An index of <see cref="Outputs"/>.</param>
    /// <param name="atMicros">
    /// Microseconds, from 0; may be up to <see cref="SourceSettings.HistoryMicros"/> before the latest time asked for so far.
    /// </param>
    /// <returns>In the output's unit; NaN where a recording has no value yet.</returns>
    double ValueOf(int output, long atMicros);

    /// <summary>Changes a setting. Changes come in the order of their time, and not before times that were asked for.</summary>
    /// <param name="setting">An index of <see cref="Settings"/>.</param>
    /// <param name="to">What it becomes; limited to its range.</param>
    /// <param name="atMicros">From when on.</param>
    /// <param name="overMicros">How long it takes, in a straight line from what it is then; 0: at once.</param>
    void Change(int setting, double to, long atMicros, long overMicros);
}
