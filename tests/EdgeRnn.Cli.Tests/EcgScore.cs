using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli.Tests;

/// <summary>How alarms and marked beats agree, by the rules of the ECG example's page.</summary>
internal sealed class EcgScore
{
    /// <summary>Steps from a beat's onset in which an alarm has to begin: 0.5 s at 360 Hz.</summary>
    private const int Prompt = 180;

    private readonly EcgBeat[] _beats;
    private readonly int[] _alarms;
    private readonly string?[] _causes;

    /// <param name="beats">In time order.</param>
    /// <param name="alarms">Steps at which alarms begin.</param>
    /// <param name="start">First step that is scored.</param>
    /// <param name="end">Behind the last one.</param>
    public EcgScore(IEnumerable<EcgBeat> beats, IEnumerable<int> alarms, int start, int end)
    {
        _beats = [.. beats.Where(beat => beat.Onset >= start && beat.Onset < end - Prompt)];
        _alarms = [.. alarms.Where(alarm => alarm >= start && alarm < end)];
        _causes = [.. _alarms.Select(alarm => _beats.LastOrDefault(beat => IsPrompt(beat, alarm))?.Kind)];
    }

    /// <summary>Beats of a kind.</summary>
    public int Total(string kind) => _beats.Count(beat => beat.Kind == kind);

    /// <summary>Beats of a kind with an alarm that begins within 0.5 s.</summary>
    public int Found(string kind) => _beats.Count(beat => beat.Kind == kind && _alarms.Any(alarm => IsPrompt(beat, alarm)));

    /// <summary>Alarms that belong to a beat of a kind, the last before them; null: to none.</summary>
    public int Alarms(string? kind) => _causes.Count(cause => cause == kind);

    /// <summary>As the page writes it: "22 of 23".</summary>
    public string Share(string kind) => $"{Found(kind)} of {Total(kind)}";

    /// <summary>Steps at which alarms begin in what `edgernn detect --output` wrote.</summary>
    public static int[] AlarmsOf(string scores)
    {
        int column = Array.IndexOf(File.ReadLines(scores).First().Split(','), "alarm");
        string[] alarm = [.. File.ReadLines(scores).Skip(1).Select(line => line.Split(',')[column])];
        return [.. Enumerable.Range(1, alarm.Length - 1).Where(step => alarm[step] == "1" && alarm[step - 1] == "0")];
    }

    private static bool IsPrompt(EcgBeat beat, int alarm) => alarm >= beat.Onset && alarm < beat.Onset + Prompt;
}
