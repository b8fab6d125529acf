using System;
using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>The settings of a source over time: each a line of straight pieces.</summary>
public sealed class SourceSettings
{
    /// <summary>How far before the latest time a source may be asked, in microseconds.</summary>
    public const long HistoryMicros = 30_000_000;

    private readonly List<Piece>[] _pieces;

    internal SourceSettings(IReadOnlyList<SourceSetting> settings, SourceOptions options)
    {
        All = settings;
        _pieces = new List<Piece>[settings.Count];
        for (int i = 0; i < settings.Count; i++)
        {
            SourceSetting setting = settings[i];
            double value = options.Number(setting.Name, setting.Usual, setting.Least, setting.Most);
            _pieces[i] = [new Piece(long.MinValue, 0, value, value)];
        }
    }

    /// <summary>What can be set.</summary>
    public IReadOnlyList<SourceSetting> All { get; }

    /// <summary>What a setting is.</summary>
    /// <param name="setting">An index of <see cref="All"/>.</param>
    /// <param name="atMicros">When.</param>
    public double At(int setting, long atMicros)
    {
        List<Piece> pieces = _pieces[setting];
        int last = pieces.Count - 1;
        while (last > 0 && pieces[last].AtMicros > atMicros) last--;
        return pieces[last].ValueAt(atMicros);
    }

    /// <summary>As <see cref="ISource.Change"/>.</summary>
    /// <param name="setting">An index of <see cref="All"/>.</param>
    /// <param name="to">What it becomes; limited to its range.</param>
    /// <param name="atMicros">From when on.</param>
    /// <param name="overMicros">How long it takes.</param>
    public void Change(int setting, double to, long atMicros, long overMicros)
    {
        SourceSetting limits = All[setting];
        List<Piece> pieces = _pieces[setting];
        double from = At(setting, atMicros);
        // What is older than anybody may ask for is forgotten, so that a long run does not grow.
        while (pieces.Count > 1 && pieces[1].AtMicros < atMicros - HistoryMicros) pieces.RemoveAt(0);
        pieces.Add(new Piece(atMicros, Math.Max(0, overMicros), from, Math.Clamp(to, limits.Least, limits.Most)));
    }

    private readonly record struct Piece(long AtMicros, long OverMicros, double From, double To)
    {
        public double ValueAt(long atMicros) => OverMicros == 0 || atMicros >= AtMicros + OverMicros ? To
            : atMicros <= AtMicros ? From : From + (To - From) * ((double)(atMicros - AtMicros) / OverMicros);
    }
}
