using System;
using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>Makes sources from their kind and options, as a scenario names them.</summary>
public static class SourceFactory
{
    private static readonly SortedDictionary<string, Func<SourceOptions, ulong, ISource>> _makers = new(StringComparer.Ordinal)
    {
        [Playback.Name] = Playback.Make,
        [Ecg.Name] = Ecg.Make,
        [Pump.Name] = Pump.Make,
        [Room.Name] = Room.Make,
        [RotatingMachine.Name] = RotatingMachine.Make,
    };

    /// <summary>The kinds, in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Kinds => _makers.Keys;

    /// <summary>Makes a source.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="options">Settings and whatever else the kind has, by name; numbers as in C#.</param>
    /// <param name="seed">Of its noise, phases and slow changes; every seed is a source in order.</param>
    /// <param name="baseFolder">Where relative paths of files begin.</param>
    /// <exception cref="SourceException">There is no such kind, or an option is wrong, missing or unknown.</exception>
    public static ISource Create(string kind, IReadOnlyDictionary<string, string> options, ulong seed, string baseFolder)
    {
        if (!_makers.TryGetValue(kind, out Func<SourceOptions, ulong, ISource>? maker))
            throw new SourceException("kind", $"expected one of {string.Join(", ", Kinds)}, found '{kind}'; correct it");
        SourceOptions known = new(kind, options, baseFolder);
        ISource source = maker(known, seed);
        known.RefuseOthers();
        return source;
    }
}
