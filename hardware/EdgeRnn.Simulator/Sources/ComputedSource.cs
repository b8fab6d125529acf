using System.Collections.Generic;

namespace EdgeRnn.Simulator;

// What sources have in common that are computed from settings.
internal abstract class ComputedSource(string kind, IReadOnlyList<Quantity> outputs, SourceSettings settings) : ISource
{
    public string Kind { get; } = kind;

    public IReadOnlyList<Quantity> Outputs { get; } = outputs;

    public IReadOnlyList<SourceSetting> Settings => settings.All;

    public abstract double ValueOf(int output, long atMicros);

    public void Change(int setting, double to, long atMicros, long overMicros) => settings.Change(setting, to, atMicros, overMicros);

    protected double Setting(int setting, long atMicros) => settings.At(setting, atMicros);

    // As a step of a grid reads it: a change at the very beginning of a step counts from the next step on, whether somebody has
    // asked for the end of this one or not.
    protected double SettingBefore(int setting, long atMicros) => settings.At(setting, atMicros - 1);
}
